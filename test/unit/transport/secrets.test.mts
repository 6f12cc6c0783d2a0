import { failureFrom } from '../../../nodes/Lumenfall/errors/nodeError';
import { parseResponse } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import {
	failureOfJob,
	failureOfResponse,
} from '../../../nodes/Lumenfall/transport/failureOfResponse';
import { createRedactor } from '../../../nodes/Lumenfall/transport/secrets';
import { quick } from '../../support/quick.mts';
import { responseOf } from '../../support/response.mts';

const KEY = 'lmnfl_Ab3+/d9Xq.7fK2mWz81TopSecret';
const redact = createRedactor([KEY, ` ${KEY}\n`]);

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The notations in which servers repeat a key, and the part that no error may contain. */
const FORMS: Array<[string, string, string]> = [
	['as it is', KEY, KEY],
	['in upper case', KEY.toUpperCase(), KEY.toUpperCase()],
	['with the blank and line break it was pasted with', ` ${KEY}\n`, KEY],
	['percent-encoded', encodeURIComponent(KEY), encodeURIComponent(KEY)],
	['in base64', base64(KEY), base64(KEY).slice(0, 30)],
	[
		'in base64 with the word in front of it',
		base64(`Bearer ${KEY}`),
		base64(`Bearer ${KEY}`).slice(12, 40),
	],
	['in hex', Buffer.from(KEY).toString('hex'), Buffer.from(KEY).toString('hex')],
	['cut off at its end', KEY.slice(0, 24), KEY.slice(0, 24)],
	['cut off by the limit of a message', `${'x'.repeat(485)} ${KEY}`, KEY.slice(0, 14)],
];

test.each(FORMS)('the key %s is in no error', (_, form, secret) => {
	const bodies = [
		`denied for ${form}`,
		JSON.stringify({ error: { message: `denied for ${form}`, code: form, type: form } }),
		JSON.stringify({ detail: [{ loc: ['header', form], msg: form }] }),
		JSON.stringify({ error: JSON.stringify({ message: form }) }),
		`<html><head><title>${form}</title></head></html>`,
	];
	for (const text of bodies)
		for (const statusCode of [200, 301, 400, 401, 403, 404, 429, 500])
			for (const phase of ['create', 'status', 'models', 'list', 'cancel', 'balance'] as const) {
				const body = parseResponse(text, redact);
				const { failure } = failureOfResponse(responseOf(statusCode, body), phase);
				expect(JSON.stringify(failure).toLowerCase()).not.toContain(secret.toLowerCase());
			}
	const error = parseResponse(JSON.stringify({ code: form, message: form }), redact) as object;
	const { failure } = failureOfJob({ id: 'video_1', phase: 'failed', status: 'failed', error });
	expect(JSON.stringify(failure).toLowerCase()).not.toContain(secret.toLowerCase());
});

test('a login in the message of a defect or of a library is hidden because of its notation', () => {
	const defect = failureFrom(new TypeError(`Invalid header: "Bearer ${KEY}"`));
	expect(defect.message).toContain('Bearer [hidden]');
	expect(defect.message).not.toContain('Ab3');
});

describe("a short key, as servers of one's own have", () => {
	const KEYS = ['1234', 'test', 'video', 'none', 'EMPTY', 'sk-1234'];

	test.each(KEYS)('%s is hidden as a value and as a word of a message', (key) => {
		const hide = createRedactor([key]);
		expect(hide(key)).toBe('[hidden]');
		expect(hide(`Incorrect API key provided: ${key}.`)).toBe(
			'Incorrect API key provided: [hidden].',
		);
		expect(hide(`{"error": "key=${key.toUpperCase()}, unknown"}`)).toContain('key=[hidden],');
	});

	test.each(KEYS)('%s changes no ID, URL or status that contains it by chance', (key) => {
		const job = {
			...{ id: `video_8${key}f`, status: `in_${key}`, model: `${key}/sora-2` },
			url: `https://files.example.com/${key}/video_test.mp4?sig=${key}`,
		};
		expect(parseResponse(JSON.stringify(job), createRedactor([key]))).toEqual(job);
	});
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
		['with escapes of C', [...Buffer.from(KEY)].map((byte) => `\\x${byte.toString(16)}`).join('')],
		[
			'of full width',
			KEY.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
		],
		['with invisible characters', [...KEY].join('\u200b')],
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
		for (const text of ['100 % of lmnfl_ keys &#65;', 'Ｆｕｌｌ \\x41 \\/ 👩\u200d🚀'])
			expect(redact(text)).toBe(text);
	});
});

test('an encoded key is hidden at the start of a text of megabytes, where it may be shown', () => {
	const key = 'lmnfl_4f9c2a.Zk83-Qm+71/xyz';
	const encoded = [...Buffer.from(key)].map((byte) => `%${byte.toString(16)}`).join('');
	const text = `${encoded} ${'%41'.repeat(2_000_000)}`;
	const shown = quick(() => createRedactor([key])(text));
	expect(shown.slice(0, 100)).toMatch(/^\[hidden\] /);
	expect(shown.endsWith('%41')).toBe(true);
});
