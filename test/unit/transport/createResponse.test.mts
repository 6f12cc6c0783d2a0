import fc from 'fast-check';
import { readCreateResponse } from '../../../nodes/Lumenfall/transport/createResponse';
import { jsonInText } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import type { HttpHost } from '../../../nodes/Lumenfall/transport/httpHost';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { REQUEST } from '../../support/createStage.mts';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';
import { BASE, refusedCreate } from '../../support/refusedCreate.mts';
import { responseOf } from '../../support/response.mts';

const JOB = { object: 'video', id: 'video_1', status: 'queued' };
const JSON_TEXT = JSON.stringify(JOB);
const bytes = (text: string) => Buffer.from(text);
const at = (location: string, status = 201, body: unknown = bytes('')) => ({
	...{ status, body },
	headers: { location },
});

/** Creates a video, and returns its ID or the failure. */
async function create(answer: FakeAnswer, apiKey = 'key') {
	const choice = { server: 'openAiCompatible', apiKey };
	const { host, requests } = fakeServer(() => answer, choice);
	const api = await openApi(host as unknown as HttpHost);
	const result = await api.createVideo(REQUEST, 'n8n-key').then(
		({ id }) => ({ id }),
		(error: unknown) => ({ failure: failureOf(error) }),
	);
	return { id: undefined, failure: undefined, ...result, requests };
}

test.each<[string, FakeAnswer]>([
	['breaks off after it', { body: bytes('{"id":"video_1","status":"que'), breaksOff: true }],
	['breaks off right after it', { body: bytes('{"data":{"id":"video_1"'), breaksOff: true }],
	['has it whole, although the connection breaks', { body: JOB, breaksOff: true }],
	[
		'is an event of a stream',
		{ body: bytes(`event: created\ndata: ${JSON_TEXT}\n\ndata: [DONE]`) },
	],
	['has one line of JSON for each state', { body: bytes(`${JSON_TEXT}\n${JSON_TEXT}\n`) }],
	['is JSON inside of a JSON text', { body: JSON_TEXT }],
	['has a warning of PHP before it', { body: bytes(`<br />\n<b>Warning</b>: x\n${JSON_TEXT}`) }],
	['is protected against inclusion as a script', { body: bytes(`)]}'\n${JSON_TEXT}`) }],
	['has no body, only the URL of the video', at('/openai/v1/videos/video_1')],
	['has only the URL for status checks', { body: { status_url: '/openai/v1/videos/video_1' } }],
	[
		'has only the URLs of the video',
		{
			body: {
				urls: {
					get: '/openai/v1/videos/video_1',
					cancel: '/openai/v1/videos/video_1/cancel',
				},
			},
		},
	],
	['refers to the URL of the video (303)', at('videos/video_1?x=1', 303)],
	[
		'refers to the URL of the video (302), with a page',
		at('videos/video_1/', 302, bytes('<p>Found')),
	],
])('the ID is found in a response that %s', async (_, answer) => {
	expect(await create(answer)).toMatchObject({ id: 'video_1' });
});

test.each<[string, FakeAnswer]>([
	['breaks off in the ID', { body: bytes('{"id":"video_1'), breaksOff: true }],
	['breaks off in a number', { body: bytes('{"id":123'), breaksOff: true }],
	[
		'breaks off after the ID of the request',
		{ body: bytes('{"request_id":"r1",'), breaksOff: true },
	],
	['is a web page with a script', { body: bytes('<!doctype html><script>x={"id":"a1"}</script>') }],
	['has the URL of a video elsewhere', { body: { url: 'https://other.example/videos/video_1' } }],
	[
		'has the URL of its routes',
		{ body: { links: ['/openai/v1/videos/edits', '/openai/v1/videos'] } },
	],
	['has only the URL of its source', { body: { source: { url: '/openai/v1/videos/video_1' } } }],
	['has the URLs of two videos', { body: { a: '/openai/v1/videos/1', b: '/openai/v1/videos/2' } }],
	['refers to a login', at('/login', 302)],
	['refers to another server', at('https://other.example/openai/v1/videos/video_1')],
	['refers to a route', at('/openai/v1/videos/extensions', 302)],
	['refers to a login below', at('/openai/v1/videos/login', 302)],
	['refers to a path inside of a video', at('/openai/v1/videos/video_1/content', 302)],
	['refers to itself with a slash', at('/openai/v1/videos/', 302)],
	['is an error with a URL', at('/openai/v1/videos/video_1', 200, { error: { code: 500 } })],
	['is an error of the server behind it', { body: { error: { code: 502, message: 'no' } } }],
	['is an internal error', { body: { error: { code: 'INTERNAL_ERROR', message: 'no' } } }],
	['is an error without a code', { body: { error: 'Internal Server Error' } }],
	['is a timeout of a relay', { body: { success: false, message: 'upstream timeout' } }],
])('a response that %s has no ID, and does not prove that nothing was made', async (_, answer) => {
	const { id, failure, requests } = await create(answer);
	expect([id, failure?.nothingMade, failure?.neverSent]).toEqual([undefined, undefined, undefined]);
	expect(requests).toHaveLength(1);
});

test.each<[number, string]>([
	[402, 'Payment Required'],
	[407, 'Proxy Authentication Required'],
	[421, 'Misdirected Request'],
	[426, 'Upgrade Required'],
	[511, 'Network Authentication Required'],
])(
	'the status %i is of a proxy or of another server, so nothing was made',
	async (status, page) => {
		const { failure } = await create({
			status,
			body: bytes(`<html><title>${page}</title></html>`),
		});
		expect(failure).toMatchObject({ nothingMade: true, serverMessage: page });
		expect(failure?.message).not.toMatch(/parameter/);
	},
);

test.each<[string, FakeAnswer, string]>([
	[
		'with 402 in the error',
		{ body: { error: { code: 402, message: 'no' } } },
		'insufficientBalance',
	],
	['with 401 in the error', { body: { error: { status: 401, message: 'no' } } }, 'invalidApiKey'],
	[
		'that says it is unavailable',
		{ body: { error: 'the model is unavailable' } },
		'modelUnavailable',
	],
])('a refusal %s and status 200 proves that nothing was made', async (_, answer, kind) => {
	expect((await create(answer)).failure).toMatchObject({ nothingMade: true, kind });
});

test('a redirect that is not followed is described without its query and without the key', async () => {
	const KEY = 'lmnfl_abc123.topsecret';
	const shown = async (location: string) =>
		(await create(at(location, 307), KEY)).failure?.serverMessage;
	expect(await shown(`https://login.example/${KEY}/start?key=${KEY}`)).toBe(
		'it redirects to https://login.example/[hidden]/start',
	);
	expect(await shown(`https://login.example/${encodeURIComponent(KEY)}`)).not.toContain(
		'topsecret',
	);
	expect((await create(at('/login', 302))).failure?.serverMessage).toBe('it redirects to /login');
});

test.each([
	['nginx', '<html><head><title>301 Moved Permanently</title></head><center>nginx</center></html>'],
	['Go', '<a href="https://api.example/v1/videos">Moved Permanently</a>.\n\n'],
	['Werkzeug', '<!doctype html><title>Redirecting...</title><p>You should be redirected'],
	['a relay', JSON.stringify({ error: { message: 'moved' } })],
	['a server without a page', ''],
])(
	'the error of a create that is sent from http to https names the target, whatever %s adds to it',
	async (_, page) => {
		for (const status of [301, 307, 308]) {
			const { failure } = await create(at('https://api.example/v1/videos', status, bytes(page)));
			expect(failure).toMatchObject({
				nothingMade: true,
				message:
					"'Base URL' does not point to a video API: it redirects to https://api.example/v1/videos",
			});
		}
	},
);

test.each([
	['/videos', '/openai/v1/videos/', 301, true],
	['/videos', '/openai/v1/videos/', 308, true],
	['/videos', '/openai/v1/videos/', 302, false],
	['/videos', '/openai/v1/login', 301, false],
	['/videos', 'https://other.example/openai/v1/videos/', 301, false],
])(
	'a create to %s that is redirected to %s with %i is sent there: %s',
	async (_, to, status, isSent) => {
		const server = fakeServer((request) =>
			request === 'POST /videos/'
				? { body: { id: 'video_1' } }
				: { status, headers: { location: to } },
		);
		const api = await openApi(server.host as never);
		const job = await api.createVideo(REQUEST, 'key').catch(() => undefined);
		expect(job?.id).toBe(isSent ? 'video_1' : undefined);
		expect(server.requests).toEqual(isSent ? ['POST /videos', 'POST /videos/'] : ['POST /videos']);
	},
);

test('of JSON that breaks off, only whole fields are read', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), (value, cut) => {
			const whole = { first: value, id: 'video_1', count: 12_345, last: value };
			const text = JSON.stringify(whole);
			const part = jsonInText(text.slice(0, cut % (text.length + 1))) as typeof whole | undefined;
			const { id, count } = part ?? {};
			expect([undefined, whole.id]).toContain(id);
			expect([undefined, whole.count]).toContain(count);
		}),
		{ numRuns: 1_000 },
	);
});

test.each<[number, unknown, boolean]>([
	[400, { error: { message: 'bad' } }, true],
	[400, { error: { message: 'bad' }, id: 'v' }, false],
	[400, { id: 'v', object: 'video', status: 'failed', error: { message: 'bad' } }, true],
	[400, { id: 'v', object: 'video', status: 'queued', error: { message: 'bad' } }, false],
	[422, { id: 'v', status: 'failed_timeout' }, false],
	[400, { id: 'v', status: 'timeout' }, false],
	[400, { id: 'v', status: 'failed', error: { message: 'upstream timed out' } }, false],
	[422, { statusCode: 422, error: 'Unprocessable Entity', message: 'Bad Gateway' }, false],
	[400, { error: { message: 'Bad Request', details: '502 Bad Gateway' } }, false],
	[200, { error: 'Bad Request', message: 'Gateway Timeout' }, false],
	[409, { id: 'v', object: 'video', status: 'failed', error: { message: 'bad' } }, false],
	[500, { id: 'v', object: 'video', status: 'failed', error: { message: 'bad' } }, false],
	[400, '<html>bad</html>', false],
	[413, '<html>too large</html>', true],
	[200, { code: 402, msg: 'Credits insufficient' }, true],
	[200, { status: 'error', message: 'Credits insufficient' }, true],
	[200, { success: 'false', message: 'no' }, true],
	[200, { title: 'Bad request', status: 400, detail: 'no' }, true],
	[200, { err: 'no' }, true],
	[200, { error: 1, message: 'no' }, true],
	[200, { header: { code: 10163, message: 'no' } }, true],
	[200, { code: 'InvalidParameter', message: 'no' }, true],
	[200, { code: 'InvalidParameter', message: 'no', request_id: 'r1' }, false],
	[200, { code: 'accepted', message: 'in review' }, false],
	[200, { error: 'N/A', message: 'ok' }, false],
	[200, { code: 1, msg: 'ok' }, false],
	[200, { code: 1000, message: 'Success!', data: null }, false],
	[200, { ErrCode: 500043, ErrMsg: 'All Credits have been used up', Resp: { video_id: 0 } }, true],
	[200, { code: 402, msg: 'no', trace_id: 'log' }, true],
	[200, { code: 500, msg: 'no' }, false],
	[200, { error: { message: 'no' }, request_id: 'r1' }, false],
	[200, { error: { message: 'no' }, ticket: 'x12' }, false],
	[200, { error: { message: 'no' }, data: { orderId: 'x12' } }, false],
	[200, { error: '', msg: 'success' }, false],
	[200, { message: 'waits for moderation' }, false],
	[200, { task_id: 't', error_code: 'rate_limited' }, false],
	[302, '', false],
	[409, { error: { message: 'in progress' } }, false],
	[502, { error: { message: 'content policy' } }, false],
])(
	'a create with the response %i %j proves that nothing was made: %s',
	(statusCode, body, expected) => {
		const read = readCreateResponse(
			responseOf(statusCode, body),
			'https://api.example.com/v1',
			new FormData(),
		);
		expect(read.outcome === 'refused').toBe(expected);
	},
);

test.each<[string, unknown]>([
	[
		'j_1',
		{
			job_id: 'j_1',
			error_code: 'rate_limited',
			message: 'too many running tasks, yours starts soon',
		},
	],
	['t_1', { data: { task_id: 't_1' }, error: { message: 'content policy: passed' } }],
])(
	'job %s is created, because its ID is in the response, whatever the error says: %j',
	(id, body) => {
		expect(readCreateResponse(responseOf(200, body), BASE, {})).toMatchObject({
			outcome: 'created',
			job: { id },
		});
	},
);

test('a page with 413 is about the size of the image, so the advice is, and not about the duration', () => {
	const page = '<html><head><title>413 Request Entity Too Large</title></head></html>';
	const { message, advice } = refusedCreate(413, page);
	expect(message).toMatch(/does not accept a request of this size/);
	expect(advice).toMatch(/^Use a smaller image, or choose 'URL' in 'Image From'/);
	expect(`${message} ${advice}`).not.toMatch(/duration|seconds/i);
});
