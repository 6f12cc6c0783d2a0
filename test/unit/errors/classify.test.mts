import { classify, type Refusal, type RequestKind } from '../../../nodes/Lumenfall/errors/classify';
import { openAi, refusedCreate } from '../../support/refusedCreate.mts';

type Kind = RequestKind | 'job';

test.each<[Kind, Refusal, string]>([
	['create', { httpStatus: 401, code: 'AUTHENTICATION_FAILED' }, 'invalidApiKey'],
	['create', { httpStatus: 401, code: 'invalid_api_key' }, 'invalidApiKey'],
	['create', { httpStatus: 401 }, 'invalidApiKey'],
	['create', { httpStatus: 401, code: 'invalid_request' }, 'invalidApiKey'],
	['create', { httpStatus: 402, code: 'invalid_request' }, 'insufficientBalance'],
	['create', { httpStatus: 403, code: 'INVALID_ARGUMENT' }, 'accessDenied'],
	['create', { httpStatus: 413, code: 'invalid_request' }, 'requestTooLarge'],
	['create', { httpStatus: 429, code: 'invalid_request' }, 'rateLimited'],
	[
		'create',
		{ httpStatus: 400, code: 'INVALID_ARGUMENT', serverMessage: 'API key not valid.' },
		'invalidApiKey',
	],
	[
		'create',
		{ httpStatus: 403, serverMessage: 'Your organization must be verified' },
		'accessDenied',
	],
	['create', { httpStatus: 402, code: 'INSUFFICIENT_BALANCE' }, 'insufficientBalance'],
	['status', { httpStatus: 402 }, 'insufficientBalance'],
	['models', { httpStatus: 402 }, 'insufficientBalance'],
	['create', { httpStatus: 429, code: 'insufficient_quota' }, 'insufficientBalance'],
	['create', { httpStatus: 400, code: 'billing_hard_limit_reached' }, 'insufficientBalance'],
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
		'imageSize',
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
	['create', { httpStatus: 404 }, 'invalidBaseUrl'],
	['create', { httpStatus: 301 }, 'invalidBaseUrl'],
	['create', { httpStatus: 429 }, 'rateLimited'],
	['create', { httpStatus: 429, serverMessage: 'Too many running tasks' }, 'tooManyJobs'],
	['create', { httpStatus: 502, code: 'ALL_PROVIDERS_EXHAUSTED' }, 'providerFailed'],
	['create', { httpStatus: 503 }, 'serverUnavailable'],
	['create', { httpStatus: 200, code: 'INVALID_REQUEST', nothingMade: true }, 'invalidParameter'],
	['status', { httpStatus: 502, code: 'UPSTREAM_ERROR' }, 'serverUnavailable'],
	['status', { httpStatus: 404, code: 'invalid_request_error' }, 'videoNotFound'],
	['status', { httpStatus: 429 }, 'rateLimited'],
	['status', { httpStatus: 200 }, 'unreadableAnswer'],
	...[408, 409, 418, 423, 425, 499, 500, 504].map((httpStatus): [Kind, Refusal, string] => [
		'status',
		{ httpStatus },
		'serverUnavailable',
	]),
	['models', { httpStatus: 404 }, 'invalidBaseUrl'],
	[
		'cancel',
		{ httpStatus: 400, serverMessage: 'Video is still being processed' },
		'notCancellable',
	],
	['list', { httpStatus: 404 }, 'noList'],
	['job', { code: 'moderation_blocked' }, 'contentPolicy'],
	['job', { code: 'ALL_PROVIDERS_EXHAUSTED' }, 'providerFailed'],
	['job', { serverMessage: 'anything at all' }, 'providerFailed'],
])('in the phase %s, %j is the failure %s', (phase, refusal, kind) => {
	expect(classify(refusal, phase).failure.kind).toBe(kind);
});

test("the user reads the server's message and the video's id", () => {
	const { failure } = classify({ httpStatus: 404, serverMessage: 'No such video.' }, 'status', {
		videoId: 'video_1',
	});
	expect(failure.message).toBe('Video video_1 was not found on the server: No such video.');
	expect(failure).toMatchObject({ videoId: 'video_1', httpStatus: 404 });
});

/** Texts of LiteLLM, OpenAI, Google, NVIDIA, OpenRouter and new-api, and likely texts of others. */
const MODEL_GONE: Array<[number, string]> = [
	[
		400,
		'/videos: Invalid model name passed in model=sora-2. Call `/v1/models` to view available models for your key.',
	],
	[400, 'Unknown model: sora-2'],
	[400, 'Unsupported model'],
	[422, 'model: sora-2 is not supported'],
	[400, 'Model sora-2 is disabled'],
	[400, 'sora-3 is not a valid model ID'],
	[400, 'sora-2 has been shut down'],
	[400, 'Sora 2 was shut down on 2026-09-24.'],
	[400, 'The model has been shut down'],
	[404, 'Model openai/sora-2 is not available'],
	[404, 'The model `sora-2` is currently unavailable.'],
	[404, 'Model not found'],
	[404, 'The model `sora-2` does not exist or you do not have access to it.'],
	[404, 'The model `sora-2` has been deprecated, learn more here: https://example.com'],
	[404, 'models/veo-2 is not found for API version v1beta, or is not supported for this method.'],
	[
		404,
		'Publisher Model `projects/p/models/veo-3.1-lite` was not found or your project does not have access to it.',
	],
	[404, 'No endpoints found for openai/sora-2.'],
	[404, 'No allowed providers are available for the selected model.'],
	[410, 'The model sora-2 has been retired'],
	[410, "The model 'x' has reached its end of life on 2026-08-07 and is no longer available."],
	[410, 'This model is gone.'],
	[404, 'no providers available for sora-2'],
	[400, 'No available channel for model sora-2 under group default'],
];

test.each(MODEL_GONE)(
	'a create refused with %i "%s" means that the model is unavailable',
	(httpStatus, said) => {
		for (const code of [undefined, 'invalid_request'])
			expect([code, kindOf('create', { httpStatus, code, serverMessage: said })]).toEqual([
				code,
				'modelUnavailable',
			]);
	},
);

test.each(MODEL_GONE)('%i "%s" does not count if the create may have succeeded', (_, said) => {
	for (const httpStatus of [200, 202, 408, 429, 500, 502, 503, 504])
		expect(kindOf('create', { httpStatus, serverMessage: said })).not.toBe('modelUnavailable');
	expect(kindOf('create', { httpStatus: 502, code: 'UPSTREAM_ERROR', serverMessage: said })).toBe(
		'providerFailed',
	);
	expect(kindOf('job', { serverMessage: said })).toBe('providerFailed');
});

test.each([
	'Model input not found: https://example.com/a.png',
	'model image not found',
	'Unsupported model resolution',
	'Unknown model duration',
	'For this model audio is not supported',
	'On this model seed is no longer supported',
	'The model output was removed because of the rules',
	'No provider found for this prompt: blocked',
])('"%s" is about the request, not about the model', (serverMessage) => {
	for (const code of [undefined, 'INVALID_REQUEST'])
		expect(kindOf('create', { httpStatus: 400, code, serverMessage })).toBe('invalidParameter');
});

test.each<[Kind, Refusal, string]>([
	['create', { httpStatus: 400, serverMessage: 'The model is overloaded' }, 'invalidParameter'],
	['create', { httpStatus: 503, serverMessage: 'The model is overloaded' }, 'serverUnavailable'],
	[
		'create',
		{
			httpStatus: 400,
			serverMessage: 'invalid value for parameter x: model does not support 1080p',
		},
		'invalidParameter',
	],
	[
		'create',
		{
			httpStatus: 400,
			serverMessage: "Model 'x' does not support text-to-image. Supported modes: image-edit",
		},
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'Model x no longer supports 1080p' },
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'Invalid model parameter: cfg' },
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'Model x is not supported with 1080p' },
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'Model kling-v3: image not found' },
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: "The parameter 'style' is deprecated" },
		'invalidParameter',
	],
	[
		'create',
		{ httpStatus: 503, serverMessage: 'Model x is currently unavailable' },
		'serverUnavailable',
	],
	['create', { httpStatus: 429, serverMessage: 'Model x is not available now' }, 'rateLimited'],
	['create', { httpStatus: 503, serverMessage: 'The server was shut down' }, 'serverUnavailable'],
	[
		'create',
		{ httpStatus: 401, code: 'invalid_api_key', serverMessage: 'Unknown model: x' },
		'invalidApiKey',
	],
	[
		'create',
		{ httpStatus: 400, serverMessage: 'No providers available: blocked by moderation' },
		'contentPolicy',
	],
	[
		'create',
		{
			httpStatus: 502,
			code: 'ALL_PROVIDERS_EXHAUSTED',
			serverMessage: 'openai: model not found; fal: refused for safety',
		},
		'providerFailed',
	],
	['job', { serverMessage: 'The model is overloaded' }, 'providerFailed'],
	['job', { serverMessage: 'worker-3 was shut down' }, 'providerFailed'],
	['status', { httpStatus: 404, serverMessage: 'Model not found' }, 'videoNotFound'],
])(
	'in the phase %s, %j only looks like an unavailable model and is the failure %s',
	(phase, refusal, kind) => {
		expect(kindOf(phase, refusal)).toBe(kind);
	},
);

// A 410 without a model name is about the route. OpenAI's own route was closed in 2026.
test.each([
	undefined,
	'Gone',
	'The Videos API has been shut down',
	'This endpoint has been retired',
])('410 for a create with the text "%s" is about the URL, not about the model', (serverMessage) => {
	expect(kindOf('create', { httpStatus: 410, serverMessage })).toBe('invalidBaseUrl');
});

function kindOf(phase: Kind, refusal: Refusal) {
	return classify(refusal, phase).failure.kind;
}

test('the error of a failed video says what the server charged for it, if it reports that', () => {
	const adviceOf = (cost?: number) =>
		classify({}, 'job', { videoId: 'video_1', cost }).failure.advice;
	expect(adviceOf(0.8)).toContain('The server charged 0.80 USD for the failed video.');
	expect(adviceOf()).toContain('Servers normally do not charge for a failed video.');
});

test.each([
	'Invalid value for safety_checker: expected boolean',
	'Invalid value for safety_filter_level: expected a word',
	'real-time rendering is not supported',
	'Parameter content_type is unknown',
	'Moderate motion is not available for this duration',
	'The image is too small',
	'credits must be a number',
	'insufficient control points in the path',
	'Parameter policy_id is unknown',
	'Unsupported content type',
	'The video was blocked: seconds must be 4, 8 or 12',
	'Unknown parameter: webhook_url',
	'Unexpected field: size; unexpected value for service_tier',
	'timeout_seconds must be less than 600',
	'token limit: the prompt has 3000 tokens, at most 2000 are allowed',
	'images per request limit exceeded',
	'Model kling-v1 does not support duration 10',
	'storage quota header missing',
	'参数错误',
	'图片宽高比不符合要求',
])('"%s" is about a parameter, not about moderation, money or a fault', (message) => {
	expect(refusedCreate(400, openAi(message))).toMatchObject({
		kind: 'invalidParameter',
		nothingMade: true,
	});
});
