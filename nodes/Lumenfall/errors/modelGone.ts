/**
 * Whether a server's words mean that it has no such model, or nobody who runs it. Every server has words of its own:
 * LiteLLM "Invalid model name passed in model=x" (BerriAI/litellm#8821), NVIDIA 410 "The model 'x' has reached its end of
 * life" (NVIDIA/NemoClaw#11902), Google "models/x is not found for API version", OpenRouter "No endpoints found" and "No
 * allowed providers are available", new-api "No available channel for model x".
 */
export function meansModelGone(words: string, httpStatus = 0): boolean {
	if (GONE_FOR_GOOD.some((pattern) => pattern.test(words))) return true;
	// A server that is busy or restarts says the rest too, and answers it with 429 or 5xx.
	const isRefused = httpStatus > 0 && httpStatus < 500 && httpStatus !== 429;
	const patterns = httpStatus === 410 ? [...REFUSED, ANY_MODEL] : REFUSED;
	return isRefused && patterns.some((pattern) => pattern.test(words));
}

/** `sora-2`, `'openai/sora-2'` or `Sora 2`. */
const NAME = '[\'"`]?[\\w./:@-]+(?: \\d[\\w.]*)?[\'"`]?';
/** The model itself, not what it is said to lack: `model x image` is no name. */
const MODEL = `\\bmodels?(?:[:=/] ?| )(?:${NAME} )?`;
const VERBS = '(?:(?:is|was|are|has|have|been|does|could|can|now|already|currently|permanently) )*';
const CLOSED = 'retired|shut ?down|discontinued|decommissioned';

const GONE_FOR_GOOD = [
	`${MODEL}${VERBS}(?:(?:not|cannot|doesn't) (?:be )?(?:found|exist)|no longer (?:available|supported|offered|exists?)|reached its end of life)`,
	`${MODEL}${VERBS}(?:disabled|deprecated|removed|${CLOSED})`,
	'\\b(?:invalid|unknown|unsupported|no such) model\\b(?! (?:param|option|argument|input|setting|field|config))',
	'is not a valid model',
	// Azure (openai-videos-api section 1.6).
	'deployment .*does not exist',
	'\\bno available (?:provider|channel)',
	'\\bno (?:\\w+ )?(?:provider|endpoint|channel)s? (?:is |are )?(?:available|found|left)',
].map((pattern) => new RegExp(pattern, 'i'));

const REFUSED = [
	`${MODEL}${VERBS}(?:not available|unavailable|not supported(?! (?:for|with|in|at|when)\\b))`,
	// Without the word; an interface that has been shut down is no model.
	`^(?:the )?(?!(?:api|endpoint|route|service|server|feature|it|this|that) )${NAME} ${VERBS}(?:${CLOSED})`,
].map((pattern) => new RegExp(pattern, 'i'));

/** The status says gone, so the words need only tell what is. */
const ANY_MODEL = /\bmodel\b/i;
