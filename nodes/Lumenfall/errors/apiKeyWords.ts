import { anyOf, matches, part } from './textPatterns';

/** Phrases about the API key. `textPatterns.ts` says how to add one. */

const KEY = part(
	'api[ _-]?key',
	'(?:access|bearer|security|auth) token',
	'authorization header',
	'credentials',
	'jwt',
);
/** Google returns 400 and relays return 200, where OpenAI returns 401. */
const INVALID_API_KEY = anyOf(
	String.raw`\b${KEY}\b.{0,30}\b(?:not (?:valid|found)|invalid|incorrect|expired|missing|required|revoked|disabled)`,
	String.raw`\b${KEY}\b.{0,30}\b(?:does not|doesn.t) exist`,
	String.raw`\b(?:invalid|incorrect|wrong|malformed|missing|expired|revoked|no) ${KEY}\b`,
	String.raw`\b(?:provide an?|valid(?:ate)?) ${KEY}\b`,
	/\b(?:invalid|illegal) (?:token|authentication|authorization)\b/,
	/^authentication (?:failed|error)/,
	/\bnot authenticated\b/, // FastAPI
	/^token (?:is |has )?(?:invalid|expired)/,
	/\btoken has been (?:disabled|revoked)\b/,
	/\bmissing authorization\b/,
	/\blogin fail/,
	// Chinese
	/令牌无效|无效的(?:令牌|API)/, // new-api
	/(?:鉴权|认证|身份验证)失败/,
	/key ?无效/,
);

/** What OpenAI and LiteLLM say with 401 about a key that is valid. */
const KEY_WITHOUT_RIGHT = anyOf(
	/\bnot allowed to (?:access|use|call)\b/, // LiteLLM
	/\bmissing scopes?\b/, // OpenAI
	/\binsufficient (?:permissions?|scopes?)\b/, // OpenAI
	/\b(?:access|permission) to (?:the |this )?model\b/,
	/\bpermissions? for this (?:operation|model)\b/,
	// Chinese
	/无权(?:访问|使用)/, // new-api
);

/** Reports whether the texts of any 4xx response are about an invalid key. */
export function meansInvalidApiKey(texts: string[]): boolean {
	return matches(texts, INVALID_API_KEY);
}

/** Reports whether the texts of a 401 are about a valid key that may not do this. */
export function meansKeyWithoutRight(texts: string[]): boolean {
	return matches(texts, KEY_WITHOUT_RIGHT) && !meansInvalidApiKey(texts);
}
