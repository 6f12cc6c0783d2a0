import { outcomeOf } from '../../../nodes/Lumenfall/create/createOutcome';
import { readCreateResponse } from '../../../nodes/Lumenfall/transport/createResponse';
import { BASE, FIRST, openAi, refusedCreate } from '../../support/refusedCreate.mts';
import { responseOf } from '../../support/response.mts';

/** After these responses a video may exist, whatever their text. */
const UNKNOWN: Array<[number, unknown]> = [
	[200, '<html><head><title>Welcome</title></head></html>'],
	[400, { error: 'Bad Gateway', message: 'upstream closed' }],
	[400, { error: 'Internal Server Error', message: 'dispatch failed' }],
	[422, { error: 'Gateway Timeout', message: 'the model server did not respond' }],
	[200, { error: 'Service Unavailable', message: 'upstream closed' }],
	[200, { error: { error: 'Internal error', message: 'dispatch failed' } }],
	[200, {}],
	[202, ''],
	[200, { message: 'waits for moderation' }],
	[302, ''],
	[303, ''],
	[400, '<html><head><title>Blocked by moderation</title></head></html>'],
	[403, '<html><head><title>Attention Required! | Cloudflare</title></head></html>'],
	[408, openAi('Model not found', 'model_not_found')],
	[409, openAi('A request with this key is in progress')],
	[409, openAi('blocked by our moderation system')],
	[418, openAi('Model not found')],
	[425, openAi('Too early')],
	[499, openAi('Model not found', 'MODEL_NOT_FOUND')],
	[400, { id: 'video_1', error: { message: 'blocked by our moderation system' } }],
	[400, 'json: cannot unmarshal string into Go struct field VideoResponse.id of type int'],
	[500, openAi('blocked by our moderation system', 'moderation_blocked')],
	[500, openAi('The model `sora-2` does not exist', 'model_not_found')],
	[502, openAi('No providers available', 'ALL_PROVIDERS_EXHAUSTED')],
	[503, openAi('Too many running tasks')],
	[504, '<html><head><title>504 Gateway Time-out</title></head></html>'],
	[520, ''],
	// A fault that a relay reports with the status of a success or of a refusal.
	...[
		...['unknown error, 500', 'System busy, please retry later', 'internal service error'],
		...['Post "https://up.example/videos": EOF', 'dial tcp 10.0.0.1:443: i/o timeout'],
		...['upstream connect error or disconnect/reset before headers', 'do_request_failed'],
		...['bad response status code 502', 'An unexpected error occurred', 'The request timed out'],
		...['Something went wrong, please try again', 'socket hang up', 'Database error'],
		...[
			'failed to unmarshal response body',
			'Failed to parse upstream response',
			'系统繁忙，请稍后再试',
			'服务器内部错误',
			'未知错误',
		],
		...['サーバーエラー', '서버 오류가 발생했습니다'],
		// The response of the server behind it was lost: axios, Node.js, Python, Go.
		...['timeout of 60000ms exceeded', 'The operation was aborted due to timeout'],
		...['This operation was aborted', 'Request was aborted.', 'Connection error.', 'terminated'],
		...['Server disconnected without sending a response.', 'Premature close', 'other side closed'],
		'peer closed connection without sending complete message body (incomplete chunked read)',
		'net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
		'http2: server sent GOAWAY and closed the connection',
		...[
			'context canceled',
			'write tcp 10.0.0.1:443: write: broken pipe',
			'UND_ERR_HEADERS_TIMEOUT',
		],
		...['upstream request failed', 'no response from upstream', 'HTTP 502 from provider'],
		...['upstream returned an empty response', 'received 504 from provider', 'Error code: 500'],
		...['openai_error: bad_response_status_code 503', 'status_code=503'],
		'json: cannot unmarshal number into Go struct field VideoResponse.id of type string',
		...['上游超时', '上游返回错误', '响应解析失败'],
		...['upstream returned 502', 'Error from provider: timeout', 'upstream: timeout'],
		...['Invalid response from provider', 'Unexpected response from upstream', 'no response'],
		...['Failed to parse provider response', 'Response ended prematurely', 'ESOCKETTIMEDOUT'],
		...['unexpected end of stream', 'EOF occurred in violation of protocol', 'stream closed'],
		...['java.net.SocketException: Socket closed', 'Unexpected end of file from server'],
		...['unexpected end of stream on https://up.example/...', 'stream was reset: CANCEL'],
		...['provider: empty response from the backend', 'failed to update task status'],
		...['lost connection to backend', 'invalid response'],
		...['Lost connection to MySQL server', 'failed to write task', 'deadlock detected'],
		...['duplicate key value violates unique constraint', 'could not connect to redis'],
		...['服务暂时不可用', '网关超时', '请求失败：网关错误'],
		...['Error interno del servidor', 'Erreur interne du serveur'],
		...['Interner Serverfehler', 'Erro interno do servidor', 'Внутренняя ошибка сервера'],
		// A program that did not expect what the server behind it returned.
		...["Cannot read properties of undefined (reading 'id')", "KeyError: 'task_id'"],
		...["'NoneType' object is not subscriptable", 'list index out of range'],
		...['panic: runtime error: invalid memory address or nil pointer', 'NullPointerException'],
		...['failed to save task', 'database is locked', 'Error 1040: Too many connections'],
		...['redis: connection pool timeout', 'the job was created, but could not be stored'],
		...['Lost connection to MySQL server during query', 'MySQL server has gone away'],
		...["Error 1062: Duplicate entry 'task_1' for key", 'deadlock detected'],
		'pq: duplicate key value violates unique constraint "tasks_pkey"',
		// It is a page, and no request begins like one.
		`Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
		'Unexpected token < in JSON at position 0',
		"invalid character '<' looking for beginning of value",
	].flatMap(
		(message): Array<[number, unknown]> => [
			[200, { code: -1, message }],
			[400, openAi(message)],
			[422, { detail: message }],
		],
	),
	[200, { code: 455, msg: 'Service Unavailable: undergoing maintenance', data: null }],
	[400, "invalid character '<' looking for beginning of value"],
];

/** Words of faults in sentences about what was requested. */
const OF_PARAMETERS = [
	...[
		'timeout must be less than 60',
		'timeout exceeded the maximum of 60',
		'connection_id is invalid',
	],
	...[
		'provider must be one of a, b',
		'provider cannot be empty',
		'image is empty',
		'seconds: received 512',
	],
	...['response_format is not supported', 'upstream_model is required', 'size: got 500x500'],
	...['the operation is not supported', 'request exceeds 500 characters', 'stream must be false'],
	...[
		'seconds violates the constraint minimum 4',
		'duplicate entry in images',
		'the video was lost',
	],
	...['the task was created, but rejected by the content policy', 'the connection is too slow'],
	...['callback URL cannot be reached', 'upstream request failed: 400 Bad Request: seconds'],
	...['Invalid response format', 'invalid response status 400 from provider: bad size'],
	...['could not connect to the image host', "KeyError: 'seconds'", 'camera index out of range'],
	...['duplicate keys in the request', 'Input stream must be a file', 'Cannot read the image'],
	// An image, or a URL of the request, that the server could not open.
	...[
		'Failed to download image from https://x.example/a.png: timeout',
		'Failed to download image: timing out after 10s',
		'Failed to fetch image_url: invalid response',
		'Invalid response from image URL',
		'Unable to read image response',
		'Failed to read HTTP response while downloading reference image',
		'Invalid image: unexpected end of file',
		'Format error decoding Png: unexpected end of file',
		'Invalid base64: unexpected end of stream',
		'Invalid image: socket closed while reading',
		'The image stream was closed before it was complete',
		'image upload ended prematurely',
		'lost connection to image host',
		'webhook verification failed: timeout',
		'webhook_url returned an invalid response',
		'图片网关错误',
	],
	'Client network socket disconnected before secure TLS connection was established',
	...['Invalid response modality: video', '此服务不可用于您的地区'],
	'failed to update video: seconds is immutable',
];

test.each(UNKNOWN)('a create with the response %i %j proves nothing', (status, body) => {
	expect(outcomeOf(refusedCreate(status, body), FIRST)).toBe('unknown');
});

test.each(OF_PARAMETERS)('%j is about what was requested, so nothing was made', (message) => {
	for (const [status, body] of [
		[200, { code: -1, message }],
		[400, openAi(message)],
		[422, { detail: message }],
	] as const)
		expect(outcomeOf(refusedCreate(status, body), FIRST)).toBe('refused');
});

test.each([
	'Expecting value: line 1 column 1 (char 0)',
	'Unexpected end of JSON input',
	'Unexpected token o in JSON at position 1',
])('%j is about the request only if that was a form', (message) => {
	for (const body of [openAi(message), { detail: message }, { error: message }]) {
		const response = responseOf(400, body);
		expect(readCreateResponse(response, BASE, {}).outcome).toBe('unclear');
		expect(readCreateResponse(response, BASE, new FormData()).outcome).toBe('refused');
	}
});

test.each([
	'<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
	'Client sent an HTTP request to an HTTPS server.',
	'<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>',
])('a web server that did not pass on the request has made nothing: %j', (page) => {
	expect(outcomeOf(refusedCreate(400, page), FIRST)).toBe('refused');
});
