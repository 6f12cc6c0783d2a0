import { classify, type Phase, type Refusal } from '../../../nodes/Lumenfall/errors/classify';

test.each<[Phase, Refusal, string]>([
	['create', { httpStatus: 401, code: 'AUTHENTICATION_FAILED' }, 'wrongKey'],
	['create', { httpStatus: 401, code: 'invalid_api_key' }, 'wrongKey'],
	['create', { httpStatus: 401 }, 'wrongKey'],
	[
		'create',
		{ httpStatus: 403, serverMessage: 'Your organization must be verified' },
		'accessDenied',
	],
	['create', { httpStatus: 402, code: 'INSUFFICIENT_BALANCE' }, 'noBalance'],
	['create', { httpStatus: 429, code: 'insufficient_quota' }, 'noBalance'],
	['create', { httpStatus: 400, code: 'billing_hard_limit_reached' }, 'noBalance'],
	['create', { httpStatus: 400, code: 'CONTENT_POLICY_VIOLATION' }, 'contentPolicy'],
	['create', { httpStatus: 400, code: 'sentinel_block' }, 'contentPolicy'],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'blocked by our moderation system when checking inputs' },
		'contentPolicy',
	],
	['create', { httpStatus: 400, code: 'INVALID_REQUEST' }, 'invalidParameter'],
	[
		'create',
		{
			httpStatus: 400,
			code: 'invalid_value',
			serverMessage: 'Inpaint image must match the requested width and height',
		},
		'pictureSize',
	],
	['create', { httpStatus: 400, code: 'invalid_request_error' }, 'invalidParameter'],
	['create', { httpStatus: 400, code: '__proto__' }, 'invalidParameter'],
	['create', { httpStatus: 503, code: 'constructor' }, 'serverUnavailable'],
	['create', { httpStatus: 422 }, 'invalidParameter'],
	['create', { httpStatus: 404, code: 'MODEL_NOT_FOUND' }, 'modelUnavailable'],
	['create', { httpStatus: 404, code: 'MODEL_DISABLED' }, 'modelUnavailable'],
	[
		'create',
		{
			httpStatus: 404,
			serverMessage: "The API deployment 'sora-2' for this resource does not exist",
		},
		'modelUnavailable',
	],
	['create', { httpStatus: 404 }, 'wrongAddress'],
	['create', { httpStatus: 301 }, 'wrongAddress'],
	['create', { httpStatus: 429 }, 'rateLimited'],
	['create', { httpStatus: 429, serverMessage: 'Too many running tasks' }, 'tooManyJobs'],
	['create', { httpStatus: 502, code: 'ALL_PROVIDERS_EXHAUSTED' }, 'providerFailed'],
	['create', { httpStatus: 503 }, 'serverUnavailable'],
	['create', { httpStatus: 200, code: 'INVALID_REQUEST' }, 'invalidParameter'],
	['status', { httpStatus: 502, code: 'UPSTREAM_ERROR' }, 'serverUnavailable'],
	['status', { httpStatus: 404, code: 'invalid_request_error' }, 'videoNotFound'],
	['status', { httpStatus: 429 }, 'rateLimited'],
	['status', { httpStatus: 200 }, 'unreadableAnswer'],
	[
		'file',
		{
			httpStatus: 404,
			serverMessage: 'Video is not ready yet, use GET /v1/videos/x to check status.',
		},
		'notReady',
	],
	['file', { httpStatus: 404 }, 'fileExpired'],
	['file', { httpStatus: 403 }, 'fileExpired'],
	['file', { httpStatus: 410 }, 'fileExpired'],
	['models', { httpStatus: 404 }, 'wrongAddress'],
	['link', { httpStatus: 401 }, 'fileExpired'],
	['link', { httpStatus: 404 }, 'fileExpired'],
	['link', { httpStatus: 503 }, 'serverUnavailable'],
	['file', { httpStatus: 400 }, 'fileUnusable'],
	[
		'cancel',
		{ httpStatus: 400, serverMessage: 'Video is still being processed' },
		'notCancellable',
	],
	['list', { httpStatus: 404 }, 'noList'],
	['job', { code: 'moderation_blocked' }, 'contentPolicy'],
	['job', { code: 'ALL_PROVIDERS_EXHAUSTED' }, 'providerFailed'],
	['job', { serverMessage: 'anything at all' }, 'providerFailed'],
])('while asking for %s, %j means %s', (phase, refusal, kind) => {
	expect(classify(refusal, phase).failure.kind).toBe(kind);
});

test("the server's words and the video's id are in what the user reads", () => {
	const { failure } = classify({ httpStatus: 404, serverMessage: 'No such video.' }, 'status', {
		videoId: 'video_1',
	});
	expect(failure.message).toBe('The server knows no video video_1: No such video.');
	expect(failure).toMatchObject({ videoId: 'video_1', httpStatus: 404 });
});
