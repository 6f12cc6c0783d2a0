import { LOCAL_MODERATION, LOCAL_RULES_OF_OTHER_KINDS } from './localModerationWords';
import { anyOf, anyWordOf, matches, part } from './textPatterns';

/**
 * English phrases of OpenAI, Azure, Google, Alibaba, ByteDance and Kuaishou about a refused content, also through gateways.
 * `localModerationWords.ts` has those of other languages, and `textPatterns.ts` says how to add one.
 */

/** Only a moderation mentions them, in whatever sentence. */
const TOPIC = anyWordOf(
	// What is shown.
	/nsfw/,
	/nud(?:e|ity)/,
	/porn\w*/,
	/sexual\w*/,
	/profan\w+/,
	/violence/,
	/gore/,
	/weapons/,
	/hate/,
	/harassment/,
	/self[- ]harm/, // OpenAI
	/extremis[mt]/,
	/terroris[mt]/,
	// Children.
	/csam/,
	/underage/,
	/minors/,
	/minor detected/,
	/a minor(?! (?:version|issue|error|mismatch))/,
	/under (?:the age of )?18/,
	/appears? to be a child/,
	/(?:contains?|depicts?|shows?) (?:an? )?(?:child|children)(?! (?:process|element|node|object|schema|propert|key|item))/,
	// Real people.
	/deep ?fakes?/,
	/(?:real|identifiable|recogni[sz]able) (?:person|people|individual|human face)s?/,
	/celebrit\w+/,
	/(?:public|political) figures?/,
	/prominent people/, // Google
	/likeness(?:es)?/,
	// Rights of others.
	/copyright\w*/,
	/trademark\w*/,
	/intellectual property/,
	/third[- ]party content/,
	/recitation/, // Google
	// The moderation itself.
	/moderated/,
	/moderation(?:error)?/,
	/AI moderator/,
	/guardrails?/,
	/censor\w*/,
	/safety(?! (?:margin|factor|tolerance))/,
	/(?:\w+_)?unsafe(?! (?:url|header|port|method|char))/,
	/green ?net/, // Alibaba
	/responsible ai/, // Azure
	/rai (?:media )?filter(?:ed)?/, // Google
	/(?:new|input|output)[ _]sensitive/, // MiniMax
	/risk (?:control|not pass)/, // ByteDance: "Post Text Risk Not Pass"
	/trigger(?:s|ed)? (?:the )?strategy of the platform/, // Kling
);

const UNSAFE = part(
	'sensitive',
	'inappropriate',
	'unsuitable',
	'prohibited',
	'harmful',
	'offensive',
	'banned',
	'blocked',
	'disallowed',
	'forbidden',
	'restricted',
	'explicit',
	'illegal',
	'violent',
	'hateful',
	'political',
	'adult',
	'mature',
	'graphic',
	'suggestive',
	'dangerous',
	'objectionable',
);
const PLACE = `${part('image', 'prompt', 'input', 'output', 'content', 'text', 'video')}s?`;
const WAS = '(?:(?:was|were|is|are|has been|have been) )?';
const NOT_ALLOWED = 'not (?:allowed|permitted)';

const PHRASES = anyOf(
	// It is against the rules.
	/content[ _-](?:(?:management|security|safety)[ _-])?polic(?:y|ies)/, // OpenAI, Azure
	/\bcontent security\b/, // Kling
	/\b(?:usage|acceptable use) polic/, // OpenAI
	/\b(?:community|usage|content) (?:guidelines|standards)/, // Google
	/\bviolat\w+\b.{0,80}\b(?:polic|guideline|terms|standards)/,
	/\b(?:policy|guideline|standards|prompt|content)s? violation/,
	/\bterms of (?:service|use) violation/,
	/\bgo(?:es)? against (?:our |the )?(?:guidelines|polic)/,
	/\b(?:IP|ToS) (?:violation|infring)/,
	/\b(?:denied|blocked|rejected|refused) (?:by|due to|because of|for) (?:our |the |its )?polic/,
	/\brefused to (?:generate|create)\b/,
	/\b(?:can't|cannot|can not|unable to) (?:help|assist) (?:you )?with (?:that|this)(?: request)?(?! \w)/,
	/\b(?:prompt|content|image) (?:content )?is not compliant\b(?! with\b)/, // PixVerse
	/\bprompt could not be submitted\b/, // Google
	// The prompt, the image or the video was refused.
	String.raw`\b${PLACE} ${WAS}(?:filtered|prohibited)`,
	String.raw`\b${PLACE} ${WAS}blocked by(?! (?:the )?(?:robots|firewall|proxy))`,
	String.raw`\b(?:content|prompt|output|result) (?:that )?${WAS}blocked`,
	String.raw`\b(?:prompt|result)s? ${WAS}(?:rejected|filtered)`,
	/\bblocked by (?:the )?provider\b/,
	/\bprompt check failed\b/,
	/\bhigh risk prompt\b/,
	/\bdescription sensitive\b/, // MiniMax
	String.raw`\b(?:content|prompt) (?:that )?${WAS}${NOT_ALLOWED}(?! (?:to|for|with|when|in|without)\b)`,
	/(?:content|prompt) (?:is|was)n't (?:allowed|permitted)/,
	String.raw`\bcontent ${WAS}(?:filter|rejected|check|risk)`, // Azure
	/\b(?:prompt|content|image) is illegal\b/,
	/(?<!\baccount (?:was |is |has been )?)\bflagged(?! as (?:duplicate|failed|complete)| for retry)/,
	// It contains something.
	String.raw`\b${UNSAFE} (?:(?:image|text|video|audio) )?content(?![- ](?:type|length|encoding))`,
	String.raw`\b${UNSAFE} (?:(?:image|text|video|audio) )?(?:words?|terms?|prompts?|information|material|faces?)`,
	String.raw`\bdeemed ${UNSAFE}`,
	String.raw`\bwords? (?:that (?:is|are) )?${NOT_ALLOWED}\b`,
	String.raw`\b${NOT_ALLOWED} words?\b`,
	// People and faces.
	/people-in-user-uploads/, // OpenAI
	String.raw`\b(?:person|people|face) generation is ${NOT_ALLOWED}`, // Google
	/\bgeneration of (?:people|persons|faces|children|minors)\b/,
	String.raw`\bfaces?\b[^.]{0,30}\b${NOT_ALLOWED}`,
	/\buploading faces\b/,
	/\b(?:images|uploads|photos) (?:of|with|containing) (?:people|persons|humans|faces|children) are (?:currently )?not (?:supported|allowed|permitted)\b/,
	/(?<!\bno (?:(?:human|real|valid|clear) )?)\bfaces? (?:is |are |was |were )?(?:detected|not supported)\b/,
	/\b(?:rejected|blocked)\b.{0,30}\bfaces?\b/,
	/\bphoto-?realistic (?:people|persons?|humans?|faces?)/,
	// An audit or inspection was not passed.
	/(?:\bfailed|(?:\bnot|n't) pass(?:ed)?|\b(?:rejected|blocked|refused) by)\b[^.]{0,30}\b(?:audit|review|inspection)\b/,
	/\baudit (?:submit )?(?:illegal|failed|failure|rejected|not passed)/,
	/\binspection failed/, // Alibaba
	/\b(?:illegal|risk) detect/,
	// A code or a status that is only this word.
	/^(?:blocked|violation|sensitive|inappropriate)$/,
	/\bnot safe for work\b/,
	// Google's codes, and the numbers that it adds to each filtered video.
	/\bPUBLIC[_ ]ERROR[_ ](?:PROMINENT|MINOR|UNSAFE|SEXUAL|VIOLEN|CRIMINAL|CHILD|HARMFUL|DANGER|SAFETY|AUDIO[_ ]FILTERED|IP[_ ]|DECEPTIVE|HATE)/,
	/\bsupport codes?: \d{6,}/,
);

const MODERATION = anyOf(TOPIC, PHRASES, LOCAL_MODERATION);

const CHECK = String.raw`(?:moderation|safety)(?: \w+)?`;
const IS = '(?:(?:is|was|could|has|not|be) )*';
const FAILED = String.raw`(?:error|fail\w*|unable|(?:could|can) ?not|couldn't|can't)`;
const REACH = '(?:reach|call|run|contact|connect|load|perform|execute|start)';
/** Names of settings. A server that does not know one says "Unknown parameter: 'moderation'". */
const SETTING = part('parameter', 'param', 'field', 'option', 'argument', 'property', 'setting');

/** What mentions a moderation or rules, and says nothing about the content. It is read without these words. */
const NO_VERDICT = anyOf(
	// A moderation that did not work, or passed.
	String.raw`\b${CHECK} ${IS}(?:unavailable|unreachable|not available)\b`,
	String.raw`\b${CHECK} ${IS}(?:reached|timed out|time-?out)\b`,
	String.raw`\b${CHECK} ${IS}failed to (?:load|start|respond)\b`,
	String.raw`\b${FAILED}(?: to)? (?:while )?${REACH}\w* (?:[\w-]+ ){0,3}?${CHECK}`,
	/(?:moderation|safety)(?: check| review)? (?:has )?passed/,
	/(?<!not |n't |to )\bpass(?:ed|es) (?:the |our )?(?:content )?(?:moderation|safety)(?: check| review)?/,
	// The name of a setting.
	String.raw`\b(?:${SETTING}s?|value for)(?: ${SETTING})?:? ['"\x60][\w.-]*(?:moderation|safety)[\w.-]*['"\x60]`, // OpenAI
	String.raw`\b${SETTING}s?:? [\w-]*(?:moderation|safety)-[\w-]+`,
	String.raw`(?:moderation|safety)(?: (?:checker|filter|level))? (?:parameter|field|option|argument)s? (?:is|are|must|can|may|does|do)\b`,
	// Rules of another kind.
	/\b(?:accept|agree)\w* (?:to )?(?:the |our )?(?:usage|content|acceptable use) polic\w+/,
	/(?<!content )\b(?:access|security) polic(?:y|ies) violations?(?! (?:in|of) the prompt)/,
	/(?<!content )\b(?:retention|rotation|network|password|quota|payment|billing|refund|rate[- ]limit\w*) polic(?:y|ies)(?! violations? (?:in|of) the prompt)(?: violations?)?/,
	LOCAL_RULES_OF_OTHER_KINDS,
);
const EACH_NO_VERDICT = new RegExp(NO_VERDICT, 'gi');

/** Reports whether one of the texts says that a moderation refused the content. */
export function meansModeration(texts: string[]): boolean {
	return matches(
		texts.map((text) => text.replace(EACH_NO_VERDICT, ' ')),
		MODERATION,
	);
}
