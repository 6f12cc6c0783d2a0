import { anyOf } from './textPatterns';

/**
 * What servers say in other languages than English about a refused content, group by group. Most sentences are the
 * translation of a usual English one: "your prompt violates our usage policies". `textPatterns.ts` says how to add one.
 *
 * The rules of a server are also about payments, quotas and values. So `our rules` count only as what was violated, and
 * rules of content count in any sentence.
 */

const CHINESE = anyOf(
	/敏感/,
	/[违違][规規禁]/,
	/(?:违反|不符合)[^。]{0,30}(?:政策|规定|准则|规范)/,
	/不合[规規]/,
	/[审審][核查]/,
	/[风風]控/,
	/屏蔽/,
	/不[适適][当當]/,
	/(?:内容|內容|图片|提示词)[违違]法/,
	/不(?:[当當]|[适適]宜)(?:[内內]容|信息|言[论論]|[词詞])/,
	/不安全|[内內]容安全/,
	/涉[黄黃政暴]/,
	/侵权/,
	/政治/,
	/色情|裸露/,
	/未成年/,
	/名人/,
	/真人|真实人物|写实人物/,
	/[含包]有?人[脸臉]/,
	/版[权權]/,
);

const JAPANESE = anyOf(
	/センシティブ/,
	/不適切/,
	/セーフティ|安全フィルター/,
	/(?:ポリシー|ガイドライン|安全基準|利用規約)に?違反/,
);

const KOREAN = anyOf(/부적절/, /(?<![가-힣])유해(?:한|성| )/, /(?:정책|가이드라인)[을를]? ?위반/);

const RUSSIAN = anyOf(
	/модераци/,
	/наруш[а-я]+ (?:наш[а-я]+ )?(?:политик|правил)[а-я]* (?:контента|использования(?! API)|сообщества|безопасности)/,
	/запрещ[её]нн[а-я]+ контент/,
);

const SPANISH_RULES = 'pol[ií]ticas?|normas|directrices|pautas|reglas|condiciones|t[eé]rminos';
const SPANISH = anyOf(
	String.raw`\b(?:infrin[gj]|viol|incumpl|no cumpl|contrari)[^.]{0,60}\b(?:nuestr[ao]s?|sus) (?:${SPANISH_RULES})`,
	String.raw`\b(?:infrin[gj]|viol|incumpl|no cumpl|contrari)[^.]{0,60}\b(?:${SPANISH_RULES}) de (?:uso|servicio|OpenAI|Google)`,
	/\b(?:pol[ií]ticas?|normas|directrices|pautas|reglas) (?:de (?:uso|contenidos?|seguridad)|(?:de (?:la )?)?comunidad|comunitarias)/,
	/(?<!tipo de )\bcontenidos? (?:inapropiad|inadecuad|sensible|expl[ií]cit|prohibid|ofensiv|da[ñn]in|violent|bloquead|no permitid|no apt)/,
	/\bpalabras? (?:prohibid|no permitid|sensible)/,
	/\b(?:bloque|rechaz|filtr)\w+ por [^.]{0,20}(?:sistema|filtro)s? de (?:seguridad|contenidos?)/,
	/\bfiltros? de contenidos?\b/,
	/\bmoderaci[oó]n\b/,
	/\bmenor(?:es)? de edad\b/,
	/\bdesnud(?:ez|os?)\b/,
	/\bpersonas reales\b/,
	/\bderechos de autor\b/,
);

const PORTUGUESE_RULES = 'pol[ií]ticas?|normas|diretrizes|regras|condi[cç][oõ]es|termos';
const PORTUGUESE = anyOf(
	String.raw`\b(?:viol|infring|descumpr|contrari)[^.]{0,60}\b(?:noss[ao]s?|suas) (?:${PORTUGUESE_RULES})`, // Google Flow
	String.raw`\b(?:viol|infring|descumpr|contrari)[^.]{0,60}\b(?:${PORTUGUESE_RULES}) d[ea] (?:uso|servi[cç]o|OpenAI|Google)`,
	/\b(?:pol[ií]ticas?|normas|diretrizes|regras) d[ea] (?:uso|conte[uú]dos?|seguran[cç]a|comunidade)/,
	/(?<!tipo de )\bconte[uú]dos? (?:inapropriad|inadequad|impr[oó]pri|sens[ií]ve|expl[ií]cit|proibid|ofensiv|violent|bloquead|n[aã]o permitid)/,
	/\bpalavras? (?:proibid|n[aã]o permitid|sens[ií]ve)/,
	/\b(?:bloque|rejeit|recus|filtr)\w+ p(?:or|el[ao]s?) [^.]{0,20}(?:sistema|filtro)s? de (?:seguran[cç]a|conte[uú]do)/,
	/\bfiltros? de conte[uú]dos?\b/,
	/\bmodera[cç][aã]o\b/,
	/\bmenor(?:es)? de idade\b/,
	/\bnudez\b/,
	/\bpessoas reais\b/,
	/\bdireitos autorais\b/,
);

const FRENCH_RULES = 'r[eè]gles|politiques?|directives|consignes|conditions|normes|charte';
const FRENCH_USE = String.raw`(?:d['’]utilisation|de (?:contenus?|s[eé]curit[eé]|mod[eé]ration)|(?:de la )?communaut(?:é|aires?))`;
const FRENCH = anyOf(
	String.raw`\b(?:viol|enfrei|contrevien|contraire|ne respecte)[^.]{0,60}\b(?:nos|notre|ses) (?:${FRENCH_RULES})`,
	String.raw`\b(?:${FRENCH_RULES}) ${FRENCH_USE}`,
	/(?<!type de )\bcontenus? (?:inappropri|inad[eé]quat|sensible|explicite|interdit|offensant|choquant|violent|bloqu[eé]|non autoris)/,
	/\bmots? (?:interdit|non autoris|sensible)/,
	/(?:bloqu|rejet|refus|filtr)\S{0,4} par [^.]{0,20}(?:syst[eè]me|filtre)s? de (?:s[eé]curit[eé]|contenu)/,
	/\bfiltres? de contenus?\b/,
	/\bmod[eé]ration\b/,
	/\b(?:un|personnes?) mineure?s?\b/,
	/\bnudit[eé]/,
	/\bsexuel/,
	/\bpersonnes r[eé]elles\b/,
	/\bdroits? d['’]auteur\b/,
);

const ITALIAN_RULES = 'norme|politic(?:a|he)|policy|regole|linee guida|condizioni|termini';
const ITALIAN = anyOf(
	String.raw`\b(?:viol|infrang|contrari|non rispett)[^.]{0,60}\b(?:nostr[aei]|sue) (?:${ITALIAN_RULES})`,
	String.raw`\b(?:viol|infrang|contrari|non rispett)[^.]{0,60}\b(?:${ITALIAN_RULES}) (?:di (?:servizio|OpenAI|Google)|d['’]uso)`,
	/\b(?:norme|politic(?:a|he)|policy|regole|linee guida) (?:di (?:utilizzo|sicurezza)|d['’]uso|sui contenuti|(?:della )?comm?unity)/,
	/(?<!tipo di )\bcontenut[oi] (?:inappropriat|inadeguat|sensibil|esplicit|vietat|proibit|offensiv|violent|bloccat|non consentit|non ammess)/,
	/\bparol[ae] (?:vietat|proibit|non consentit|sensibil)/,
	/\b(?:blocc|rifiut|respint|filtr)\w+ d(?:a|al|ai) [^.]{0,20}(?:sistem[ai]|filtr[oi]) (?:di sicurezza|dei contenuti)/,
	/\bfiltr[oi] (?:dei contenuti|di contenuto)\b/,
	/\bmoderazione\b/,
	/\bminorenn[ei]\b/,
	/\bnudit[aà]/,
	/\bsessual/,
	/\bpersone reali\b/,
	/\bdiritt[oi] d['’]autore\b/,
);

const GERMAN = anyOf(
	/richtlinie/,
	/(?:verst(?:ö|oe|o)(?:ß|ss)|verletz)[^.]{0,60}\b(?:unsere[nr]?|die) (?:nutzungsbedingungen|grunds(?:ä|ae)tz|gemeinschafts|community|regeln zu inhalt)/,
	/\b(?:unangemessene|unzul(?:ä|ae)ssige|verbotene|sensible|anst(?:ö|oe)(?:ß|ss)ige|explizite|sexuelle|gewaltverherrlichende)[nrs]? inhalte?(?![a-zäöüß]*typ)/,
	/\b(?:verbotene|unzul(?:ä|ae)ssige)[nrs]? (?:w(?:ö|oe)rter|begriffe?|prompts?)/,
	/sicherheitssystem (?:abgelehnt|blockiert|zur(?:ü|ue)ckgewiesen)/,
	/\binhaltsfilter/,
	/\bminderj(?:ä|ae)hrig/,
	/\bnacktheit/,
	/\breale[nr]? personen\b/,
	/\burheberrecht/,
);

export const LOCAL_MODERATION = anyOf(
	...[CHINESE, JAPANESE, KOREAN],
	...[SPANISH, PORTUGUESE, FRENCH, ITALIAN, GERMAN],
	RUSSIAN,
);

/** Rules about payments, quotas and values. They use the words of the rules of content. */
export const LOCAL_RULES_OF_OTHER_KINDS = anyOf(
	// Chinese
	/(?:尺寸|参数|格式|比例|分辨率|大小|时长|宽高比|长度)[^，。]{0,4}(?:不合规|不符合[^，。]{0,6}(?:规定|规范|要求))/,
	// Spanish and Portuguese
	/\b(?:pol[ií]ticas?|normas|reglas|regras|t[eé]rmos|t[eé]rminos|condiciones|condi[cç][oõ]es) d[eo]s? (?:pag|cuota|cota|facturaci|fatura|cobran|reembols|contrase|senha|acces|acess|red\b|rede\b|retenci|reten[cç])/,
	// French
	/\b(?:r[eè]gles|politiques?|conditions) (?:de |d['’])(?:paiement|facturation|remboursement|quotas?|acc[eè]s|r[eé]seau|mots? de passe|conservation)/,
	// Italian
	/\b(?:norme|politic(?:a|he)|policy|regole|condizioni) (?:di |sulle |d['’]|sui )(?:pagament|fatturazion|rimbors|quot[ae]|access|rete\b|password|conservazion)/,
	// German
	/\b(?:zahlungs|abrechnungs|erstattungs|kontingent|quoten|zugriffs|netzwerk|passwort|kennwort|aufbewahrungs)-?richtlinien?/,
);
