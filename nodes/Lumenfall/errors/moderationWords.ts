import { anyOf, matches } from './textPatterns';

/** Only a moderation mentions them, in whatever sentence. */
const TOPIC = [
	...[
		'nsfw',
		'nud(?:e|ity)',
		'porn\\w*',
		'sexual\\w*',
		'profan\\w+',
		'violence',
		'gore',
		'weapons',
	],
	...['hate', 'harassment', 'self[- ]harm', 'extremis[mt]', 'terroris[mt]', 'csam', 'underage'],
	...['minors', 'minor detected', 'a minor(?! (?:version|issue|error|mismatch))'],
	...['under (?:the age of )?18', 'appears? to be a child', 'deep ?fakes?'],
	...[
		'(?:contains?|depicts?|shows?) (?:an? )?(?:child|children)(?! (?:process|element|node|object|schema|propert|key|item))',
	],
	...['(?:real|identifiable|recogni[sz]able) (?:person|people|individual|human face)s?'],
	...['celebrit\\w+', '(?:public|political) figures?', 'prominent people', 'likeness(?:es)?'],
	...['copyright\\w*', 'trademark\\w*', 'intellectual property', 'third[- ]party content'],
	...[
		'moderated',
		'mod[eé]ra(?:tion(?:error)?|ci[oó]n|zione)',
		'guardrails?',
		'censor\\w*',
		'green ?net',
	],
	...[
		'safety(?! (?:margin|factor|tolerance))',
		'(?:\\w+_)?unsafe(?! (?:url|header|port|method|char))',
	],
	...[
		'responsible ai',
		'recitation',
		'(?:new|input|output)[ _]sensitive',
		'risk (?:control|not pass)',
	],
	...['rai (?:media )?filter(?:ed)?', 'trigger(?:s|ed)? (?:the )?strategy of the platform'],
].join('|');
const UNSAFE =
	'(?:sensitive|inappropriate|prohibited|harmful|offensive|banned|blocked|disallowed|forbidden|restricted|explicit|illegal|violent|hateful|political|adult|mature|graphic|suggestive|dangerous|objectionable)';
const PLACE = '(?:image|prompt|input|output|content|text|video)s?';
const WAS = '(?:(?:was|were|is|are|has been|have been) )?';

/** Phrases of OpenAI, Azure, Google, Alibaba, ByteDance and Kuaishou, also through gateways. */
const CONTENT_POLICY = anyOf(
	`\\b(?:${TOPIC})\\b`,
	'content[ _-](?:(?:management|security|safety)[ _-])?polic(?:y|ies)|\\bcontent security\\b',
	'people-in-user-uploads',
	'\\bviolat\\w+\\b.{0,80}\\b(?:polic|guideline|terms|standards)',
	'\\b(?:policy|guideline|standards|prompt|content)s? violation|\\b(?:IP|ToS) (?:violation|infring)',
	'\\b(?:usage|acceptable use) polic|\\b(?:community|usage|content) (?:guidelines|standards)',
	`\\b${PLACE} ${WAS}(?:filtered|prohibited|blocked by(?! (?:the )?(?:robots|firewall|proxy)))`,
	`\\b(?:content|prompt) (?:that )?${WAS}(?:blocked|not (?:allowed|permitted)(?! (?:to|for|with|when|in|without)\\b))|(?:content|prompt) (?:is|was)n't (?:allowed|permitted)|\\bcontent ${WAS}(?:filter|rejected|check|risk)`,
	'(?<!\\baccount (?:was |is |has been )?)\\bflagged(?! as (?:duplicate|failed|complete)| for retry)',
	'\\b(?:person|people|face) generation is not (?:allowed|permitted)|\\bgeneration of (?:people|persons|faces|children|minors)\\b',
	'\\bprompt could not be submitted\\b|\\bwords? (?:that (?:is|are) )?not (?:allowed|permitted)\\b|\\bnot (?:allowed|permitted) words?\\b',
	'\\b(?:denied|blocked|rejected|refused) (?:by|due to|because of|for) (?:our |the |its )?polic',
	`\\b${UNSAFE} (?:(?:image|text|video|audio) )?(?:content(?![- ](?:type|length|encoding))|words?|terms?|prompts?|information|material|faces?)|\\bdeemed ${UNSAFE}`,
	'\\b(?:illegal|risk) detect|\\b(?:prompt|content|image) is illegal\\b|\\brefused to (?:generate|create)\\b',
	'\\bfaces?\\b[^.]{0,30}\\bnot (?:allowed|permitted)|\\buploading faces\\b|\\bphoto-?realistic (?:people|persons?|humans?|faces?)',
	"(?:\\bfailed|(?:\\bnot|n't) pass(?:ed)?|\\b(?:rejected|blocked|refused) by)\\b[^.]{0,30}\\b(?:audit|review|inspection)\\b",
	'\\baudit (?:submit )?(?:illegal|failed|failure|rejected|not passed)|\\binspection failed',
	// A code or a status that is only this word.
	'^(?:blocked|violation|sensitive)$',
	// Google's codes, and the numbers that it adds to each filtered video.
	'\\bPUBLIC[_ ]ERROR[_ ](?:PROMINENT|MINOR|UNSAFE|SEXUAL|VIOLEN|CRIMINAL|CHILD|HARMFUL|DANGER|SAFETY|AUDIO[_ ]FILTERED|IP[_ ]|DECEPTIVE|HATE)',
	'\\bsupport codes?: \\d{6,}',
	'敏感|[违違][规規禁]|[审審][核查]|不[适適][当當]|不[当當](?:[内內]容|信息|言[论論]|[词詞])|不合[规規]|不安全|(?:内|內)容安全|涉[黄黃政暴]|政治|色情|裸露|[风風]控|屏蔽',
	'未成年|名人|真人|真实人物|写实人物|版[权權]|[含包]有?人[脸臉]|(?:违反|不符合)[^。]{0,30}(?:政策|规定|准则|规范)',
	'センシティブ|不適切|(?:ポリシー|ガイドライン|安全基準|利用規約)に?違反|부적절|(?:정책|가이드라인)[을를]? ?위반|richtlinie|модераци',
);

/** A moderation that did not work, rules of another kind, and values of a wrong shape. */
const NO_VERDICT = new RegExp(
	[
		'\\b(?:moderation|safety)(?: \\w+)? (?:(?:is|was|could|has|not|be) )*(?:unavailable|unreachable|timed out|time-?out|reached|not available|failed to (?:load|start|respond))\\b',
		"\\b(?:error|fail\\w*|unable|(?:could|can) ?not|couldn't|can't)(?: to)? (?:while )?(?:reach|call|run|contact|connect|load|perform|execute|start)\\w* (?:[\\w-]+ ){0,3}?(?:moderation|safety)(?: \\w+)?",
		'(?:moderation|safety)(?: check| review)? (?:has )?passed',
		"(?<!not |n't |to )\\bpass(?:ed|es) (?:the |our )?(?:content )?(?:moderation|safety)(?: check| review)?",
		'\\b(?:accept|agree)\\w* (?:to )?(?:the |our )?(?:usage|content|acceptable use) polic\\w+',
		'(?<!content )\\b(?:retention|rotation|network|password|access|security|quota) polic(?:y|ies) violations?(?! (?:in|of) the prompt)',
		'(?:尺寸|参数|格式|比例|分辨率|大小|时长|宽高比|长度)[^，。]{0,4}(?:不合规|不符合[^，。]{0,6}(?:规定|规范|要求))',
	].join('|'),
	'gi',
);

/** Reports whether one of the texts says that a moderation refused the content. */
export function meansModeration(texts: string[]): boolean {
	return matches(
		texts.map((text) => text.replace(NO_VERDICT, ' ')),
		CONTENT_POLICY,
	);
}
