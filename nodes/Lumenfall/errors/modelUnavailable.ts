import { anyOf, part } from './textPatterns';

/**
 * A name in quotes, or with a digit or a slash. Other words after `model` describe something else ("model image not
 * found").
 */
const NAME = String.raw`(?:[\x60'"][^\x60'"]+[\x60'"]|[\w./:@-]{0,100}[\d/][\w./:@-]{0,100})`;
const MODEL = String.raw`\bmodels?(?:[:=/] ?\S{1,200}| ${NAME})? `;
const VERB = part(
	'is|was|has|been|does|could|can',
	'now|already|currently|permanently|temporarily',
);
const VERBS = `(?:${VERB} )*`;
const CLOSED = part('retired', 'shut ?down', 'discontinued', 'decommissioned');

/** `textPatterns.ts` says how to add a phrase. */
const GONE = anyOf(
	// Not found, or not available.
	String.raw`${MODEL}${VERBS}(?:not (?:be )?found|cannot be found)`, // Google: "models/x is not found for API version"
	String.raw`${MODEL}${VERBS}(?:not exist|doesn't exist)`, // OpenAI
	String.raw`${MODEL}${VERBS}(?:not available|unavailable)`,
	String.raw`${MODEL}${VERBS}(?:offline|under maintenance)`,
	/deployment .{0,200}does not exist/, // Azure: docs/protocols/openai-videos.md#errors
	/\bnot activated the model\b/, // ModelArk, for a model that the account must activate first
	// No longer available.
	String.raw`${MODEL}${VERBS}no longer (?:available|supported|offered)`,
	String.raw`${MODEL}${VERBS}reached its end of life`, // NVIDIA, with 410 (NVIDIA/NemoClaw#11902)
	String.raw`${MODEL}${VERBS}(?:deprecated|removed|${CLOSED})`, // OpenAI
	String.raw`${MODEL}${VERBS}(?:disabled|not enabled)`, // Lumenfall
	// At the start of the sentence, without the word `model`: "Sora 2 was shut down".
	String.raw`^(?:the )?(?:[\w./-]+ )?[\w./-]{0,100}\d[\w./-]{0,100} ${VERBS}${CLOSED}`,
	// Not a model of this server.
	String.raw`${MODEL}${VERBS}not supported(?! (?:for|with|in|at|when)\b)`,
	// LiteLLM: "Invalid model name passed in model=x" (BerriAI/litellm#8821).
	/\b(?:invalid|unknown|unsupported|no such) model(?:[ _]name|[ _]id)?(?=\s*(?:$|[:=.,(`'"]|passed in|\S{0,200}[\d/]))/,
	/is not a (?:valid|supported|video)(?: \w+)? model\b/, // OpenRouter: "x is not a valid model ID"
	/\bunknown model identifier\b/,
	/\bnot in the list of (?:available|supported|allowed) models\b/,
	/^model must be one of\b/,
	/\binvalid value for .?model\b/,
	// No provider for it.
	/\bLLM provider not provided\b/, // LiteLLM, for a model in no list and of no provider that it knows
	/\bno healthy deployments?\b/, // LiteLLM
	/\bno endpoints found for\b/, // OpenRouter
	/\bno available (?:provider|channel)/, // new-api: "No available channel for model x"
	/\bno (?:allowed )?(?:provider|channel)s? (?:is |are )?available/, // OpenRouter
	// Chinese
	/模型(?: ?[\w./:@-]{1,100} ?)?(?:不存在|未找到|已下线|不可用)/,
	/未找到模型/,
	/不支持(?:的|该)?模型/,
	/无可用渠道/, // new-api
	// Japanese
	/モデル[はが](?:存在しません|見つかりません|利用できません)/,
);

/** With a 410, the text only needs to mention a model. */
const ANY_MODEL = /\bmodel\b/i;

/** A retry is expected, or the status says something else. */
const OTHER_CAUSES = [401, 402, 408, 425, 429];

/**
 * Reports whether the refusal of a create means that the server does not have the model, or has no provider for it.
 * After this error a fallback model is used, so only clear refusals count: after a 5xx a video may exist.
 */
export function meansModelUnavailable(words: string, httpStatus = 0): boolean {
	const isRefusal = httpStatus >= 400 && httpStatus < 500 && !OTHER_CAUSES.includes(httpStatus);
	return isRefusal && (GONE.test(words) || (httpStatus === 410 && ANY_MODEL.test(words)));
}
