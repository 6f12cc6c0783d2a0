import { quick } from '../../../support/quick.mts';
import { decodeJob, readReason } from '../../../support/readJson.mts';

test.each(['.', ' . ', 'ok', ' success! ', ' Request successful. ', '', 'n/a', '{}', 'null\n'])(
	'the text %j is no error',
	(message) => {
		expect(readReason({ message })).toEqual({});
	},
);

test.each<[object, string | undefined]>([
	[{ fail_reason: 'no' }, 'no'],
	[{ failure_reason: 'no' }, 'no'],
	[{ failed_reason: 'no' }, 'no'],
	[{ status_message: 'no' }, 'no'],
	[{ task_status_msg: 'no' }, 'no'],
	[{ detail: 'no' }, 'no'],
	[{ detail: { msg: 'no' } }, 'no'],
	[{ msg: 'no' }, 'no'],
	[{ err: { msg: 'no' } }, 'no'],
	[{ errmsg: 'no' }, 'no'],
	[{ error_description: 'no' }, 'no'],
	[{ errorDetails: { message: 'no' } }, 'no'],
	[{ errors: ['no'] }, 'no'],
	[{ errors: { prompt: ['no'] } }, '{"prompt":["no"]}'],
	[{ prompt: ['no'], size: ['no'] }, '{"prompt":["no"],"size":["no"]}'],
	[{ title: 'Bad request', detail: 'no', status: 400 }, 'no'],
	[{ error: { title: 'no' } }, 'no'],
	[{ error: { description: 'no' } }, 'no'],
	[{ exception: { message: 'no' } }, 'no'],
	[{ fault: { faultstring: 'no' } }, 'no'],
	[{ code: 24, description: 'no' }, 'no'],
	[{ metadata: { fail_reason: 'no' } }, 'no'],
	[{ incomplete_details: { reason: 'content_filter' } }, 'content_filter'],
	[{ rejection_reason: 'no' }, 'no'],
	[{ promptFeedback: { blockReason: 'SAFETY' } }, 'SAFETY'],
	[
		{ response: { generateVideoResponse: { raiMediaFilteredReasons: ['no'] } } },
		'no; filtered by moderation',
	],
	[{ ResponseMetadata: { Error: { Code: 'x', Message: 'no' } } }, 'no'],
	[{ header: { code: 10, message: 'no' } }, 'no'],
	[{ error: { message: 'upstream said: {"error":{"message":"no"}}' } }, 'upstream said: no'],
	[
		{ error: { message: 'Provider returned error', metadata: { raw: '{"detail":"no"}' } } },
		'Provider returned error: no',
	],
	[{ error: { details: [{ message: 'no' }] } }, 'no'],
	[{ data: { failureReason: 'no' } }, 'no'],
	[{ errors: [{ message: 'no' }] }, 'no'],
	[{ error: { error: { message: 'no' } } }, 'no'],
	[{ error: { message: '{"error":{"message":"no"}}' } }, 'no'],
	[{ code: 402, msg: 'no' }, 'no'],
	[{ base_resp: { status_code: 1004, status_msg: 'no' } }, 'no'],
	[{ code: 0, message: 'SUCCEED', data: { task_status_msg: 'no' } }, 'no'],
	[{ code: 0, message: '查询成功', data: { reason: 'no' } }, 'no'],
	[{ code: 200, msg: 'Task found', data: { message: 'no' } }, 'no'],
	[{ error: { message: 'bad', raw_message: 'no' } }, 'bad: no'],
	[{ error: { message: 'Provider failed', cause: { message: 'no' } } }, 'Provider failed: no'],
	[{ tasks: [{ status: 'failed', error: { message: 'no' } }] }, 'no'],
	[{ task_result: { error_msg: 'no' } }, 'no'],
	[{ outputs: { error_message: 'no' } }, 'no'],
	[{ status: { state: 'failed', message: 'no' } }, 'no'],
	[{ failureCause: 'no' }, 'no'],
	[{ remark: 'no' }, 'no'],
	[{ code: 'x', msg_cn: '不', msg_en: 'no' }, 'no'],
	[
		{ error: 'Failed', moderation: { flagged: true, reason: 'violence' } },
		'Failed; moderation: {"flagged":true,"reason":"violence"}',
	],
	[{ error: 'no', moderation: { flagged: false } }, 'no'],
	// The response of the server behind a relay, in its error.
	...['data', 'response', 'body', 'metadata', 'provider_response'].map((name): [object, string] => [
		{ error: { message: 'Request failed', [name]: { message: 'no' } } },
		'Request failed: no',
	]),
	[
		{ error: { message: 'Failed', response: { data: { error: { message: 'no' } } } } },
		'Failed: no',
	],
	[{ error: { message: 'no', data: null, metadata: { provider_name: 'x' } } }, 'no'],
	[{ error: { message: 'no', data: { prompt: 'x', model: 'y' } } }, 'no'],
	// Under a name that nobody has seen.
	...['note', 'hint', 'warnings', 'violations', 'comment'].map((name): [object, string] => [
		{ status: 'failed', [name]: ['no'] },
		'no',
	]),
	[{ err_tips: 'no' }, 'no'],
	[{ video_url: 'no GPU is free', id: 'v' }, 'no GPU is free'],
	[{ output: '没有显卡' }, '没有显卡'],
	[{ output: 'https://a.example/x', status: 'failed' }, undefined],
	[
		{ error: { code: 400, message: 'no', details: [{ '@type': 'x.ErrorInfo', reason: 'WHY' }] } },
		'no: WHY',
	],
	[{ error: { message: 'no', details: [{ '@type': 'x.RetryInfo', retryDelay: '37s' }] } }, 'no'],
	[{ refuseReason: 'no' }, 'no'],
	[{ data: { fail: { text: 'no' } } }, 'no'],
	[{ steps: [{ status: 'ok', message: 'ok' }, { traceback: 'no' }] }, 'no'],
	[{ provider_response: { body: { exception: { error: 'Bad Request', why_msg: 'no' } } } }, 'no'],
	// The name of the HTTP status is no reason.
	[{ statusCode: 400, code: 'FST_ERR', error: 'Bad Request', message: 'no' }, 'no'],
	[{ statusCode: 400, message: ['no', 'never'], error: 'Bad Request' }, 'no; never'],
	[{ status: 422, error: 'Unprocessable Entity', message: 'no', path: '/v1/videos' }, 'no'],
	[{ error: { error: '400 Bad Request', message: 'no' } }, 'no'],
	[{ error: 'Bad Request' }, 'Bad Request'],
	[{ error: 'Unprocessable', payload: { detail: [{ msg: 'no' }] } }, 'no'],
	// The name of a fault stays, because a relay may pass it on with another status.
	[{ error: 'Bad Gateway', message: 'no' }, 'Bad Gateway: no'],
	[{ error: 'Bad Request', message: 'no' }, 'no'],
	[{ error: { message: 'no JSON', body: 'A knight with weapons' } }, 'no JSON'],
	[{ error: { message: 'no', data: { error: 'why' } } }, 'no: why'],
	[{ error: { message: 'no', response: '{"message":"why"}' } }, 'no: why'],
	// The list of what is wrong with each parameter belongs to its general message.
	[
		{ error: 'Validation failed', issues: [{ path: ['duration'], message: 'no' }] },
		'Validation failed: [{"path":["duration"],"message":"no"}]',
	],
	[{ message: 'Invalid data', errors: { seconds: ['no'] } }, 'Invalid data: {"seconds":["no"]}'],
	[
		{ title: 'Invalid', 'invalid-params': [{ name: 'seconds', reason: 'no' }] },
		'Invalid: [{"name":"seconds","reason":"no"}]',
	],
	[{ errors: [{ message: 'no', parameter: 'seconds' }], issues: [] }, 'no'],
])('the reason in %j is found', (response, message) => {
	expect(readReason(response).message).toBe(message);
});

test('a message of a hundred thousand brackets, or other repeated signs, is read at once', () => {
	for (const part of ['{', '[ ', ", 'input': {", ', input_value=']) {
		const message = part.repeat(100_000);
		expect(quick(() => readReason({ error: { message } })).message).toBe(message);
	}
});

test('the prompt is never shown as the reason of a failure', () => {
	const detail = [{ loc: ['body', 'x'], msg: 'Field required', input: { prompt: 'Violence' } }];
	expect(readReason({ detail }).message).toBe('[{"loc":["body","x"],"msg":"Field required"}]');
	const texts = [
		"[{'loc': ('body', 'x'), 'msg': 'Field required', 'input': {'prompt': 'Violence'}}]",
		"At most 9 characters [type=string_too_long, input_value='Violence, nudity', input_type=str]",
	];
	expect(texts.map((text) => readReason({ detail: text }).message)).toEqual([
		"[{'loc': ('body', 'x'), 'msg': 'Field required'}]",
		'At most 9 characters [type=string_too_long, input_type=str]',
	]);
	const job = decodeJob({ result: { id: 'v', status: 'failed', prompt: 'A boat of violence' } });
	expect(job).not.toHaveProperty('error');
});
