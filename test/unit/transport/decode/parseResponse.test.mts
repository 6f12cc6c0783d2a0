import {
	jsonInText,
	parseResponse,
} from '../../../../nodes/Lumenfall/transport/decode/parseResponse';
import { quick } from '../../../support/quick.mts';
import { decodeJob, MP4 } from '../../../support/readJson.mts';

test.each<[string, string]>([
	['a byte order mark', '\ufeff{"id":"v","status":"queued"}'],
	['numbers that Python writes', '{"id":"v","status":"queued","progress":NaN,"cost":-Infinity}'],
	['such words in a text', '{"id":"v","status":"queued","prompt":"NaN, \\"Infinity\\"","p":NaN}'],
	['spaces around it', '\n {"id":"v","status":"queued"} \n'],
	['a second encoding', JSON.stringify('{"id":"v","status":"queued"}')],
])('JSON with %s is read', (_, text) => {
	const job = decodeJob(parseResponse(text, (one) => one));
	expect(job).toMatchObject({ id: 'v', phase: 'queued' });
	if (text.includes('prompt')) expect(job?.prompt).toBe('NaN, "Infinity"');
});

test.each<[string, Record<string, unknown>]>([
	['{"cost":0.30000000000000004}', { cost: 0.30000000000000004 }],
	['{"progress":0.3333333333333333}', { progress: 0.3333333333333333 }],
	['{"a":-1234567890.2500000000000000}', { a: -1234567890.25 }],
	['{"a":1.2500000000000000e-7,"b":1234567890123456e2}', { a: 1.25e-7, b: 1.234567890123456e17 }],
	[
		'{"a":1234567890123456789,"b":-12345678901234567}',
		{ a: '1234567890123456789', b: '-12345678901234567' },
	],
	['{"a":"\\"1234567890123456789 \\\\","b":[NaN]}', { a: '"1234567890123456789 \\', b: [null] }],
])('the numbers of %s are read, and whole ones keep all their digits', (text, expected) => {
	expect(parseResponse(text, (one) => one)).toEqual(expected);
});

test('the ID in a response that breaks off keeps all its digits', () => {
	expect(jsonInText('{"id":1234567890123456789,"prompt":"A pap')).toEqual({
		id: '1234567890123456789',
	});
});

test.each<[string, string]>([
	[
		'a text that does not end',
		`{"created":1764410000123456,"prompt":"${'a paper boat '.repeat(1e5)}`,
	],
	['escaped quotation marks', `1764410000123456"${'\\"'.repeat(1e6)}`],
	['many quotation marks', `${'"'.repeat(1e6)} NaN`],
	['a number without end', `${'1'.repeat(1e6)}e`],
])('a response with %s is read in linear time', (_, text) => {
	expect(quick(() => parseResponse(text, (one) => one))).toBe(text);
});

test('the JSON text in the body of a function gateway is the response', () => {
	const read = (body: object) =>
		decodeJob(
			parseResponse(JSON.stringify({ statusCode: 200, body: JSON.stringify(body) }), String),
		);
	expect(read({ task_id: 'v', export: MP4, status: 'done' })).toMatchObject({ id: 'v', url: MP4 });
	expect(read({ id: 'v', status: 'failed', why: { reason: 'no' } })?.error?.message).toBe('no');
});

test.each(['data', 'result', 'response'])('so is the JSON text in %s, digit for digit', (name) => {
	const read = (content: string) =>
		decodeJob(parseResponse(JSON.stringify({ code: 0, msg: 'ok', [name]: content }), String));
	const job = read('{"task_id":7392616336519610409,"status":"failed","reason":"no"}');
	expect(job).toMatchObject({ id: '7392616336519610409', phase: 'failed' });
	expect(read('[not JSON](https://a.example)')).toBeUndefined();
});

test('a response that is nested 100,000 deep is truncated and does not exhaust the stack', () => {
	const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
	expect(() => JSON.stringify(parseResponse(deep, (text) => text))).not.toThrow();
});

test('of a response with hundreds of thousands of values, the outer ones are kept, and it is read at once', () => {
	const values = Array.from({ length: 400_000 }, () => '{"a":1}').join();
	const text = `{"list":[${values}],"id":"v","status":"failed","why":{"reason":"no"}}`;
	const job = quick(() => decodeJob(parseResponse(text, String), { id: 'v' }), 5_000);
	expect(job).toMatchObject({ id: 'v', phase: 'failed' });
	const models = { data: Array.from({ length: 5_000 }, (_, id) => ({ id, modes: ['a', 'b'] })) };
	expect(parseResponse(JSON.stringify(models), String)).toEqual(models);
});
