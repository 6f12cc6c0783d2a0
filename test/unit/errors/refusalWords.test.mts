import { outcomeOf } from '../../../nodes/Lumenfall/create/createOutcome';
import type { FailureKind } from '../../../nodes/Lumenfall/errors/failure';
import { FIRST, openAi, refusedCreate } from '../../support/refusedCreate.mts';

/** Responses of servers that refuse a create, and their meaning. `proof`: certainly no video was created. */
type Row = [status: number, body: unknown, kind: FailureKind, proof: boolean];

const REFUSED: Row[] = [
	// OpenAI's contract, observed in 2026.
	[
		400,
		openAi("Invalid value: '10'. Supported values are: '4', '8', and '12'.", 'invalid_value'),
		'invalidParameter',
		true,
	],
	[400, openAi('Inpaint image must match the requested width and height'), 'imageSize', true],
	[400, openAi('Unable to process request', 'invalid_request'), 'invalidParameter', true],
	[
		400,
		openAi("Hmmm something didn't look right with your request.", 'sentinel_block'),
		'contentPolicy',
		true,
	],
	[
		400,
		openAi(
			'blocked by our moderation system when checking inputs. Possible reasons: people-in-user-uploads',
		),
		'contentPolicy',
		true,
	],
	[401, openAi('Incorrect API key provided', 'invalid_api_key'), 'invalidApiKey', true],
	[
		403,
		openAi('Your organization must be verified to use the model `sora-2`.'),
		'accessDenied',
		true,
	],
	[
		429,
		openAi('Rate limit reached for sora-2 on requests per min', 'rate_limit_exceeded'),
		'rateLimited',
		true,
	],
	[
		429,
		openAi(
			'You exceeded your current quota, please check your plan and billing details.',
			'insufficient_quota',
		),
		'insufficientBalance',
		true,
	],
	[
		400,
		openAi('Billing hard limit has been reached', 'billing_hard_limit_reached'),
		'insufficientBalance',
		true,
	],
	// Lumenfall.
	[
		402,
		openAi('$0.05 required, $0.02 available', 'INSUFFICIENT_BALANCE', 'billing_error'),
		'insufficientBalance',
		true,
	],
	[400, openAi('Refused', 'CONTENT_POLICY_VIOLATION'), 'contentPolicy', true],
	[
		404,
		openAi("Model 'x' not found. Did you mean y?", 'MODEL_NOT_FOUND'),
		'modelUnavailable',
		true,
	],
	[404, openAi('Model is disabled', 'MODEL_DISABLED'), 'modelUnavailable', true],
	[
		400,
		openAi(
			"Model 'x' does not support text-to-image. Supported modes: image-edit",
			'INVALID_REQUEST',
		),
		'invalidParameter',
		true,
	],
	[502, openAi('All failed', 'ALL_PROVIDERS_EXHAUSTED'), 'providerFailed', false],
	// Azure.
	[429, openAi('Too many running tasks', null, 'video_generation_user_error'), 'tooManyJobs', true],
	[
		404,
		openAi("The API deployment 'sora-2' for this resource does not exist.", 'DeploymentNotFound'),
		'modelUnavailable',
		true,
	],
	// FastAPI: SGLang, vLLM-Omni, FastVideo.
	[
		422,
		{
			detail: [
				{ loc: ['body', 'seconds'], msg: 'Input should be a valid integer', type: 'int_parsing' },
			],
		},
		'invalidParameter',
		true,
	],
	[400, { detail: 'input_reference file is required' }, 'invalidParameter', true],
	[404, { detail: 'Not Found' }, 'invalidBaseUrl', true],
	// LiteLLM.
	[
		400,
		{
			error: {
				message: '/videos: Invalid model name passed in model=sora-2. Call `/v1/models`',
				type: 'None',
				param: 'None',
				code: '400',
			},
		},
		'modelUnavailable',
		true,
	],
	// new-api and other relays.
	[
		400,
		{
			code: 'invalid_request',
			message: 'json: cannot unmarshal object into Go struct field',
			data: null,
		},
		'invalidParameter',
		true,
	],
	[
		503,
		openAi(
			'No available channel for model sora-2 under group default',
			'model_not_found',
			'new_api_error',
		),
		'serverUnavailable',
		false,
	],
	[
		403,
		openAi('预扣费额度失败, 用户剩余额度不足', 'insufficient_user_quota'),
		'insufficientBalance',
		true,
	],
	[401, openAi('无效的令牌', '', 'new_api_error'), 'invalidApiKey', true],
	[200, { code: 402, msg: 'Credits insufficient' }, 'insufficientBalance', true],
	[200, { code: 401, msg: 'Invalid token', data: null }, 'invalidApiKey', true],
	[200, { error: { message: 'Your prompt violates our usage policies' } }, 'contentPolicy', true],
	[400, { errors: [{ message: 'Content was flagged as sensitive' }] }, 'contentPolicy', true],
	[403, openAi('预扣费额度失败, 用户剩余额度: 0'), 'insufficientBalance', true],
	[400, openAi("You don't have enough credits"), 'insufficientBalance', true],
	[403, { detail: 'User is locked. Reason: Exhausted balance.' }, 'insufficientBalance', true],
	[400, openAi('reached the limit for concurrent generations'), 'tooManyJobs', true],
	...[
		...['pre-consume quota failed, user quota: $0.1', 'No credits remaining', '积分不足'],
		...['Billing is not enabled for this project', 'You have exceeded your monthly quota'],
		...['Your team has reached its monthly spending limit.', 'Please add funds.', '餘額不足'],
		...[
			'Your prepayment credits are depleted',
			'Insufficient USD or Diem balance',
			'Payment required',
		],
		...[
			'You do not have sufficient credits',
			'Your account has no credits',
			'余额不够',
			'积分不够',
		],
		...['You need at least 30 credits', 'Balance 0.00 less than required 0.40', '次数已用完'],
		...['点数不足', '算力不足', 'User points not enough', 'low balance'],
		...['クレジットが不足しています', '크레딧이 부족합니다', 'недостаточно кредитов'],
		...['Guthaben nicht ausreichend', 'Crédits insuffisants', 'crediti insufficienti'],
	].map((words): Row => [403, openAi(words), 'insufficientBalance', true]),
	// A limit that the next hour does not lift.
	...[
		'Your account [2100] has reached the set inference limit for the [x] model, and the model service has been paused.',
		'Your account 21 has exhausted its free trial quota for the model',
		"Quota exceeded for quota metric 'Generate' and limit 'requests per day'",
		...['You have exceeded your daily task limit', 'Monthly quota exceeded', 'Daily limit reached'],
		'you have used up your daily free allocation of 10,000 neurons',
		'Free trial ended',
	].map((words): Row => [429, openAi(words), 'insufficientBalance', true]),
	[429, openAi("Quota exceeded for limit 'requests per minute'"), 'rateLimited', true],
	[
		429,
		openAi(
			'Rate limit reached for sora-2 on requests per day (RPD): Limit 200. Try again in 7m12s.',
		),
		'rateLimited',
		true,
	],
	...[
		'Rate limit: you are out of quota for this minute, retry in 30s',
		'Out of quota: requests per minute',
		'Low balance accounts are limited to 1 request per minute',
	].map((words): Row => [429, openAi(words), 'rateLimited', true]),
	[400, openAi('The trajectory points are not enough'), 'invalidParameter', true],
	[429, openAi('You already have 2 generations in progress'), 'tooManyJobs', true],
	[400, openAi('queue is full'), 'tooManyJobs', true],
	[403, openAi('请求频率过高'), 'rateLimited', true],
	[400, openAi('Model sora-2 is temporarily unavailable'), 'modelUnavailable', true],
	[400, openAi('模型 sora-2 不存在'), 'modelUnavailable', true],
	[400, openAi('模型的图片不存在'), 'invalidParameter', true],
	...[
		...['User has 3 running tasks, limit 3', 'You already have a video in progress'],
		...['当前任务数已达上限', '并发数超过限制'],
		...['Concurrency or QPS exceeds the prepaid resource package limit', '任务队列已满'],
	].map((words): Row => [400, openAi(words), 'tooManyJobs', true]),
	...[
		...['Model sora-2 is under maintenance', 'sora-2 is not a supported model', '未找到模型'],
		...['Unknown model identifier: sora-2', "Model 'x' is not a video generation model"],
		...['sora-2 is not in the list of available models', 'モデルが見つかりません'],
		...['No healthy deployments available for model x', "Invalid value for 'model': x"],
	].map((words): Row => [400, openAi(words), 'modelUnavailable', true]),
	[400, openAi('The image must be less than 20 MB'), 'requestTooLarge', true],
	...[
		'Image size (1024x1024) does not match requested video size (1280x720)',
		'input_reference must be the same resolution as the video',
	].map((words): Row => [400, openAi(words), 'imageSize', true]),
	[403, openAi('当前分组上游负载已饱和，请稍后再试'), 'rateLimited', true],
	// The parsers of Rust and Go, as plain text.
	...[
		'Failed to deserialize the JSON body into the target type: seconds: invalid type: string',
		'json: cannot unmarshal string into Go struct field .seconds of type int\n',
		'Failed to parse the request body as JSON: expected value at line 1',
	].map((words): Row => [422, words, 'invalidParameter', true]),
	[403, openAi('Request was throttled. Expected available in 10 seconds.'), 'rateLimited', true],
	[400, openAi('Missing Authorization header'), 'invalidApiKey', true],
	...[
		...['No API key provided', 'Your API key has been revoked', "The API key doesn't exist"],
		...['Access token expired', 'Could not validate credentials', '鉴权失败'],
	].flatMap((words): Row[] =>
		[400, 403].map((status) => [status, openAi(words), 'invalidApiKey', true]),
	),
	[403, openAi('Your API key does not have access to this model'), 'accessDenied', true],
	// With 401, although the key is valid: OpenAI and LiteLLM.
	...[
		...["key not allowed to access model. This key can only access models=['x']"],
		...['You have insufficient permissions for this operation. Missing scopes: api.videos'],
		...['该令牌无权访问模型 sora-2'],
	].map((words): Row => [401, openAi(words, '401'), 'accessDenied', true]),
	...[
		...['Unauthorized', 'You do not have access permissions', 'Access denied', 'Jwt is missing'],
		...['Invalid API key: not allowed to access this project'],
	].map((words): Row => [401, openAi(words), 'invalidApiKey', true]),
	[400, openAi('LLM Provider NOT provided. You passed model=x'), 'modelUnavailable', true],
	[402, 'Payment required\n\nDEPLOYMENT_DISABLED', 'insufficientBalance', true],
	[402, '', 'insufficientBalance', true],
	// Kling.
	[
		429,
		openAi('Resource pack depleted or expired (prepaid scenario)'),
		'insufficientBalance',
		true,
	],
	[429, openAi("Trigger the platform's IP whitelisting policy"), 'rateLimited', true],
	[400, openAi('Trigger strategy of the platform'), 'contentPolicy', true],
	...['QPS limit exceeded', 'Throttling.RateQuota', '请求过于频繁'].map(
		(words): Row => [400, openAi(words), 'rateLimited', true],
	),
	[503, openAi('PUBLIC_ERROR_HIGH_TRAFFIC'), 'serverUnavailable', false],
	[429, openAi('You have exceeded the quota of concurrent tasks.'), 'tooManyJobs', true],
	[400, openAi('Budget has been exceeded! Max budget: 10.0', '400'), 'insufficientBalance', true],
	[429, openAi('ExceededBudget: User over budget.'), 'insufficientBalance', true],
	[401, openAi('该令牌额度已用尽'), 'insufficientBalance', true],
	[403, openAi('The free tier of the model has been exhausted.'), 'insufficientBalance', true],
	[429, openAi("Quota exceeded for quota metric 'requests per minute'"), 'rateLimited', true],
	[404, openAi('Your account has not activated the model seedance.'), 'modelUnavailable', true],
	[
		400,
		{ statusCode: 400, error: 'Bad Request', message: 'The prompt violates our policy' },
		'contentPolicy',
		true,
	],
	[400, openAi('当前分组 default 下对于模型 sora-2 无可用渠道'), 'modelUnavailable', true],
	[503, openAi('当前分组 default 下对于模型 sora-2 无可用渠道'), 'serverUnavailable', false],
	[404, openAi('模型不存在'), 'modelUnavailable', true],
	[
		400,
		{
			error:
				'{"error":{"message":"Input image may contain inappropriate content","code":"InputImageSensitiveContentDetected"}}',
		},
		'contentPolicy',
		true,
	],
	// Codes instead of words.
	...[
		...['SAFETY', 'SAFETY.INPUT.TEXT', 'IMAGE_SAFETY', 'DataInspectionFailed', 'NSFW_CONTENT'],
		...['InputTextSensitiveContentDetected', 'PROHIBITED_CONTENT', 'CreationPolicyViolation'],
		...['AuditSubmitIllegal', 'content_moderation', 'prompt_blocked', 'ContentFilter'],
	].flatMap((code): Row[] => [
		[400, openAi('Request failed', code), 'contentPolicy', true],
		[400, { message: code }, 'contentPolicy', true],
	]),
	[400, openAi('x', 'InsufficientBalance'), 'insufficientBalance', true],
	[403, openAi('x', 'Arrearage'), 'insufficientBalance', true],
	[403, openAi('x', 'InvalidApiKey'), 'invalidApiKey', true],
	[400, openAi('x', 'ModelNotFound'), 'modelUnavailable', true],
	[404, { error: 'model_not_found' }, 'modelUnavailable', true],
	[400, openAi('x', 'concurrent_limit_exceeded'), 'tooManyJobs', true],
	// Chinese providers, with status 200.
	[
		200,
		{ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
		'insufficientBalance',
		true,
	],
	[
		200,
		{ base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } },
		'contentPolicy',
		true,
	],
	[200, { base_resp: { status_code: 1002, status_msg: 'rate limit' } }, 'rateLimited', true],
	[200, { code: 1303, msg: 'parallel task over resource pack limit' }, 'tooManyJobs', true],
	[200, { code: 1201, msg: 'model is not supported' }, 'modelUnavailable', true],
	[200, { code: 1201, msg: 'duration must be 5 or 10' }, 'invalidParameter', true],
	[200, { code: 429, msg: 'System busy' }, 'rateLimited', true],
	[200, { code: 1101, msg: 'Illegal token' }, 'invalidApiKey', true],
	[400, { code: 50413, data: null, message: 'Post Text Risk Not Pass' }, 'contentPolicy', true],
	// A refusal inside the text of a relay.
	[
		400,
		openAi(
			"litellm.BadRequestError: OpenAIException - Error code: 400 - {'error': {'message': 'Blocked', 'code': 'moderation_blocked'}}",
		),
		'contentPolicy',
		true,
	],
	[
		400,
		{
			error: {
				message: 'Provider returned error',
				code: 400,
				metadata: { raw: '{"error":{"message":"Text was flagged"}}', provider_name: 'x' },
			},
		},
		'contentPolicy',
		true,
	],
	// OpenRouter, Poe, Google, Together.
	[
		400,
		{ error: { message: 'sora-3 is not a valid model ID', code: 400 }, user_id: 'user_1' },
		'modelUnavailable',
		true,
	],
	[
		404,
		{ error: { message: 'No endpoints found for openai/sora-2.', code: 404 } },
		'modelUnavailable',
		true,
	],
	[402, { error: { message: 'Insufficient credits', code: 402 } }, 'insufficientBalance', true],
	[
		402,
		{ error: { code: 'insufficient_credits', message: 'Top up' } },
		'insufficientBalance',
		true,
	],
	[
		400,
		{
			error: {
				code: 400,
				message: 'API key not valid. Please pass a valid API key.',
				status: 'INVALID_ARGUMENT',
			},
		},
		'invalidApiKey',
		true,
	],
	[
		400,
		[
			{
				error: {
					code: 400,
					message: 'The prompt could not be submitted: it might violate our usage guidelines.',
					status: 'INVALID_ARGUMENT',
				},
			},
		],
		'contentPolicy',
		true,
	],
	// Web servers in front.
	[
		413,
		'<html><head><title>413 Request Entity Too Large</title></head></html>',
		'requestTooLarge',
		true,
	],
	[404, '<html><head><title>404 Not Found</title></head></html>', 'invalidBaseUrl', true],
	[404, '404 page not found', 'invalidBaseUrl', true],
	[405, { detail: 'Method Not Allowed' }, 'invalidBaseUrl', true],
	[308, '', 'invalidBaseUrl', true],
];

test.each(REFUSED)(
	'a create with the response %i %j fails as %s, and proves that nothing was made: %s',
	(status, body, kind, proof) => {
		const failure = refusedCreate(status, body);
		expect(failure.kind).toBe(kind);
		expect(outcomeOf(failure, FIRST) !== 'unknown').toBe(proof);
	},
);
