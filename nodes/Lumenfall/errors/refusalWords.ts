import { meansModelUnavailable } from './modelUnavailable';
import { meansModeration } from './moderationWords';
import { anyOf, matches } from './textPatterns';

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
	| 'modelUnavailable'
	| 'rateLimited';

const INSUFFICIENT_BALANCE = anyOf(
	'\\binsufficient[ _](?:\\w+[ _]){0,3}(?:balance|credits?|funds?|quota)|\\bpayment required\\b',
	'\\b(?:balance|credits?|funds|quota) (?:is |are )?(?:insufficient|too low|not enough|exhausted|depleted|used up)|\\bcredit limit\\b',
	'\\bnot enough (?:\\w+ )?(?:balance|credits?|funds|quota)',
	'\\b(?:please|must|need to) (?:top up|recharge)\\b|\\baccount overdue\\b|\\barrearage\\b',
	'\\bout of credits?\\b|\\bcheck your plan and billing\\b|\\bbilling hard limit\\b',
	'\\bexhausted (?:your |the |all )?(?:\\w+ )?(?:balance|credits?|quota)\\b|\\btop up your\\b|\\barrears\\b',
	"(?:\\bnot|n't) have enough (?:\\w+ )?(?:balance|credits?|funds|quota)",
	'\\b(?:balance|credits?|funds|quota) (?:has|have) been (?:exhausted|used up)',
	'\\bfree (?:tier|allocated quota)\\b[^.]{0,40}\\b(?:exhausted|exceeded)',
	'\\bbudget (?:has been |is |was )?exceeded|\\b(?:exceeded|over) budget\\b',
	'\\b(?:exceeded|reached) your (?:\\w+ )?quota\\b|\\boverdue\\b|\\bbalance is \\$?0|\\bpre-consume quota\\b|\\bno credits? (?:left|remaining)\\b|\\bnot enough points\\b',
	'\\bbilling (?:is not|to be|must be) enabled\\b|\\bpayment method\\b|\\bunpaid\\b|\\bbalance is negative\\b|\\bresource pack depleted\\b',
	'\\bspend(?:ing)? limit\\b|\\bpurchase (?:more )?credits\\b|\\badd (?:funds|credits)\\b|\\brequires more credits\\b',
	'余额不足|餘額不足|额度不足|积分不足|额度已(?:用尽|耗尽)|预扣费|欠费|残高.{0,3}不足|saldo insuficiente|недостаточно средств',
);

const RUNNING =
	'(?:running|concurrent|simultaneous|active|parallel|pending|unfinished|in[- ]progress)';
const TOO_MANY_JOBS = anyOf(
	`\\btoo many ${RUNNING} (?:\\w+ )?(?:task|job|video|generation|request)`,
	`\\b(?:max|maximum|limit|quota)(?: number)?(?: of| for| on)? ${RUNNING} `,
	`\\b${RUNNING} limit\\b|\\bparallel task over\\b`,
	`\\b${RUNNING} (?:task|job|video|generation|request)s? limit`,
	'\\bconcurrency (?:limit|quota|\\w+ \\w+ exceeds)',
	`\\b\\d+ ${RUNNING} (?:task|job|video)s?\\b.{0,20}\\blimit|\\balready (?:have|has) (?:a|\\d+) (?:video|task|job)s? in progress`,
	'\\bqueue limit\\b|并发(?:数|任务)?(?:已|超|达)|任务数量?已达|队列已满|任务过多',
);

/** The code is generic and differs from server to server (docs/protocols/openai-videos.md). */
const IMAGE_SIZE = anyOf(
	'\\binpaint image must match',
	'\\b(?:image|input_reference)\\b[^.]{0,40}\\b(?:must (?:exactly )?match|must be (?:equal to|the same)|(?:does|do) not match)\\b[^.]{0,40}\\b(?:width|size|dimension|resolution|video)',
);

const TOO_LARGE = anyOf(
	'\\b(?:payload|request|entity|body|file|image|upload)\\b.{0,20}\\btoo large\\b',
	'\\b(?:image|file|body) (?:size )?exceeds\\b',
	'\\b(?:image|file)\\b.{0,40}\\b\\d+ ?(?:MB|MiB|KB)\\b|(?:图片|文件)(?:大小|过大)',
);

const RATE_LIMITED = anyOf(
	'\\brate limit|\\btoo many requests\\b|\\bthrottl(?:ed|ing)\\b|\\bQPS\\b|\\btoo quickly\\b|\\bper (?:second|minute) limit|负载已饱和|过于频繁|限流|频率限制',
);

/** For these statuses, the status decides alone. */
const OTHER_CAUSES = [401, 408, 425, 429];

/**
 * Returns the meaning of the texts of a refused create.
 * @param httpStatus of a clear refusal: 4xx, or 2xx with an error field
 */
export function meaningOfRefusal(texts: string[], httpStatus: number): MeaningOfWords | undefined {
	if (matches(texts, IMAGE_SIZE)) return 'imageSize';
	if (meansModeration(texts)) return 'contentPolicy';
	if (matches(texts, TOO_MANY_JOBS)) return 'tooManyJobs';
	if (matches(texts, INSUFFICIENT_BALANCE)) return 'insufficientBalance';
	if (texts.some((text) => meansModelUnavailable(text, httpStatus))) return 'modelUnavailable';
	if (OTHER_CAUSES.includes(httpStatus)) return undefined;
	if (matches(texts, TOO_LARGE)) return 'requestTooLarge';
	return matches(texts, RATE_LIMITED) ? 'rateLimited' : undefined;
}

/** Returns the meaning of the reason of a failed job. An unavailable model is then a failure of the provider. */
export function meaningOfFailure(texts: string[]): 'contentPolicy' | 'imageSize' | undefined {
	if (matches(texts, IMAGE_SIZE)) return 'imageSize';
	return meansModeration(texts) ? 'contentPolicy' : undefined;
}

/** Texts of nginx and of Go's server. */
const PLAIN_HTTP = /plain http request was sent to https|http request to an https server/i;

/** Reports whether a web server received `http://` where it expects `https://`. */
export function meansPlainHttp(words: string): boolean {
	return PLAIN_HTTP.test(words);
}

const KEY =
	'(?:api[ _-]?key|(?:access|bearer|security|auth) token|authorization header|credentials|jwt)';
/** Google returns 400 and relays return 200, where OpenAI returns 401. */
const INVALID_API_KEY = anyOf(
	`\\b${KEY}\\b.{0,30}\\b(?:not (?:valid|found)|invalid|incorrect|expired|missing|required|revoked|disabled|(?:does not|doesn.t) exist)`,
	`\\b(?:invalid|incorrect|wrong|malformed|missing|expired|revoked|no|provide an?|valid(?:ate)?) ${KEY}\\b`,
	'\\b(?:invalid|illegal) (?:token|authentication|authorization)\\b|^authentication (?:failed|error)|\\bnot authenticated\\b',
	'^token (?:is |has )?(?:invalid|expired)|\\bmissing authorization\\b|\\blogin fail|\\btoken has been (?:disabled|revoked)\\b',
	'令牌无效|无效的(?:令牌|API)|(?:鉴权|认证|身份验证)失败|key ?无效',
);

/** What OpenAI and LiteLLM say with 401 about a key that is valid. */
const KEY_WITHOUT_RIGHT = anyOf(
	'\\bnot allowed to (?:access|use|call)\\b|\\bmissing scopes?\\b|\\binsufficient (?:permissions?|scopes?)\\b',
	'\\b(?:access|permission) to (?:the |this )?model\\b|\\bpermissions? for this (?:operation|model)\\b|无权(?:访问|使用)',
);

/** Reports whether the texts of a 401 are about a valid key that may not do this. */
export function meansKeyWithoutRight(texts: string[]): boolean {
	return matches(texts, KEY_WITHOUT_RIGHT) && !meansInvalidApiKey(texts);
}

/** Reports whether the texts of any 4xx response are about an invalid key. */
export function meansInvalidApiKey(texts: string[]): boolean {
	return matches(texts, INVALID_API_KEY);
}

/** Texts of a fault inside the server, or between a relay and the server behind it. Names of 5xx statuses and gRPC codes. */
const SERVER_FAULT = anyOf(
	'^internal$|^unavailable$|: EOF$|\\bunexpected EOF\\b',
	'\\b(?:internal|server|service|system|unknown|unexpected|database|network)(?: (?:server|service|system))? (?:error|exception|failure)\\b',
	'\\b(?:server|service|system) (?:is )?(?:busy|overloaded)\\b|\\bsomething went wrong\\b',
	'\\b(?:bad gateway|gateway time-?out|service unavailable|deadline exceeded|status(?: code)?:? 5\\d\\d)\\b',
	'\\btimed out\\b|^(?:\\S+ ){0,2}time-? ?out(?: error)?$|\\bi/o timeout\\b',
	'\\bconnection (?:was )?(?:reset|closed|refused|aborted|lost)\\b|\\b(?:socket hang up|fetch failed|connect error|do request failed)\\b|\\bE(?:CONN\\w+|TIMEDOUT|PIPE)\\b',
	'^upstream (?:error|failure)$|\\b(?:parse|read|decode|unmarshal) (?:the )?(?:upstream )?response\\b',
	'(?:系统|服务器?|内部|未知|网络|数据库)[^，。]{0,4}(?:错误|异常|繁忙|超时|故障)|请求超时',
	'(?:サーバー?|システム|内部|不明な)の?エラー|タイムアウト|(?:서버|시스템|내부|알 수 없는) ?오류|시간 ?초과',
);

/** Reports whether a text is about a fault of the server, after which a video may exist, and not about the request. */
export function meansServerFault(texts: string[]): boolean {
	return matches(texts, SERVER_FAULT);
}

/** What a parser writes about a request that it could not read. */
const UNREAD_REQUEST = anyOf(
	'\\bdeseriali[sz]e\\b|\\bcannot unmarshal\\b|\\b(?:malformed|invalid) json\\b',
	"\\bpars(?:e|ing) (?:the )?request body\\b|\\binvalid character '",
);

/** Reports whether a text is about a request that was not read, so that nothing was done, and not about a response. */
export function meansUnreadRequest(text: string): boolean {
	return UNREAD_REQUEST.test(text) && !/response/i.test(text);
}
