import { readReason } from '../../../nodes/Lumenfall/transport/decode/error';
import { decodeJob } from '../../../nodes/Lumenfall/transport/decode/video';
import type { RequestForm, SentForm } from '../../../nodes/Lumenfall/transport/dialects/dialect';
import { nextForm } from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible/nextForm';
import { parseResponse } from '../../../nodes/Lumenfall/transport/readBody';
import { provesNothingMade } from '../../../nodes/Lumenfall/transport/readResponse';
import { createRedactor } from '../../../nodes/Lumenfall/transport/secrets';

const MP4 = 'https://files.example/a.mp4';

test.each<[string, object]>([
	['Together', { outputs: { video_url: MP4, cost: 0.4 } }],
	['DeepInfra, Dynamo', { data: [{ url: MP4 }] }],
	['Bifrost', { videos: [{ type: 'url', url: MP4 }] }],
	['new-api', { metadata: { url: MP4 } }],
	['xAI', { video: { url: MP4 } }],
	['ModelArk', { content: { video_url: MP4, last_frame_url: 'https://files.example/a.png' } }],
	['Kling', { data: { task_result: { videos: [{ url: MP4 }] } } }],
	['camel case', { videoUrl: MP4 }],
	[
		'a list beside images',
		{
			outputs: [
				{ type: 'image', url: 'https://files.example/x' },
				{ type: 'video', url: MP4 },
			],
		},
	],
	['a relative URL', { url: '/a.mp4' }],
])(
	'the file of a video is found under the names of %s, and a job with a file is completed',
	(_, response) => {
		const job = decodeJob(response, { id: 'v', base: 'https://files.example/v1' });
		expect(job).toMatchObject({ id: 'v', phase: 'completed', url: MP4 });
	},
);

test.each<object>([
	{ thumbnail_url: 'https://a/b.jpg' },
	{ url: 'https://a/b.png' },
	{ callback_url: 'https://a/hook', polling_url: 'https://a/videos/1' },
	{ urls: { get: 'https://a/1', cancel: 'https://a/1/cancel' } },
])('%j contains no video file', (response) => {
	expect(decodeJob({ ...response, status: 'completed' }, { id: 'v' })).not.toHaveProperty('url');
});

test('an ID keeps all its digits, and the requested ID has priority over the reported one', () => {
	const response = parseResponse('{"data":[{"task_id":1234567890123456789}]}', (text) => text);
	expect(decodeJob(response)?.id).toBe('1234567890123456789');
	const other = decodeJob({ id: 'other', status: 'running' }, { id: 'mine' });
	expect(other).toMatchObject({ id: 'mine', reportedId: 'other' });
});

test.each<[object, string]>([
	[{ fail_reason: 'no' }, 'no'],
	[{ data: { failureReason: 'no' } }, 'no'],
	[{ errors: [{ message: 'no' }] }, 'no'],
	[{ error: { error: { message: 'no' } } }, 'no'],
	[{ error: { message: '{"error":{"message":"no"}}' } }, 'no'],
	[{ code: 402, msg: 'no' }, 'no'],
	[{ base_resp: { status_code: 1004, status_msg: 'no' } }, 'no'],
])('the reason in %j is found', (response, message) => {
	expect(readReason(response).message).toBe(message);
});

test.each<[number, unknown, boolean]>([
	[400, { error: { message: 'bad' } }, true],
	[400, { error: { message: 'bad' }, id: 'v' }, false],
	[400, '<html>bad</html>', false],
	[413, '<html>too large</html>', true],
	[200, { code: 402, msg: 'Credits insufficient' }, true],
	[200, { message: 'waits for moderation' }, false],
	[200, { task_id: 't', error_code: 'rate_limited' }, false],
	[302, '', false],
	[409, { error: { message: 'in progress' } }, false],
	[502, { error: { message: 'content policy' } }, false],
])(
	'a create with the response %i %j proves that nothing was made: %s',
	(statusCode, body, expected) => {
		expect(provesNothingMade({ statusCode, headers: {}, body })).toBe(expected);
	},
);

const WANTS_TEXT =
	'json: cannot unmarshal object into Go struct field .input_reference of type string';
const WANTS_NUMBER = 'cannot unmarshal string into Go struct field .seconds of type int';
const WANTS_FILE = '{"loc":["body","input_reference"],"msg":"Expected UploadFile"}';

test.each<[string, Omit<SentForm, 'form'>, RequestForm | undefined]>([
	[WANTS_NUMBER, { isMultipart: false }, { secondsAsNumber: true }],
	[WANTS_TEXT, { isMultipart: false, image: 'url' }, { imageAsText: true }],
	[WANTS_TEXT, { isMultipart: true, image: 'url' }, { imageAsText: true }],
	[WANTS_TEXT, { isMultipart: true, image: 'file' }, { body: 'json', imageAsText: true }],
	[WANTS_TEXT, { isMultipart: false }, undefined],
	[WANTS_FILE, { isMultipart: true, image: 'url' }, { imageAsFile: true }],
	[WANTS_FILE, { isMultipart: false, image: 'url' }, { imageAsFile: true }],
	[WANTS_FILE, { isMultipart: true, image: 'file' }, undefined],
	['Invalid image file provided', { isMultipart: false, image: 'url' }, undefined],
	["Invalid value: '10'. Supported values are: '4', '8'.", { isMultipart: false }, undefined],
	['The prompt is too long', { isMultipart: false }, undefined],
])('a refusal that says %j of %j is followed by %j', (words, sent, expected) => {
	expect(nextForm({ form: {}, ...sent }, { httpStatus: 400, words })).toEqual(expected);
});

test('a server that supports only JSON receives JSON next, and each form is tried once', () => {
	const sent = { form: {}, isMultipart: true };
	const refusal = { httpStatus: 400, words: 'Invalid JSON' };
	expect(nextForm(sent, refusal)).toEqual({ body: 'json' });
	expect(nextForm({ form: { body: 'json' }, isMultipart: false }, refusal)).toBeUndefined();
});

describe('a key is hidden', () => {
	const KEY = 'lmnfl_4f9c2a.Zk83-Qm+71/xyz';
	const redact = createRedactor([KEY]);

	test.each([
		['as it is', KEY],
		['in another case', KEY.toUpperCase()],
		['percent-encoded', encodeURIComponent(KEY)],
		[
			'percent-encoded throughout',
			[...Buffer.from(KEY)].map((byte) => `%${byte.toString(16)}`).join(''),
		],
		['in base64', Buffer.from(KEY).toString('base64')],
		['in base64 behind other bytes', Buffer.from(`Bearer ${KEY}`).toString('base64')],
		['cut off', KEY.slice(0, 16)],
		['cut off in front', KEY.slice(8)],
	])('%s', (_, text) => {
		const shown = redact(`bad key ${text} !`);
		expect(shown).toContain('[hidden]');
		expect(shown.toLowerCase()).not.toContain(text.slice(4, 16).toLowerCase());
	});

	test('and other texts are unchanged', () => {
		expect(redact('100 % of lmnfl_ keys &#65;')).toBe('100 % of lmnfl_ keys &#65;');
	});
});

test('a response that is nested 100,000 deep is truncated and does not exhaust the stack', () => {
	const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
	expect(() => JSON.stringify(parseResponse(deep, (text) => text))).not.toThrow();
});
