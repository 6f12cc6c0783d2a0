import { meansModelUnavailable } from './modelUnavailable';
import { meansModeration } from './moderationWords';
import { anyOf, matches, part } from './textPatterns';

/**
 * Phrases of servers whose code or status is generic. Only phrases about the request itself. For errors about a part of
 * an image or a model, the status decides. `textPatterns.ts` says how to add one.
 */

type MeaningOfWords =
	| 'contentPolicy'
	| 'insufficientBalance'
	| 'tooManyJobs'
	| 'imageSize'
	| 'requestTooLarge'
	| 'modelUnavailable'
	| 'rateLimited';

const MONEY = part('balance', 'credits?', 'funds?', 'quota');
const INSUFFICIENT_BALANCE = anyOf(
	// Too little is left.
	String.raw`\binsufficient[ _](?:[a-z\d]+[ _]){0,3}${MONEY}`, // Venice: "Insufficient USD or Diem balance"
	String.raw`\b${MONEY} (?:is |are )?(?:insufficient|too low|not enough|exhausted|depleted|used up)`, // Google
	String.raw`\b${MONEY} (?:has|have) been (?:exhausted|used up)`,
	String.raw`\bnot enough (?:\w+ )?${MONEY}`,
	String.raw`(?:\bnot|n't) have (?:enough|sufficient) (?:\w+ )?${MONEY}`,
	// fal: "Exhausted balance". ModelArk: "has exhausted its free trial quota"
	String.raw`\bexhausted (?:(?:your|its|the|all) )?(?:\w+ ){0,3}${MONEY}\b`,
	/\b(?:has|have) no credits?\b/,
	/\bneed at least \$?[\d.]{1,20} credits?\b/,
	/\bbalance \$?[\d.]{1,20} (?:is )?less than\b/,
	/\bout of credits?\b/,
	/\blow balance\b(?! accounts?\b)/,
	/\bnot enough points\b/,
	/\b(?:user|account|your) points (?:are )?(?:not enough|insufficient)\b/,
	/\bno credits? (?:left|remaining)\b/,
	/\brequires more credits\b/, // OpenRouter
	/\bbalance is \$?0/,
	/\bbalance is negative\b/,
	/\bresource pack depleted\b/, // Kling
	/\bpre-consume quota\b/, // new-api
	// A quota, a budget or a plan is used up.
	/\b(?:exceeded|reached) your (?:\w+ )?quota\b/, // OpenAI
	/\bcheck your plan and billing\b/, // OpenAI
	/\bbilling hard limit\b/, // OpenAI
	/\bcredit limit\b/,
	/\bspend(?:ing)? limit\b/, // xAI
	/\b(?:daily|weekly|monthly)\b.{0,30}\b(?:limit|quota|allocation)\b/, // Runway, Cloudflare
	/\bquota\b.{0,200}\brequests per day\b/, // Google
	/\bmodel service has been paused\b/, // ModelArk
	/\bfree trial (?:has )?(?:ended|expired)\b/,
	/\bfree (?:tier|allocated quota)\b[^.]{0,40}\b(?:exhausted|exceeded)/, // Alibaba
	/\bbudget (?:has been |is |was )?exceeded/, // LiteLLM
	/\b(?:exceeded|over) budget\b/, // LiteLLM
	// A bill is open.
	/\boverdue\b/, // ModelArk
	/\barrearage\b/, // Alibaba
	/\barrears\b/,
	/\bunpaid\b/,
	// What the user must do.
	/\bpayment required\b/,
	/\bpayment method\b/,
	/\bbilling (?:is not|to be|must be) enabled\b/, // Google
	/\b(?:please|must|need to) (?:top up|recharge)\b/,
	/\btop up your\b/,
	/\bpurchase (?:more )?credits\b/,
	/\badd (?:funds|credits)\b/,
	// Chinese
	/(?:余额|餘額|额度|积分|点数|算力)(?:不足|不够)/,
	/次数已用完/,
	/额度已(?:用尽|耗尽)/, // new-api
	/预扣费/, // new-api
	/欠费/,
	// Japanese
	/(?:残高|クレジット).{0,3}不足/,
	// Korean
	/(?:잔액|크레딧|포인트)[이가]? ?부족/,
	// Spanish and Portuguese
	/(?:saldo|cr[ée]ditos?) insuficientes?/,
	// German
	/guthaben (?:ist )?(?:nicht ausreich|aufgebraucht|zu niedrig)/,
	/nicht gen(?:ü|ue)gend (?:guthaben|credits)/,
	// French
	/(?:cr[ée]dits?|solde) insuffisants?/,
	// Italian
	/(?:crediti?|saldo) insufficient[ei]/,
	// Russian
	/недостаточно (?:средств|кредитов)/,
);

const RUNNING = part(
	'running',
	'concurrent',
	'simultaneous',
	'active',
	'parallel',
	'pending',
	'unfinished',
	'in[- ]progress',
);
const TOO_MANY_JOBS = anyOf(
	String.raw`\btoo many ${RUNNING} (?:\w+ )?(?:task|job|video|generation|request)`, // Azure
	String.raw`\b(?:max|maximum|limit|quota)(?: number)?(?: of| for| on)? ${RUNNING} `,
	String.raw`\b${RUNNING} limit\b`,
	String.raw`\b${RUNNING} (?:task|job|video|generation|request)s? limit`,
	String.raw`\b\d+ ${RUNNING} (?:task|job|video)s?\b.{0,20}\blimit`,
	/\balready (?:have|has) (?:a|\d+) (?:video|task|job|generation)s? in progress/,
	/\bconcurrency (?:limit|quota|\w+ \w+ exceeds)/, // Kling: "Concurrency or QPS exceeds the prepaid …"
	/\bparallel task over\b/, // Kling
	/\bqueue limit\b/,
	/\bqueue is full\b/,
	// Chinese
	/并发(?:数|任务)?(?:已|超|达)/,
	/任务数量?已达/,
	/任务过多/,
	/队列已满/,
);

/** The code is generic and differs from server to server (docs/protocols/openai-videos.md). */
const IMAGE_SIZE = anyOf(
	/\binpaint image must match/, // OpenAI
	/\b(?:image|input_reference)\b[^.]{0,40}\b(?:must (?:exactly )?match|must be (?:equal to|the same)|(?:does|do) not match)\b[^.]{0,40}\b(?:width|size|dimension|resolution|video)/,
);

const TOO_LARGE = anyOf(
	/\b(?:payload|request|entity|body|file|image|upload)\b.{0,20}\btoo large\b/, // nginx
	/\b(?:image|file|body) (?:size )?exceeds\b/,
	/\b(?:image|file)\b.{0,40}\b\d+ ?(?:MB|MiB|KB)\b/,
	// Chinese
	/(?:图片|文件)(?:大小|过大)/,
);

const RATE_LIMITED = anyOf(
	/\brate limit/,
	/\btoo many requests\b/,
	/\bthrottl(?:ed|ing)\b/, // Alibaba, Django
	/\bQPS\b/, // Kling
	/\btoo quickly\b/,
	/\bper (?:second|minute) limit/,
	// Chinese
	/负载已饱和/, // new-api
	/过于频繁/,
	/频率(?:限制|过高)/,
	/限流/,
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
