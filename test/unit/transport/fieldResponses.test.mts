import { decodeJob, readReason } from '../../support/readJson.mts';
import type { RequestForm, SentForm } from '../../../nodes/Lumenfall/transport/dialects/dialect';
import { nextForm } from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible/nextForm';
import { jsonInText, parseResponse } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import { decodeText } from '../../../nodes/Lumenfall/transport/streams';
import { readCreateResponse } from '../../../nodes/Lumenfall/transport/createResponse';
import { failureOfJob } from '../../../nodes/Lumenfall/transport/failureOfResponse';
import { createRedactor } from '../../../nodes/Lumenfall/transport/secrets';
import { quick } from '../../support/quick.mts';
import { responseOf } from '../../support/response.mts';

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
	['stdapi.ai', { result: { video_url: MP4 } }],
	['xAI, LiteLLM', { id: '', status: 'done', video: { url: MP4, duration: 8 } }],
	['xAI, without an ID', { status: 'done', video: { url: MP4 } }],
	['a text', { output: MP4 }],
	['a list of texts', { output: [MP4] }],
	['a list of URLs', { resultUrls: [MP4] }],
	['a list under the name of one URL', { video_url: [MP4] }],
	['an object under the name of a URL', { video_url: { url: MP4 } }],
	['JSON in a text', { data: { resultJson: JSON.stringify({ resultUrls: [MP4] }) } }],
	['Luma', { generation: { assets: { video: MP4 } } }],
	['Gemini', { done: true, response: { generatedVideos: [{ video: { uri: MP4 } }] } }],
	['Kling, newer', { data: { works: [{ resource: { resource: MP4 } }] } }],
	['Vidu', { creations: [{ url: MP4 }] }],
	['DashScope', { output: { choices: [{ message: { content: [{ video: MP4 }] } }] } }],
	['a chat', { choices: [{ message: { content: MP4 } }] }],
	['links', { links: { download: MP4 } }],
	[
		'links by relation',
		{
			links: [
				{ rel: 'self', href: 'https://files.example/videos/v' },
				{ rel: 'download', href: MP4 },
			],
		},
	],
	['qualities', { video: { '720p': MP4 } }],
	['kie.ai', { data: { info: { resultUrls: [MP4] } } }],
	[
		'Kling, without watermark',
		{ data: { works: [{ video: { resource_without_watermark: MP4 } }] } },
	],
	['PixVerse', { Resp: { url: MP4 } }],
	['file infos', { FileInfos: [{ FileUrl: MP4 }] }],
	['a list that PHP wrote as an object', { videos: { 0: MP4 } }],
	['attachments', { attachments: [{ url: MP4, mime: 'video/mp4' }] }],
	['a chat in Markdown', { choices: [{ message: { content: `Here it is: [video](${MP4})` } }] }],
	['a chat in HTML', { choices: [{ message: { content: `<video src='${MP4}'></video>` } }] }],
	['a URL in angle brackets', { video_url: `<${MP4}>` }],
	['JSON in JSON in a text', { result: JSON.stringify(JSON.stringify({ url: MP4 })) }],
	...[
		...['result_url', 'output_url', 'download_url', 'file_url', 'signed_url', 'presigned_url'],
		...['final_url', 'finalVideoUrl', 'output_video_url', 'hd_video_url', 'public_url', 'cdn_url'],
		...['media_url', 'asset_url', 'play_url', 'stream_url', 'downloadLink', 'output_video'],
		...['generated_video', 'video_file', 'videoFileUrl', 'mp4_url', 'video_uri', 'file_uri'],
		...['video_src', 'src', 'oss_url', 'rendered_url', 'storage_url', 'content_url', 'sample'],
		...['url_1080p', '1080p_url', 'video_720p', 'sd_url', 'videoUrlNoWatermark', 'attachment'],
		...['direct_url', 'hosted_url', 'delivery_url', 'r2_url', 'exported_video_url'],
		...['url_list', 'video_url_list'],
	].map((name): [string, object] => [name, { [name]: MP4 }]),
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
	['a record', { data: { record: { id: 'v', result_json: `{"resultUrls":["${MP4}"]}` } } }],
	['JSON:API', { data: { id: 'v', type: 'x', attributes: { status: 'ok', video_url: MP4 } } }],
	['Agnes', { id: 'task_1', video_id: 'v', object: 'video', remixed_from_video_id: MP4 }],
	['a relay with the URL as type', { id: 'v', object: MP4 }],
	['Higgsfield', { id: 'v', jobs: [{ status: 'completed', results: { raw: { url: MP4 } } }] }],
])(
	'the file of a video is found under the names of %s, and a job with a file is completed',
	(_, response) => {
		const job = decodeJob(response, { id: 'v', base: 'https://files.example/v1' });
		expect(job).toMatchObject({ id: 'v', phase: 'completed', url: MP4 });
	},
);

const BASE64 = Buffer.from(`\0\0\0\x20ftypisom${'\0'.repeat(60)}`, 'latin1').toString('base64');

test.each<object>([
	{ b64_json: BASE64 },
	{ data: [{ b64_json: BASE64 }] },
	{ video: BASE64 },
	{ data: { output: BASE64 } },
	{ video_base64: BASE64 },
	{ url: `data:video/mp4;base64,${BASE64}` },
	{ output: [`data:application/octet-stream;base64,${BASE64}`] },
	{ videos: [{ bytesBase64Encoded: BASE64, mimeType: 'video/mp4' }] },
	{ generatedSamples: [{ video: { encodedVideo: BASE64, encoding: 'video/mp4' } }] },
])('a file that is part of the response itself is found: %j', (response) => {
	const job = decodeJob(response, { id: 'v' });
	expect(job).toMatchObject({ phase: 'completed' });
	expect(job?.fileUrls?.[0]).toMatch(/^data:.*;base64,AAAA/);
});

test.each<object>([
	{ thumbnail_url: 'https://a/b.jpg' },
	{ preview_url: 'https://a/b.mp4', cover: { url: 'https://a/c.mp4' }, poster: 'https://a/d' },
	{ assets: [{ type: 'preview_video', url: 'https://a/b.mp4' }] },
	{ input: { video_url: 'https://a/in.mp4' }, source_video: { url: 'https://a/in.mp4' } },
	{ input_video_url: 'https://a/in.mp4', reference_video_url: 'https://a/r.mp4' },
	{ last_frame_url: 'https://a/f', first_frame: { url: 'https://a/f' } },
	{ status_url: 'https://a/s', response_url: 'https://a/r', cancel_url: 'https://a/c' },
	{ links: [{ rel: 'self', href: 'https://a/videos/v' }], href: undefined },
	{ message: 'https://a/help' },
	{ file_path: '/tmp/outputs/v.mp4' },
	{ data: 'video_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg' },
	{ url: 'https://a/b.png' },
	{ object: 'video', remixed_from_video_id: 'video_1' },
	{ callback_url: 'https://a/hook', polling_url: 'https://a/videos/1' },
	{ urls: { get: 'https://a/1', cancel: 'https://a/1/cancel' } },
	{ urls: { stream: 'https://stream.a/v1/files/1', get: 'https://a/1' } },
	{ url: 'https://api.example/v1/videos/v', href: '/v1/videos/v', link: '/v1/tasks/v/status' },
	{ files: [{ url: 'https://a/in', purpose: 'input' }, { url: 'https://a/frames.zip' }] },
	{ output: 'https://a/stream.m3u8', result: { gif_url: 'https://a/b.gif' } },
	{ outputs: [{ type: 'reference_video', url: 'https://a/in.mp4' }] },
	{ content: [{ type: 'video_url', video_url: { url: 'https://a/r' }, role: 'reference_video' }] },
	{
		error: { message: 'no', doc_url: 'https://a/x.mp4' },
		request: { video_url: 'https://a/x.mp4' },
	},
])('%j contains no video file', (response) => {
	const known = { id: 'v', base: 'https://api.example/v1' };
	expect(decodeJob({ ...response, status: 'completed' }, known)).not.toHaveProperty('url');
});

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

test.each<[string, object]>([
	['spaces without end in an error', { status: 'failed', error: `${' '.repeat(1e6)}\0` }],
	['spaces without end in a code', { code: `x${'\t'.repeat(1e6)}\0`, message: ' '.repeat(1e6) }],
	['spaces without end in the progress', { status: 'queued', progress: ' '.repeat(1e6) }],
	['dots without end in a URL', { url: `${'.MP4?.'.repeat(1e5)} x` }],
	['tags without end in an error', { status: 'failed', error: '<'.repeat(1e6) }],
])('a job with %s is read in linear time', (_, fields) => {
	const base = 'https://api.example/v1';
	const job = quick(() => decodeJob({ id: 'v', ...fields }, { id: 'v', base }));
	expect(job?.id).toBe('v');
	if (job?.phase === 'failed') expect(quick(() => failureOfJob(job)).failure.videoId).toBe('v');
	quick(() => readCreateResponse(responseOf(400, fields), base, {}));
});

test.each(['.', ' . ', 'ok', ' success! ', ' Request successful. ', '', 'n/a', '{}', 'null\n'])(
	'the text %j is no error',
	(message) => {
		expect(readReason({ message })).toEqual({});
	},
);

test.each<[string, Buffer]>([
	['UTF-16', Buffer.from('{"id":"v","prompt":"Zoë"}', 'utf16le')],
	['UTF-16 with a byte order mark', Buffer.from('\ufeff{"id":"v","prompt":"Zoë"}', 'utf16le')],
	['UTF-16 of the other order', Buffer.from('\ufeff{"id":"v","prompt":"Zoë"}', 'utf16le').swap16()],
	['Latin-1', Buffer.from('{"id":"v","prompt":"Zoë"}', 'latin1')],
	['UTF-8', Buffer.from('{"id":"v","prompt":"Zoë"}')],
])('a response in %s is read', (_, bytes) => {
	const response = parseResponse(decodeText(bytes), (one) => one);
	expect(decodeJob(response)).toMatchObject({ id: 'v', prompt: 'Zoë' });
});

test('a replacement character that the server sent itself is kept, and half a character of UTF-16 is no crash', () => {
	expect(decodeText(Buffer.from('Zo\ufffd 日本'))).toBe('Zo\ufffd 日本');
	expect(() => decodeText(Buffer.from([0xfe, 0xff, 0, 0x7b, 0]))).not.toThrow();
	expect(decodeText(Buffer.alloc(0))).toBe('');
});

test('an ID keeps all its digits, and the requested ID has priority over the reported one', () => {
	const response = parseResponse('{"data":[{"task_id":1234567890123456789}]}', (text) => text);
	expect(decodeJob(response)?.id).toBe('1234567890123456789');
	const other = decodeJob({ id: 'other', status: 'running' }, { id: 'mine' });
	expect(other).toMatchObject({ id: 'mine', reportedId: 'other' });
});

test.each<[object, string]>([
	[{ request_id: 'r1' }, 'r1'],
	[{ task_id: 't1' }, 't1'],
	[{ id: '', taskId: 't1' }, 't1'],
	[{ data: [{ task_id: 't1' }] }, 't1'],
	[{ request_id: 'log', output: { task_id: 't1', task_status: 'PENDING' } }, 't1'],
	[{ request_id: 'log', generation: { id: 'g1' } }, 'g1'],
	[{ videos: [{ id: 'v1', status: 'queued' }] }, 'v1'],
	[{ tasks: [{ task_uuid: 't1' }] }, 't1'],
	[{ prediction: { id: 'p1' } }, 'p1'],
	[{ job: { uuid: 'u1' } }, 'u1'],
	[{ run_id: 'r1', status: 'queued' }, 'r1'],
	[{ code: 0, message: 'ok', data: 'task_8f2k91' }, 'task_8f2k91'],
	[{ data: 'i2v-20251129001' }, 'i2v-20251129001'],
	[{ result: 'text2video_8f2k91' }, 'text2video_8f2k91'],
	[{ code: 1, description: 'submitted', result: '1320098173412546' }, '1320098173412546'],
	[{ id: 0, task_id: 't1' }, 't1'],
	[{ id: 'null', video_id: 't1' }, 't1'],
	[{ ErrCode: 0, ErrMsg: 'Success', Resp: { video_id: 324641385496960 } }, '324641385496960'],
	[{ name: 'models/veo-3.1/operations/a1b2' }, 'models/veo-3.1/operations/a1b2'],
	[{ name: 'operations/a1b2', done: false, request_id: 'log' }, 'operations/a1b2'],
	[{ operationName: 'operations/a1b2' }, 'operations/a1b2'],
	[{ name: 'Sora 2', task_id: 't1' }, 't1'],
	[
		{ invocationArn: 'arn:aws:bedrock:us-east-1:1:async-invoke/a1' },
		'arn:aws:bedrock:us-east-1:1:async-invoke/a1',
	],
	[{ prompt_id: 'p1', number: 5, node_errors: {} }, 'p1'],
	// The ID of a log entry beside that of the job.
	[{ id: 'as-d2f8', task_id: 't1' }, 't1'],
	[{ id: 'req_123', video_id: 't1' }, 'req_123'],
	[{ id: 'as-d2f8' }, 'as-d2f8'],
	[{ id: 'assembly_1', task_id: 't1' }, 'assembly_1'],
	[{ id: 'v1', task_id: 't1' }, 'v1'],
])('the ID of a created job is found in %j', (response, id) => {
	expect(decodeJob(response)?.id).toBe(id);
});

test.each<object>([
	{ data: 'accepted', result: 'ok' },
	{ user_id: 'u1', trace_id: 't1', model_id: 'm1' },
	{ name: 'models/veo-3.1' },
	{ code: 0, message: 'ok', data: null },
	{ id: 0, task_id: 'None', video_id: '' },
])('%j contains no ID of a job', (response) => {
	expect(decodeJob(response)).toBeUndefined();
});

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

test.each<[object, string]>([
	[{ status: { state: 'failed', message: 'no' } }, 'failed'],
	[{ status: { name: 'SUCCEEDED' } }, 'completed'],
	[{ status: { code: 3 } }, 'queued'],
	[{ jobs: [{ status: 'nsfw', results: null }] }, 'failed'],
	[{ jobs: [{ status: 'in_progress' }] }, 'running'],
	[{ jobs: [{ status: 'success', results: {} }] }, 'completed'],
	[
		{ done: true, response: { generateVideoResponse: { raiMediaFilteredReasons: ['x'] } } },
		'failed',
	],
	[{ name: 'operations/a1', metadata: {} }, 'queued'],
	// ComfyUI.
	[{ status: { status_str: 'error', completed: false, messages: [] } }, 'failed'],
	[{ status: { status_str: 'success', completed: true } }, 'completed'],
	[{ status: { id: 2, label: 'Completed' } }, 'completed'],
	...['job_state', 'videoState', 'generation_status', 'render_status', 'processing_status'].flatMap(
		(name): Array<[object, string]> => [
			[{ [name]: 'COMPLETED' }, 'completed'],
			[{ [name]: 'failed', message: 'no' }, 'failed'],
			[{ status: 'in_progress', [name]: 'failed' }, 'running'],
		],
	),
	...['status_label', 'statusName', 'phase'].flatMap(
		(name): Array<[object, string]> => [
			[{ [name]: 'Succeeded' }, 'completed'],
			[{ status: 2, [name]: 'Failed' }, 'failed'],
			[{ status: 'running', [name]: 'Succeeded' }, 'running'],
		],
	),
	[{ status: 200, statusText: 'OK', data: { status: 'processing' } }, 'running'],
	[{ status: 200, statusText: 'OK', data: {} }, 'queued'],
	[{ done: true, response: { raiMediaFilteredCount: 2 } }, 'failed'],
	[{ done: true, response: { raiMediaFilteredCount: 1, videos: [{ uri: MP4 }] } }, 'completed'],
	[{ done: true, response: { raiMediaFilteredReasons: ['no'] } }, 'failed'],
	[
		{ done: true, response: { videos: [{ uri: MP4 }], raiMediaFilteredReasons: ['no'] } },
		'completed',
	],
])('the status in %j means %s', (response, phase) => {
	expect(decodeJob({ id: 'v', ...response })?.phase).toBe(phase);
});

test.each<object>([
	{ code: 0, message: 'SUCCEED', data: { task_status: 'failed', task_status_msg: 'risk control' } },
	{ status: 'failed', error: 'Failed', moderation: { flagged: true, reason: 'violence' } },
	{ status: 'failed', moderation_result: { decision: 'reject', labels: ['A7'] } },
	{ status: 'failed', error: { message: 'Provider failed', cause: { message: 'NSFW content' } } },
	{ status: 'failed', error: { message: 'invalid', raw_message: 'blocked by safety system' } },
	{ tasks: [{ status: 'failed', error: { message: '内容违规' } }] },
	{ state: 'failed', err_code: 'TaskPromptPolicyViolation', creations: [] },
	{ status: 'FAILED: the content violates our guidelines', object: 'video' },
	{ status: 'failed', error: '451 {"error_code":"video_unsafe","message":"It appears unsafe."}' },
	{ done: true, response: { generateVideoResponse: { raiMediaFilteredCount: 1 } } },
	{ done: true, response: { raiMediaFilteredReasons: ['A person was shown.'] } },
	{ status: 'done', video: { url: '', respect_moderation: false, duration: 6 } },
	{ status: 'error', error: 'PUBLIC_ERROR_MINOR_UPLOAD' },
	{
		status: 'failed',
		error: {
			code: 400,
			message: 'Request contains an invalid argument.',
			details: [{ '@type': 'x.ErrorInfo', reason: 'PUBLIC_ERROR_PROMINENT_PEOPLE_UPLOAD' }],
		},
	},
	{ status: 'failed', error: 'Sorry, we could not create your video. Support codes: 29310472' },
	{ status: 'failed', video_url: '图片中包含未成年人，请重新上传' },
	{ status: 'completed', outputs: [], has_nsfw_contents: [true] },
	{ status: 'failed', error: { statusCode: 400, error: 'Bad Request', message: 'NSFW content' } },
	...['fail_reason', 'failure_reason', 'status_message', 'detail', 'msg'].map((name) => ({
		status: 'failed',
		[name]: 'The prompt violates our usage policies',
	})),
	{ status: 'failed', errors: [{ message: 'blocked by our moderation system' }] },
	{ status: 'failed', error: { error: { message: 'blocked by our moderation system' } } },
	{
		status: 'failed',
		error: { message: '{"error":{"code":"moderation_blocked","message":"No"}}' },
	},
])('%j is a moderation refusal, so no other model is paid for', (response) => {
	const job = decodeJob(response, { id: 'v' });
	expect(failureOfJob(job!).failure.kind).toBe('contentPolicy');
});

test('a number as status has another meaning on each server, so the node keeps waiting and names it', () => {
	const job = decodeJob({ ErrCode: 0, Resp: { id: 'v', status: 7, url: '' } }, { id: 'v' });
	expect(job).toMatchObject({ phase: 'unknown', status: '7' });
	expect(decodeJob({ Resp: { id: 'v', status: 1, url: MP4 } })?.phase).toBe('completed');
	// The status of the request.
	expect(decodeJob({ status: 200, data: { task_id: 'v' } })?.phase).toBe('queued');
	expect(decodeJob({ status: 1, data: { task_id: 'v' } })?.phase).toBe('queued');
});

test.each<object>([
	...['hosted_url', 'formats', 'variants', 'path', 'wherever'].map((name) => ({ [name]: MP4 })),
	{ renditions: [{ format: { link: `${MP4}?a=b` } }], thumbnail: 'https://files.example/t.mp4' },
	{ _links: { enclosure: { href: `${MP4}?a=b` } } },
	{ data: { id: 'v', type: 'jobs', attributes: { export: MP4 } } },
	{ resources: [{ path: MP4 }] },
	{ extra: { deep: { er: [{ url: MP4 }] } }, input: { video: 'https://files.example/in.mp4' } },
	// ComfyUI and its hosts.
	{ outputs: [{ data: { gifs: [{ url: MP4, format: 'video/h264-mp4' }] } }] },
	{ outputs: { 9: { images: [{ url: MP4 }] } } },
	{ motionMP4URL: MP4, refined_video: MP4, high_definition: MP4, composed: MP4 },
])('the only URL of a completed job that ends like a video is its file: %j', (response) => {
	const job = decodeJob({ status: 'completed', ...response }, { id: 'v' });
	expect(job?.url).toMatch(/^https:\/\/files\.example\/a\.mp4/);
	expect(decodeJob({ ...response, status: 'generating' }, { id: 'v' })?.phase).not.toBe(
		'completed',
	);
});

const SIGNED = 'https://files.example/f/a?signature=b';

test.each<object>([
	{ variants: [{ url: SIGNED, content_type: 'video/mp4' }] },
	{ outputs: [{ type: 'video', value: SIGNED }] },
	{ variants: [{ type: 'video', secure_url: SIGNED, share_url: 'https://studio.example/v/1' }] },
	{ variants: [{ kind: 'video', src: [SIGNED] }] },
	{ extra: { video_url: SIGNED, image_url: 'https://files.example/i' } },
	{ shots: [{ video_urls: [SIGNED] }] },
	{ details: { videoPath: SIGNED } },
])(
	'the only URL of a completed job that its name or type calls a video is its file: %j',
	(response) => {
		expect(decodeJob({ status: 'completed', ...response }, { id: 'v' })?.url).toBe(SIGNED);
	},
);

test.each<[object, string]>([
	[{ status: 'encoding_2', download_url: '/v1/videos/v/content' }, 'unknown'],
	[{ status: 'encoding_2', result_url: 'https://api.example/v1/videos/v/result' }, 'unknown'],
	[{ progress: 20, content_url: '/v1/videos/v/content' }, 'queued'],
	[{ status: 'encoding_2', download_url: MP4 }, 'completed'],
	[{ progress: 20, download_url: MP4 }, 'completed'],
	[{ content_url: '/v1/videos/v/content' }, 'completed'],
	[{ status: 'completed', content_url: '/v1/videos/v/content' }, 'completed'],
])(
	'a route of the job is there from the start, so it does not prove that %j is completed: %s',
	(response, phase) => {
		const job = decodeJob({ id: 'v', ...response }, { id: 'v', base: 'https://api.example/v1' });
		expect(job?.phase).toBe(phase);
		expect(job?.fileUrls).toHaveLength(1);
	},
);

test('a file that is named in the query of a URL is found', () => {
	const url = 'https://files.example/view?filename=a.mp4&subfolder=&type=output';
	const response = { status: 'completed', nodes: { 9: { gifs: [{ fullpath: url }] } } };
	expect(decodeJob(response, { id: 'v' })?.url).toBe(url);
});

test.each<object>([
	{ one: MP4, other: 'https://files.example/b.mp4' },
	{ original_url: MP4 },
	{ request: { video: MP4 } },
	{ items: [{ type: 'input_video', location: MP4 }] },
	{ page: 'https://files.example/watch' },
	{ path: '/tmp/a.mp4' },
	...['arguments', 'args', 'config', 'options', 'settings', 'context'].map((name) => ({
		[name]: { video_url: SIGNED },
	})),
	...['init_video', 'control_video', 'driving_video_url', 'mask_video', 'pose_video'].map(
		(name) => ({
			[name]: MP4,
		}),
	),
	{ media: { frame_videos: [MP4] } },
	...['video_polling_url', 'video_info_url', 'video_price_url', 'video_template_url'].map(
		(name) => ({
			[name]: 'https://studio.example/v/1',
		}),
	),
	...['video_page_url', 'video_share_url', 'videoPlayerUrl', 'video_upload_url', 'page_url'].map(
		(name) => ({ [name]: SIGNED }),
	),
	...['share_url', 'page', 'permalink', 'websiteUrl', 'dashboard_url', 'gallery_link', 'title'].map(
		(name) => ({ data: { type: 'video', [name]: 'https://studio.example/v/1' } }),
	),
	{ shots: [{ video_url: SIGNED }, { video_url: `${SIGNED}c` }] },
])('%j may be another video than the result', (response) => {
	expect(decodeJob({ status: 'completed', ...response }, { id: 'v' })).not.toHaveProperty('url');
});

test.each<[object, string]>([
	[{ status: 'error', message: 'no' }, 'unknown'],
	[{ status: 'success', data: null }, 'unknown'],
	[{ status: 'success', data: { progress: 40 } }, 'unknown'],
	[{ status: 'success', data: { url: MP4 } }, 'completed'],
	[{ status: 'success' }, 'completed'],
	[{ status: 'fail', data: { message: 'no' } }, 'unknown'],
	[{ status: 'error', error: { message: 'no' }, request_id: 'log_1' }, 'unknown'],
	[{ status: 'failure', message: 'Invalid response received from the provider' }, 'unknown'],
	[{ status: 'timeout', message: 'the upstream did not answer' }, 'unknown'],
	[{ id: 'v', status: 'error', message: 'no' }, 'failed'],
	[{ data: { task_id: 'other', status: 'error' }, message: 'no' }, 'failed'],
	[{ request_id: 'v', status: 'error', error: { message: 'no' } }, 'failed'],
	[{ status: 'failed', error: { message: 'no' } }, 'failed'],
	// Zhipu's response has no ID, but the name of the status says whose it is.
	[{ task_status: 'FAIL', model: 'cogvideox-3', request_id: 'log_1' }, 'failed'],
	[{ data: { jobStatus: 'error' } }, 'failed'],
])(
	'a status without the ID of the job may be that of the status check: %j means %s',
	(body, phase) => {
		expect(decodeJob(body, { id: 'v' })?.phase).toBe(phase);
	},
);

test('a completed job without a file keeps its error, which may be why there is none', () => {
	const response = { id: 'v', status: 'COMPLETED', error: 'Internal error' };
	expect(decodeJob(response)?.error).toEqual({ message: 'Internal error' });
	expect(decodeJob({ ...response, url: MP4 })).not.toHaveProperty('error');
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

test('a message of a hundred thousand brackets, or other repeated signs, is read at once', () => {
	for (const part of ['{', '[ ', ", 'input': {", ', input_value=']) {
		const message = part.repeat(100_000);
		expect(quick(() => readReason({ error: { message } })).message).toBe(message);
	}
});

test('the name of a field of hundreds of thousands of words is read at once', () => {
	for (const word of ['video', 'video_url', 'videoplay'])
		for (const response of [{ extra: {} }, { [`${word.repeat(100_000)}x`]: SIGNED }])
			expect(
				quick(() => decodeJob({ id: 'v', status: 'completed', ...response })),
			).not.toHaveProperty('url');
});

test('the content of a chat with thousands of links is read at once', () => {
	const job = { id: 'v', choices: [{ message: { content: 'https://'.repeat(100_000) } }] };
	expect(quick(() => decodeJob(job))?.id).toBe('v');
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

test('a reason behind the status is the reason, if there is no other', () => {
	const job = decodeJob({ id: 'v', status: 'FAILED: no GPU' });
	expect(job).toMatchObject({ phase: 'failed', status: 'failed', error: { message: 'no GPU' } });
	const other = decodeJob({ id: 'v', status: 'FAILED: x', error: { message: 'no GPU' } });
	expect(other?.error).toEqual({ message: 'no GPU' });
});

test.each([
	...['sora_content_violation', 'InputImageRiskDetection', 'OperationDenied.TextIllegalDetected'],
	...['The prompt could not be submitted.', 'Blocked: PROHIBITED_CONTENT', 'Image contains nudity'],
	...['finishReason: IMAGE_SAFETY', 'finishReason: RECITATION', 'error_code: image_unsafe'],
	...['We do not allow prominent people', 'Your prompt contains words that are not permitted'],
	...['Video was blocked due to policy', 'The request was rejected because it was deemed unsafe'],
	...[
		'Declined by the content checker.',
		'hate speech',
		'检测到真人人脸',
		'您的输入内容不符合平台规范',
	],
	...[
		'コンテンツポリシーに違反しています',
		'violation',
		'觸發平台的內容安全策略',
		'內容審核未通過',
	],
	...[
		'Trigger the content security policy of the platform',
		'Le contenu a été bloqué par la modération',
	],
	...['ContentRiskBlocked', 'content_rejected', 'SexuallyExplicit', 'SENSITIVE', 'unsafe_request'],
	...['All generated videos were filtered out', 'Flagged for: violence/graphic', 'blocked: SAFETY'],
	...['The prompt appears to depict minors', 'people under 18', 'Human faces are not permitted'],
	...['may be related to copyright restrictions', 'Refused due to trust & safety'],
	...['Trigger strategy of the platform', 'input sensitive', 'output sensitive', 'raiFiltered'],
	...['The input may contain content that is not allowed', "This content isn't allowed"],
	...['The uploaded image contains a child', 'Person generation is not allowed'],
	...['Generation of people is not allowed with these settings', 'adult content detected'],
	...['ModerationError: blocked', 'Prompt not permitted', '内容审查未通过', '提示词中包含不当内容'],
	...['ガイドラインに違反しています', '콘텐츠 정책을 위반했습니다', 'Запрос отклонён модерацией'],
	...[
		'Image contains identifiable people',
		'Deepfake detected',
		'political figures are not allowed',
	],
	...['prompt is illegal', 'illegal image content', 'ILLEGAL_IMAGE_CONTENT'],
	...['The prompt did not pass moderation', 'content security policy violation'],
	...['The prompt was rejected by the provider', 'Input image rejected: contains a face'],
	...['Human face is not supported', 'Face detected in image', 'Terms of Service violation'],
	...['It goes against our guidelines', 'Blocked by provider', 'output blocked', 'inappropriate'],
	...['Result was filtered', 'Not safe for work', 'Prompt check failed', 'high risk prompt'],
	'video description sensitive',
	...['Uploads of images with people are not supported', 'The prompt content is not compliant'],
	...['Job blocked by AI moderator', "I can't help with that request", 'unsuitable content'],
	...[
		'内容违法',
		'不适宜内容',
		'不適切な表現',
		'セーフティフィルターによりブロック',
		'유해한 콘텐츠',
	],
	...['Нарушение политики контента', 'запрещённый контент'],
])('%s is about the content', (message) => {
	const job = decodeJob({ id: 'v', status: 'failed', error: { message } });
	expect(failureOfJob(job!).failure.kind).toBe('contentPolicy');
});

test.each([
	...['No human face detected', 'face not detected', 'input rejected by the encoder'],
	...['CUDA out of memory', 'request blocked by firewall', 'image flagged as duplicate'],
	...['Content-Type must be application/json', 'Illegal argument: seconds', 'heavy_load'],
	...['input rejected: wrong codec', 'content length exceeded', 'safe mode not supported'],
	...['blocked by robots.txt', 'illegal instruction (core dumped)', 'of minor version 2'],
	...['a minor mismatch of sizes', 'prompt not allowed to be empty', 'output filter not found'],
	...['Content generation failed', 'job was flagged for retry', 'Unsafe URL', '未检测到人脸'],
	// A moderation that did not work, rules of another kind, and values of a wrong shape.
	...[
		'moderation service unavailable',
		'The moderation service timed out',
		'Failed to moderate image',
	],
	...['Failed to run content moderation', 'Safety checker failed to load'],
	...['could not reach the safety service', 'Error calling moderation endpoint'],
	...['The prompt passed moderation, but there is no GPU', 'Moderation passed; encoding failed'],
	...['You have not agreed to the usage policy', 'retention policy violation', 'flagged as failed'],
	...[
		'Images with an alpha channel are not supported',
		'unsuitable image size',
		'다시 공유해 주세요',
	],
	...[
		'The worker cannot help: queue is full',
		'Нарушение правил именования',
		'not compliant with JSON',
	],
	...[
		'图片尺寸不合规',
		'参数不合规',
		'宽高比不符合规范',
		'prompt not allowed for this model',
		'Illegal content type',
	],
])('%s is not about the content', (message) => {
	const job = decodeJob({ id: 'v', status: 'failed', error: { message } });
	expect(failureOfJob(job!).failure.kind).toBe('providerFailed');
});

test('a file that moderation blocked is none, and one that it did not block is', () => {
	const blocked = { status: 'done', video: { respect_moderation: false } };
	expect(decodeJob(blocked, { id: 'v' })).toMatchObject({ phase: 'failed', status: 'failed' });
	// A URL at an unusual place does not prove the opposite.
	const placeholder = { ...blocked, extra: { video_url: SIGNED } };
	expect(decodeJob(placeholder, { id: 'v' })).toMatchObject({ phase: 'failed' });
	const passed = { status: 'done', video: { url: MP4, respect_moderation: true } };
	expect(decodeJob(passed, { id: 'v' })).toMatchObject({ phase: 'completed', url: MP4 });
});

test('a code is shown as the reason of a failure that has no message', () => {
	const job = decodeJob({ state: 'failed', err_code: 'CreditInsufficient' }, { id: 'v' });
	expect(failureOfJob(job!).failure.serverMessage).toBe('CreditInsufficient');
});

const WANTS_TEXT =
	'json: cannot unmarshal object into Go struct field .input_reference of type string';
const WANTS_NUMBER = 'cannot unmarshal string into Go struct field .seconds of type int';
const WANTS_FILE = '{"loc":["body","input_reference"],"msg":"Expected UploadFile"}';

type FormRow = [words: string, sent: Omit<SentForm, 'form'>, next: RequestForm | undefined];
const allOf = (words: string[], sent: FormRow[1], next: FormRow[2]) =>
	words.map((one): FormRow => [one, sent, next]);

test.each<FormRow>([
	[WANTS_NUMBER, { isMultipart: false }, { secondsAsNumber: true }],
	...allOf(
		[
			"Invalid type for 'seconds': expected an integer, but got a string instead.",
			'{"loc":["body","seconds"],"msg":"Input should be a valid integer"}',
			'Expected number, received string',
			'seconds: invalid type: string "8", expected u32 at line 1',
			'$.seconds: string found, integer expected',
			'"8" is not of type "integer"',
			'Cannot deserialize value of type `java.lang.Integer` from String "8"',
			'strconv.Atoi: parsing "8s"',
			'{"seconds":["A valid integer is required."]}',
			`Invalid value at 'seconds' (TYPE_INT32), "8"`,
			'seconds 必须是整数',
			'Cannot deserialize value of type `int` from String "8": not a valid `int` value',
			"Invalid type for 'seconds': expected one of 4, 8, or 12, but got a string instead.",
			"'<=' not supported between instances of 'str' and 'int'",
			'seconds.toFixed is not a function',
			'dto.VideoRequest.Seconds: readUint64: unexpected character: "',
			'Cannot coerce String value ("8") to java.lang.Integer',
			'invalid type: string "8", expected a positive integer',
			'seconds has wrong type',
			'Invalid data type for seconds',
			'seconds 参数类型错误',
			'seconds muss eine Ganzzahl sein',
			'seconds deve ser um número inteiro',
		],
		{ isMultipart: false },
		{ secondsAsNumber: true },
	),
	// The refused value is among the right ones.
	...allOf(
		[
			'[{"type":"literal_error","loc":["body","seconds"],"msg":"Input should be 4, 8 or 12"}]',
			'seconds: Invalid option: expected one of 4|8|12',
			'seconds must be one of the following values: 4, 8, 12',
			'"seconds" must be one of [4, 8, 12]',
			'duration must be 5 or 8',
		],
		{ isMultipart: false, seconds: 8 },
		{ secondsAsNumber: true },
	),
	...allOf(
		[
			"Invalid value: '8'. Supported values for seconds are: '4', '8', and '12'.",
			'seconds must be 5 or 10',
			'Invalid seconds: 8. Must be one of 4, 12.',
			'seconds must be one of 4, 12 (got 8)',
			'duration 8 is not supported for 1280x720',
		],
		{ isMultipart: false, seconds: 8 },
		undefined,
	),
	...allOf(
		[
			"Invalid type for 'input_reference': expected a string, but got an object instead.",
			'{"loc":["body","input_reference"],"msg":"Input should be a valid string"}',
			'Expected string, received object',
			'invalid type: map, expected a string at line 1',
			'input_reference must be a valid URL',
			'input_reference must be base64 encoded image or a URL',
			'input_reference must be a base64 data URI or https URL',
			"Invalid value at 'input_reference' (TYPE_STRING), Starting an object on a scalar field",
			"{'image_url': 'https://a.example'} is not of type 'string'",
			"Unknown parameter: 'input_reference.image_url'.",
			'input_reference.startsWith is not a function',
			"'dict' object has no attribute 'startswith'",
			'Invalid URL: [object Object]',
			'expected str, bytes or os.PathLike object, not dict',
			'the JSON object must be str, bytes or bytearray, not dict',
			"argument should be a bytes-like object or ASCII string, not 'dict'",
			"'dict' object has no attribute 'strip'",
			'input_reference.match is not a function',
			'input_reference 必须是字符串',
			'input_reference has wrong type',
			'input_reference is not a valid URL',
			"Unrecognized key(s) in object: 'image_url'",
			"Additional properties are not allowed ('image_url' was unexpected)",
		],
		{ isMultipart: false, image: 'url' },
		{ imageAsText: true },
	),
	...allOf(
		[
			'Invalid JSON',
			'request body is not valid json',
			'Content-Type must be application/json',
			'Malformed request body',
			'body could not be parsed',
			'Unsupported Media Type',
			'Expecting value: line 1 column 1 (char 0)',
			'Missing required parameter: model',
			'prompt is required',
			'Request body is empty',
			'请求体解析失败',
			'prompt 不能为空',
			'Invalid input: expected string, received undefined prompt',
			'Input should be a valid dictionary or object to extract fields from',
			'There was a problem in the JSON you submitted',
			"'-' is an invalid start of a value. Path: $ | LineNumber: 0",
			"Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
			'The browser (or proxy) sent a request that this server could not understand.',
			'Invalid request payload',
			'Bad JSON',
			'only application/json is supported',
			'Prompt must not be empty',
			'prompt field cannot be blank',
			'缺少参数 prompt',
			'JSON 解析失败',
			'请使用 application/json',
			'请求格式错误',
		],
		{ isMultipart: true, image: 'file' },
		{ body: 'json' },
	),
	...allOf(
		[
			'multipart/form-data required',
			"request Content-Type isn't multipart/form-data",
			'no multipart boundary param in Content-Type',
			'missing form body',
			'Multipart: Boundary not found',
		],
		{ isMultipart: false },
		{ body: 'multipart' },
	),
	// In a form, the image is a file.
	[
		'multipart/form-data required',
		{ isMultipart: false, image: 'url' },
		{ body: 'multipart', imageAsFile: 'ifPossible' },
	],
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
	['reference image is required for this model', { isMultipart: false }, undefined],
	['Image file is too large', { isMultipart: false, image: 'url' }, undefined],
	[
		'input_reference must be an uploaded image file (JPEG, PNG or WebP, max 20 MB)',
		{ isMultipart: true, image: 'url' },
		{ imageAsFile: true },
	],
	['Please provide the prompt', { isMultipart: false }, { body: 'multipart' }],
	['no such file or directory: /tmp/x', { isMultipart: false, image: 'url' }, undefined],
	['too many running tasks: the number of seconds', { isMultipart: false }, undefined],
	...allOf(
		[
			"Value error, Expected UploadFile, received: <class 'str'> input_reference",
			'input_reference: The submitted data was not a file. Check the encoding type on the form.',
			'http: no such file',
			'input_reference is only supported with multipart/form-data requests',
			'Please use multipart/form-data when providing input_reference',
		],
		{ isMultipart: false, image: 'url' },
		{ imageAsFile: true },
	),
	...allOf(
		[
			'There was an error parsing the body',
			'body must be object',
			"'utf-8' codec can't decode byte 0x89 in position 120",
			'failed to bind request body',
			'Malformed input request: #: required key [prompt] not found',
		],
		{ isMultipart: true, image: 'file' },
		{ body: 'json' },
	),
	...allOf(
		[
			'Image text contains prohibited content',
			'The reference image was flagged: must be a string of approved words',
			'input image contains text',
			'Failed to download image: 403',
			'image file type not supported',
			'Invalid type of image: image/heic',
			'The payload of the image could not be understood',
			'negative_prompt must not be empty',
		],
		{ isMultipart: true, image: 'file' },
		undefined,
	),
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

test('an encoded key is hidden at the start of a text of megabytes, where it may be shown', () => {
	const key = 'lmnfl_4f9c2a.Zk83-Qm+71/xyz';
	const encoded = [...Buffer.from(key)].map((byte) => `%${byte.toString(16)}`).join('');
	const text = `${encoded} ${'%41'.repeat(2_000_000)}`;
	const shown = quick(() => createRedactor([key])(text));
	expect(shown.slice(0, 100)).toMatch(/^\[hidden\] /);
	expect(shown.endsWith('%41')).toBe(true);
});
