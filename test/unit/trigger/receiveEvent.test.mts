import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { receiveEvent } from '../../../nodes/LumenfallTrigger/receiveEvent';
import { fakeServer } from '../../support/fakeServer.mts';

let nodes = 0;

const NOT_SIGNED = { server: 'openAiCompatible', domain: 'openrouter.ai' };
const SIGNED = { server: 'lumenfall', domain: 'lumenfall.ai' };

/** A trigger of a server, by default one whose deliveries are not signed. The server knows the videos `real…`. */
function openTrigger(credential: object = {}, choice = NOT_SIGNED, secret: object = {}) {
	const node = { id: `node-${++nodes}`, name: 'Video Has Ended' };
	const log: string[] = [];
	const { host: server, requests } = fakeServer((request) => {
		if (request.endsWith('/webhooks/secret')) return secret;
		return request.includes('/real') ? { body: { status: 'completed' } } : undefined;
	}, choice);
	const data: IDataObject = {};
	const send = async (body: string, headers: object = {}) => {
		let answered = 200;
		const response = { status: (code: number) => ((answered = code), response), json: () => {} };
		const host = {
			...server,
			getCredentials: async () => ({ ...(await server.getCredentials()), ...credential }),
			getNode: () => node,
			getWorkflow: () => ({ id: 'workflow' }),
			getMode: () => 'webhook',
			getNodeParameter: (name: string) => (name === 'events' ? ['video.completed'] : 'webhook'),
			getWorkflowStaticData: () => data,
			getRequestObject: () => ({ headers, rawBody: Buffer.from(body) }),
			getResponseObject: () => response,
			logger: { warn: (line: string) => log.push(line) },
		} as unknown as IWebhookFunctions;
		const { workflowData } = await receiveEvent(host);
		return workflowData ? 'started' : answered;
	};
	return { send, deliver: async (id: string) => await send(bodyAbout(id)), requests, log };
}

const bodyAbout = (id: string) =>
	JSON.stringify({ type: 'video.generation.completed', data: { id } });

test('an unsigned delivery starts the workflow if the API confirms it', async () => {
	const { deliver } = openTrigger();
	expect(await deliver('real')).toBe('started');
	expect(await deliver('real')).toBe(200);
	expect(await deliver('made-up')).toBe(404);
});

test.each<[string, string, number | 'started']>([
	['nothing', '', 400],
	['text', 'hello', 400],
	['a form', 'type=video.generation.completed&id=real', 400],
	['JSON that breaks off', bodyAbout('real').slice(0, -3), 400],
	['another event', bodyAbout('real').replace('completed', 'started'), 400],
	['JSON with a byte order mark', `\ufeff${bodyAbout('real-2')}`, 'started'],
])(
	'a delivery of %s is answered so that the server repeats it only if that helps',
	async (_, body, status) => {
		expect(await openTrigger().send(body)).toBe(status);
	},
);

test('calls with a wrong signature are refused, and the log says so, once a minute', async () => {
	const { deliver, log, requests } = openTrigger({ webhookSecret: 'another secret' });
	const answers = [await deliver('real-3'), await deliver('real-4'), await deliver('real-5')];
	expect(answers).toEqual([401, 401, 401]);
	expect(log).toEqual([expect.stringMatching(/'Video Has Ended' was refused: .*webhook secret/)]);
	expect(log[0]).not.toContain('another secret');
	expect(requests).toEqual([]);
});

test('a flood of unsigned deliveries, each about another video, does not become a flood of requests', async () => {
	const { deliver, requests } = openTrigger();
	const made = Array.from({ length: 2_000 }, (_, index) => `made-up-${index}`);
	const answers = await Promise.all(made.map(deliver));
	expect(requests.length).toBeLessThanOrEqual(600);
	expect(new Set(answers)).toEqual(new Set([404, 503]));
});

describe('a flood of calls to the trigger of a server that signs every delivery', () => {
	const flood = async (headers: () => object, secret: object) => {
		const { send, requests } = openTrigger({}, SIGNED, secret);
		const calls = Array.from({ length: 200 }, (_, index) => `made-up-${index}`);
		const answers = await Promise.all(calls.map((id) => send(bodyAbout(id), headers())));
		return { answers: [...new Set(answers)], requests };
	};
	const signedAt = (ms: number) => () => ({
		'webhook-id': 'msg_1',
		'webhook-timestamp': String(Math.floor(ms / 1000)),
		'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
	});
	const SECRET = { body: { key: `whsec_${Buffer.from('a secret').toString('base64')}` } };

	test.each<[string, () => object]>([
		['unsigned', () => ({})],
		['signed in another notation', () => ({ ...signedAt(Date.now())(), 'webhook-signature': 'x' })],
		['old', signedAt(Date.now() - 3_600_000)],
		['from the future', signedAt(Date.now() + 3_600_000)],
	])('causes no request if they are %s', async (_, headers) => {
		expect(await flood(headers, SECRET)).toEqual({ answers: [401], requests: [] });
	});

	test('causes one request, for the secret, if they have a wrong signature', async () => {
		const { answers, requests } = await flood(signedAt(Date.now()), SECRET);
		expect(answers).toEqual([401]);
		expect(requests).toEqual(['GET /v1/webhooks/secret']);
	});

	test('causes one request if the secret cannot be read', async () => {
		const { answers, requests } = await flood(signedAt(Date.now()), { status: 500 });
		expect(answers).toEqual([503]);
		expect(requests).toHaveLength(1);
	});
});
