import type { IWebhookFunctions } from 'n8n-workflow';
import { Webhook } from 'standardwebhooks';
import type { Suspension } from '../../../nodes/Lumenfall/job/suspension';
import { resume } from '../../../nodes/Lumenfall/wait/resume';
import { WALL_START } from '../../support/fakeRuntime.mts';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

const SECRET = `whsec_${Buffer.from('a secret of 24 bytes....').toString('base64')}`;
const INPUT = [{ json: { scene: 1 } }, { json: { scene: 2 } }];

/** The server's response per video: a status, a whole response, or undefined for an unknown video. */
type Videos = Record<string, string | FakeAnswer | undefined>;

interface Story {
	videos?: Videos;
	/** The videos that the execution is suspended for. */
	suspendedFor?: string[];
	delivered?: string;
	body?: object;
	secret?: string;
	ageMs?: number;
	headers?: object;
	suspension?: Partial<Suspension> | 'none';
	/** The name of the node. */
	name?: string;
	/** The data with which n8n resumes the node. */
	entry?: object | 'none';
	secretAnswer?: FakeAnswer;
}

let executions = 0;

/** A suspended execution that receives one or more deliveries, and the server that has its videos. */
function suspend({
	videos = { video_1: 'completed' },
	suspendedFor = ['video_1'],
	delivered = 'video_1',
	body = { type: 'video.completed', data: { object: 'video.generation', id: delivered } },
	secret = SECRET,
	ageMs = 0,
	headers = {},
	suspension,
	name = 'Make',
	entry,
	secretAnswer = { body: { key: SECRET } },
}: Story) {
	const executionId = String(++executions);
	const { host, requests } = fakeServer((request) => {
		if (request === 'GET /v1/webhooks/secret') return secretAnswer;
		const video = videos[request.replace('GET /videos/', '')];
		const id = request.replace('GET /videos/', '');
		return typeof video === 'string' ? { body: { id, status: video } } : video;
	});
	const stored: Suspension = {
		executionId,
		runIndex: 0,
		since: '2026-11-28T10:00:00.000Z',
		until: '2099-11-28T10:00:00.000Z',
		items: Object.fromEntries(
			suspendedFor.map((videoId, index) => [
				index,
				{ videos: [{ videoId, slot: `0/${index}`, prompt: '' }] },
			]),
		),
		input: INPUT,
		...(suspension !== 'none' && suspension),
	};
	const node = { id: 'node', name, disabled: true };
	const rawBody = Buffer.from(JSON.stringify(body));
	const at = new Date(Date.now() - ageMs);
	const answers: Array<{ status: number; message: unknown }> = [];
	const expressions: string[] = [];
	const webhook = {
		...host,
		executeData:
			entry === 'none' ? undefined : (entry ?? { node, data: { main: [[{ json: { late: 1 } }]] } }),
		getNode: () => node,
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => executionId,
		evaluateExpression: (expression: string) => {
			expressions.push(expression);
			return suspension === 'none' ? undefined : stored;
		},
		getRequestObject: () => ({
			rawBody,
			headers: {
				'webhook-id': 'msg_1',
				'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
				'webhook-signature': new Webhook(secret).sign('msg_1', at, rawBody.toString()),
				...headers,
			},
		}),
		getResponseObject: () => ({
			status: (status: number) => ({
				json: ({ message }: { message: unknown }) => answers.push({ status, message }),
			}),
		}),
		logger: { debug: () => undefined, warn: () => undefined },
	} as unknown as IWebhookFunctions;
	return {
		node,
		requests,
		expressions,
		/** Returns the items that the node runs with, or the HTTP status of the response. */
		async deliver() {
			const { workflowData } = await resume(webhook, { wallTime: () => WALL_START });
			return workflowData ? { resumed: workflowData[0] } : answers.at(-1)?.status;
		},
	};
}

describe('a delivery that is not genuine is refused, and no video is requested from the API', () => {
	test.each<[string, Story, number]>([
		['signed with another secret', { secret: `whsec_${btoa('another secret')}` }, 401],
		['older than five minutes', { ageMs: 301_000 }, 401],
		['from the future', { ageMs: -360_000 }, 401],
		['not signed', { headers: { 'webhook-signature': undefined } }, 401],
		['about something without an ID', { body: { type: 'balance.low', data: {} } }, 400],
		['about nothing', { body: {} }, 400],
	])('%s', async (_, story, status) => {
		const { deliver, requests } = suspend(story);
		expect(await deliver()).toBe(status);
		expect(requests.filter((request) => request.includes('/videos/'))).toEqual([]);
	});
});

describe('a delivery for which no execution waits gets a 404', () => {
	test.each<[string, Story]>([
		['the node was not suspended', { suspension: 'none' }],
		['the node was suspended by another execution', { suspension: { executionId: 'x' } }],
		[
			'the video does not belong to this execution',
			{ delivered: 'video_9', videos: { video_9: 'completed' } },
		],
		['the server does not know the video', { delivered: 'video_9' }],
	])('%s', async (_, story) => {
		expect(await suspend(story).deliver()).toBe(404);
	});
});

describe('a genuine delivery', () => {
	const two = ['video_1', 'video_2'];

	test.each<[string, Story]>([
		['about the only video', {}],
		['about a video that failed', { videos: { video_1: 'failed' } }],
		['about a video that was cancelled', { videos: { video_1: 'cancelled' } }],
		['about a video that the server has deleted', { videos: {} }],
		['under the other name of the video', { delivered: 'req_1' }],
		[
			'under an ID that only the API can match',
			{ delivered: 'gen_7', videos: { gen_7: { body: { id: 'video_1', status: 'completed' } } } },
		],
		[
			'about the last video',
			{ suspendedFor: two, videos: { video_1: 'completed', video_2: 'failed' } },
		],
		['while the server has deleted another one', { suspendedFor: two }],
		[
			'in a run with an item that failed before its create',
			{
				suspension: {
					items: {
						0: { failure: {} as never },
						1: { videos: [{ videoId: 'video_1', slot: '', prompt: '' }] },
					},
				},
			},
		],
	])('%s makes n8n run the node again with its own items', async (_, story) => {
		const { deliver, node } = suspend(story);
		expect(await deliver()).toEqual({ resumed: INPUT });
		expect(node).not.toHaveProperty('disabled');
	});

	test.each<[string, Story, number]>([
		['is ahead of the API', { videos: { video_1: 'in_progress' } }, 503],
		[
			'is ahead of the API while another video is in progress',
			{ suspendedFor: two, videos: { video_1: 'in_progress', video_2: 'queued' } },
			503,
		],
		['has an unrecognized status', { videos: { video_1: 'transmogrified' } }, 503],
		[
			'comes while another video is in progress',
			{ suspendedFor: two, videos: { video_1: 'completed', video_2: 'queued' } },
			200,
		],
		['comes while the API is down', { videos: { video_1: { status: 500 } } }, 503],
		[
			'comes while the API fails for another video',
			{ suspendedFor: two, videos: { video_1: 'completed', video_2: { status: 503 } } },
			503,
		],
		['comes while the network is down', { videos: { video_1: new Error('ECONNRESET') } }, 503],
		['comes while the secret cannot be read', { secretAnswer: { status: 500 } }, 503],
	])('that %s leaves the execution suspended', async (_, story, status) => {
		const { deliver, node } = suspend(story);
		expect(await deliver()).toBe(status);
		expect(node.disabled).toBe(true);
	});

	test('resumes once: a second one within a minute gets a 409', async () => {
		const { deliver } = suspend({});
		expect(await deliver()).toEqual({ resumed: INPUT });
		expect(await deliver()).toBe(409);
	});

	test('checks at most ten other videos in parallel, and stops at the first that is in progress', async () => {
		const ids = Array.from({ length: 40 }, (_, index) => `video_${index}`);
		const videos = Object.fromEntries(
			ids.map((id) => [id, id === 'video_0' ? 'completed' : 'queued']),
		);
		const { deliver, requests } = suspend({ suspendedFor: ids, delivered: 'video_0', videos });
		expect(await deliver()).toBe(200);
		// One request for the secret, one for the delivered video, and ten for the other videos.
		expect(requests.length).toBeLessThanOrEqual(12);
	});

	test.each([
		'Make Video',
		'Make "it"',
		'Make }} Video',
		'{{ 1 }}',
		"$('x').y\\",
		'two\nlines',
		'\u2028',
		'节点 🎬',
	])("finds the suspension by the node's name, which is data and never code: %j", async (name) => {
		const { deliver, expressions } = suspend({ name });
		await deliver();
		const [, literal] =
			/^\{\{ \$\(("[\w\\]+")\)\.context\.suspension \}\}$/.exec(expressions[0]) ?? [];
		expect(JSON.parse(literal)).toBe(name);
	});
});

test.each([
	[60, 80],
	[10, 80],
	[5, 75],
	[1, 15],
])(
	"in a wait of %i minutes, the last %i seconds are left to n8n's timer, which may be set already",
	async (minutes, seconds) => {
		const endsIn = (ms: number) => {
			const until = WALL_START + ms;
			const since = until - minutes * 60_000;
			return { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
		};
		const deliver = async (ms: number) => await suspend({ suspension: endsIn(ms) }).deliver();
		expect(await deliver((seconds - 1) * 1_000)).toBe(409);
		expect(await deliver((seconds + 5) * 1_000)).toEqual({ resumed: INPUT });
	},
);

describe('if n8n cannot run the node again', () => {
	test.each<[string, Story, unknown]>([
		[
			'its jobs are output as at the deadline',
			{ entry: { data: { main: [[{ json: { late: 1 } }]] } } },
			[{ json: { late: 1 } }],
		],
		['nothing is output if there are no jobs', { entry: 'none' }, []],
		[
			'its jobs are output if the input items are missing',
			{ suspension: { input: undefined } },
			[{ json: { late: 1 } }],
		],
	])('%s', async (_, story, resumed) => {
		expect(await suspend(story).deliver()).toEqual({ resumed });
	});
});
