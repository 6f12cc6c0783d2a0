/**
 * Reports whether the refusal of a create means that the server does not have the model, or has no provider for it.
 * Every server uses a different text: LiteLLM "Invalid model name passed in model=x" (BerriAI/litellm#8821), NVIDIA 410
 * "The model 'x' has reached its end of life" (NVIDIA/NemoClaw#11902), Google "models/x is not found for API version",
 * OpenRouter "x is not a valid model ID" and "No endpoints found for x", new-api "No available channel for model x".
 *
 * After this error a fallback model is used, so only clear refusals count: after a 5xx a video may exist, and after a
 * 429 or 408 a retry is expected.
 */
export function meansModelUnavailable(words: string, httpStatus = 0): boolean {
	const isRefusal = httpStatus >= 400 && httpStatus < 500 && !OTHER_CAUSES.includes(httpStatus);
	const patterns = httpStatus === 410 ? [...GONE, ANY_MODEL] : GONE;
	return isRefusal && patterns.some((pattern) => pattern.test(words));
}

const OTHER_CAUSES = [401, 402, 408, 425, 429];

/**
 * A name in quotes, or with a digit or a slash. Other words after `model` describe something else ("model image not
 * found").
 */
const NAME = '(?:[`\'"][^`\'"]+[`\'"]|[\\w./:@-]{0,100}[\\d/][\\w./:@-]{0,100})';
const MODEL = `\\bmodels?(?:[:=/] ?\\S+| ${NAME})? `;
const VERBS = '(?:(?:is|was|has|been|does|could|can|now|already|currently|permanently) )*';
const CLOSED = 'retired|shut ?down|discontinued|decommissioned';

const GONE = [
	`${MODEL}${VERBS}(?:not (?:be )?found|cannot be found|not exist|doesn't exist|not available|unavailable)`,
	`${MODEL}${VERBS}(?:no longer (?:available|supported|offered)|reached its end of life)`,
	`${MODEL}${VERBS}(?:disabled|not enabled|deprecated|removed|${CLOSED}|not supported(?! (?:for|with|in|at|when)\\b))`,
	// At the start of the sentence, without the word `model`: "Sora 2 was shut down".
	`^(?:the )?(?:[\\w./-]+ )?[\\w./-]*\\d[\\w./-]* ${VERBS}(?:${CLOSED})`,
	'\\b(?:invalid|unknown|unsupported|no such) model(?: name| id)?(?=\\s*(?:$|[:=.,(`\'"]|passed in|\\S*[\\d/]))',
	'is not a (?:valid|supported|video)(?: \\w+)? model\\b|\\bunknown model identifier\\b',
	`${MODEL}${VERBS}(?:offline|under maintenance)`,
	// ModelArk, for a model that the account must activate first.
	'\\bnot activated the model\\b',
	// LiteLLM, for a model in no list and of no provider that it knows.
	'\\bLLM provider not provided\\b',
	// Azure: docs/protocols/openai-videos.md#errors.
	'deployment .*does not exist|\\bno healthy deployments?\\b',
	'^model must be one of\\b|\\binvalid value for .?model\\b',
	'\\bno endpoints found for\\b',
	'无可用渠道|模型(?:不存在|未找到|已下线|不可用)|未找到模型|不支持(?:的|该)?模型',
	'\\bno available (?:provider|channel)|\\bno (?:allowed )?(?:provider|channel)s? (?:is |are )?available',
].map((pattern) => new RegExp(pattern, 'i'));

/** With a 410, the text only needs to mention a model. */
const ANY_MODEL = /\bmodel\b/i;
