import { meansModelUnavailable } from './modelUnavailable';

/**
 * Phrases of servers whose code or status is generic. Only phrases about the request itself. For errors about a part of
 * an image or a model, the status decides.
 */

type MeaningOfWords =
	| 'contentPolicy'
	| 'insufficientBalance'
	| 'tooManyJobs'
	| 'imageSize'
	| 'requestTooLarge'
	| 'modelUnavailable';

const any = (...patterns: string[]) => new RegExp(patterns.join('|'), 'i');

/** Phrases of OpenAI, Azure, Google, Alibaba, ByteDance and Kuaishou, also through gateways. */
const CONTENT_POLICY = any(
	'\\bmoderat(?:ion|ed)\\b',
	'content[ _-]polic(?:y|ies)',
	'\\bsafety (?:system|filter|guideline|polic|violation|reason|setting|check failed)',
	'people-in-user-uploads',
	'\\bviolat\\w+\\b.{0,80}\\b(?:polic|guideline|terms|guardrail|copyright)',
	'\\b(?:policy|guideline|copyright|trademark)s? violation',
	'\\b(?:usage|acceptable use|responsible ai) polic|\\bresponsible ai\\b',
	'\\b(?:community|usage|content) guidelines',
	'\\bguardrails?\\b',
	'\\bcontent (?:was |is |has been )?(?:filter|flagg|block)',
	'\\b(?:prompt|image|input|output|request|video) (?:was |is |has been )?(?:flagged|blocked by)',
	'\\b(?:sensitive|inappropriate|prohibited|harmful|unsafe|offensive) (?:content|words?|information|material)',
	'\\bnsfw\\b',
	'\\brisk control\\b',
	'敏感|违规|审核|不适当|不合规',
);

const INSUFFICIENT_BALANCE = any(
	'\\binsufficient[ _](?:\\w+[ _])?(?:balance|credits?|funds?|quota)',
	'\\b(?:balance|credits?|funds|quota) (?:is |are )?(?:insufficient|too low|not enough|exhausted|used up)',
	'\\bnot enough (?:\\w+ )?(?:balance|credits?|funds|quota)',
	'\\bout of credits?\\b|\\bcheck your plan and billing\\b|\\bbilling hard limit\\b',
	'余额不足|额度不足|欠费',
);

const RUNNING = '(?:running|concurrent|active|parallel|pending|unfinished)';
const TOO_MANY_JOBS = any(
	`\\btoo many ${RUNNING} (?:\\w+ )?(?:task|job|video|generation|request)`,
	`\\b(?:maximum|limit) (?:number )?of ${RUNNING} `,
	`\\b${RUNNING} (?:task|job|video|generation|request)s? limit`,
	'\\bconcurrency (?:limit|quota)',
);

/** The code is generic and differs from server to server (docs/protocols/openai-videos.md). */
const IMAGE_SIZE = any(
	'\\binpaint image must match',
	'\\b(?:image|input_reference)\\b[^.]{0,40}\\bmust (?:exactly )?match\\b[^.]{0,40}\\b(?:width|size|dimension|resolution)',
);

const TOO_LARGE = any(
	'\\b(?:payload|request|entity|body|file|image|upload)\\b.{0,20}\\btoo large\\b',
	'\\b(?:image|file|body) (?:size )?exceeds\\b',
);

/** For these statuses, the status decides alone. */
const OTHER_CAUSES = [401, 408, 425, 429];

/**
 * Returns the meaning of the text of a refused create.
 * @param httpStatus of a clear refusal: 4xx, or 2xx with an error field
 */
export function meaningOfRefusal(words: string, httpStatus: number): MeaningOfWords | undefined {
	if (IMAGE_SIZE.test(words)) return 'imageSize';
	if (CONTENT_POLICY.test(words)) return 'contentPolicy';
	if (TOO_MANY_JOBS.test(words)) return 'tooManyJobs';
	if (INSUFFICIENT_BALANCE.test(words)) return 'insufficientBalance';
	if (meansModelUnavailable(words, httpStatus)) return 'modelUnavailable';
	return TOO_LARGE.test(words) && !OTHER_CAUSES.includes(httpStatus)
		? 'requestTooLarge'
		: undefined;
}

/** Returns the meaning of the reason of a failed job. An unavailable model is then a failure of the provider. */
export function meaningOfFailure(words: string): 'contentPolicy' | 'imageSize' | undefined {
	if (IMAGE_SIZE.test(words)) return 'imageSize';
	return CONTENT_POLICY.test(words) ? 'contentPolicy' : undefined;
}

/** Texts of nginx and of Go's server. */
const PLAIN_HTTP = /plain http request was sent to https|http request to an https server/i;

/** Reports whether a web server received `http://` where it expects `https://`. */
export function meansPlainHttp(words: string): boolean {
	return PLAIN_HTTP.test(words);
}

/** Google returns 400 and relays return 200, where OpenAI returns 401. */
const INVALID_API_KEY = any(
	'\\b(?:invalid|incorrect|wrong|malformed|missing|expired|revoked) (?:api[ _-]?key|access token|bearer token)\\b',
	'\\bapi[ _-]?key (?:is )?(?:not valid|invalid|incorrect|expired|missing|required)',
	'\\binvalid (?:token|authentication|authorization)\\b',
	'无效的令牌',
);

/** Reports whether the text of any 4xx response is about an invalid key. */
export function meansInvalidApiKey(words: string): boolean {
	return INVALID_API_KEY.test(words);
}
