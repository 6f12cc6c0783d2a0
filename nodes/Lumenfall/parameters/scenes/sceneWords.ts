import { part } from '../../errors/textPatterns';

/**
 * Words of a storyboard in text, in several languages: what begins a scene without a number, and what is no scene. To add a
 * word, add it to the row of its meaning and language.
 */

/** Whether a line has a text. Without one it is empty, or closes a scene: `---`, `***`, `===`. */
export const hasText = (line: string) => !/^[\s*_=—-]*$/.test(line);

/** Whether a row is only drawn, between scenes or around the head of a table: `---`, `####`, `|:--|`, `~~~`. */
export const isDrawn = (row: string) => /^[\s*_=#|:~-]*$/.test(row);

/** Words of headings that certainly count scenes. */
export const MEANS_SCENE =
	/(?:^|\s)(?:scenes?|shot|clip|szene|sc[eè]ne|escena|cena|scena|scène|kohtaus|сцена|кадр|المشهد|مشهد)$|场景|場景|镜头|鏡頭|分镜|シーン|장면/u;

/** `1` or `Scene 1`. */
export const COUNTED_NAME = /^(?:\p{L}{1,12}\s*)?#?(\d{1,2})[.)]?$/u;

/** The noun in `final scene`, `Opening shot`. */
const NOUN = part(
	'scene|shot|clip|image|frame|sequence|hook|title|card|szene|bild|einstellung|escena|toma|plano',
	'cena|tomada|scène|plan|séquence|scena|inquadratura|сцена|кадр',
);
const UNCOUNTED = part(
	'hook|intro|opening|opener|cold open|teaser|prologue?|outro|ending|closing|finale|epilogue?|cta',
	`call[ -]to[ -]action|(?:final|last|end) ${NOUN}`,
	'eröffnung|einstieg|aufhänger|schluss|abspann|(?:eröffnungs|schluss|end)(?:szene|bild)',
	'(?:letzte|finale|abschließende) szene|handlungsaufforderung',
	'gancho|apertura|cierre|prólogo|epílogo|llamad[ao] a la acción|abertura|encerramento',
	"chamada (?:para (?:a )?|à )ação|accroche|ouverture|clôture|épilogue|appel à l[’']action|chiusura",
	`${NOUN} (?:final|finale|inicial|de (?:apertura|cierre|abertura|fin)|d[’']ouverture)`,
	'开场|片头|开头|序幕|结尾|片尾|尾声|行动号召|開場|片頭|結尾|尾聲',
	'オープニング|エンディング|イントロ|アウトロ|フック|プロローグ|エピローグ|ラストシーン',
	'오프닝|엔딩|인트로|아웃트로|프롤로그|에필로그|후크|마지막 장면',
	'вступление|концовка|финал|пролог|эпилог|призыв к действию',
);
const EMOJI = String.raw`\p{Extended_Pictographic}\ufe0f`;
/** What may stand before the word of a heading: `## `, `**`, `- `, `🎬 [`. */
export const MARKUP = String.raw`[\s#*_>•${EMOJI}\[【(=—–-]*`;
/** `Hook`, `Opening shot`. */
const LABEL = `(?:${UNCOUNTED}(?: ${NOUN})?)`;
/** `Hook / Intro`, `Hook and Title`. */
const LABELS = String.raw`(?<label>${LABEL}(?:(?:\s*[/&+]\s*| (?:and|und|y|et|e) )${LABEL})*)`;
/** Nothing, the end of the brackets around the word, or a sign before the text of the scene: `: A boat`, `(3s)`, ` - A boat`. */
const BEHIND_LABEL = String.raw`(?<rest>[\s*_]*(?:$|[\])】].*|[:：([【|—–].*|-\s.*))`;
const UNCOUNTED_HEADING = new RegExp(`^${MARKUP}${LABELS}${BEHIND_LABEL}$`, 'iu');

/**
 * Returns the word and the rest of a line that begins a scene without a number: `Hook: …`, `## Outro`. Beside counted scenes any other
 * row is a part of a scene, or is left out, so that nothing unclear is paid for.
 */
export function uncountedIn(line: string): { label: string; rest: string } | undefined {
	const groups = UNCOUNTED_HEADING.exec(line)?.groups;
	return groups && { label: groups.label, rest: groups.rest };
}

/** Whether a text only names a scene: `Scene 1`, `Intro`. */
export const isNameOfScene = (text: string) =>
	COUNTED_NAME.test(text) || uncountedIn(text)?.rest.trim() === '';

const BEFORE_WORDS = new RegExp(String.raw`^[\s#*_>•"“([{${EMOJI}-]+`, 'u');
/** Tells whether a row begins with one of these phrases, behind the markup before its first word. */
const beginsWith = (...phrases: string[]) => {
	const begin = new RegExp(`^${part(...phrases)}`, 'iu');
	return (row: string) => begin.test(row.replace(BEFORE_WORDS, ''));
};

const SUBJECT = part(
	'all (?:scenes|shots)|title|style|tone|mood|genre|theme|format|storyboard|concept|logline|platform|notes?|tips?|music',
	'sound(?:track)?|audio|aspect ratio|resolution|caption|hashtags|titel|stil|musik|hinweise?|título',
	'estilo|música|notas?|titre|musique|titolo|stile|标题|標題|风格|音乐|音樂|备注|備註|注意|メモ|備考|タイトル|音楽|スタイル|제목|음악',
);

/** Whether a line is about all scenes, or about their sound: `Style: noir`, `Background music: piano`, `**Notes:**`. */
export const isAboutAll = beginsWith(
	String.raw`(?:(?:overall|background|production|general|visual|video|technical|director[’']?s) )?${SUBJECT}(?: for [^:：]{1,40})?[\s*_]*(?:[:：]|$)`,
);

/** What an agent offers below its scenes: `Would you like a third scene?`. */
const OFFERS = part(
	String.raw`let me know|feel free to|(?:would you like|do you want|want me to)\b[^?]*\?\W*$|shall i |should i |just let me`,
	"if you(?:[’']d| would|[’']re| want| need)|(?:i )?hope (?:this|these) help",
	String.raw`(?:these (?:scenes|prompts|shots|clips)|this (?:storyboard|script))\b`,
	'sag(?:t|en sie)? (?:mir|gerne?|bescheid)|lass(?:t|en sie)? (?:es )?mich|möchte(?:st du|n sie)|soll ich',
	'¿(?:quieres|te gustaría|deseas)|avísame|dime si|si quieres|si deseas|espero que',
	"dis-moi|dites-moi|souhaite[sz]|veux-tu|voulez-vous|n[’']hésite[sz]?|me avise|quer que|gostaria|se quiser",
	'如果(?:你|您|需要)|(?:需要|要)我|希望(?:这|對|对)|いかがでしょう|원하시면|필요하시면',
	'(?:ご希望|修正|変更|調整).{0,20}(?:お知らせ|ください|教えて)',
);

/** `THE END`, `FADE OUT.`, and what no scene should show. */
const ENDS = part(
	String.raw`(?:the )?end(?: of (?:the )?(?:storyboard|script|video|film))?\W*$|(?:fin|ende|fim|完|終わり|终|끝)\W*$`,
	String.raw`(?:fade|cut|dissolve) (?:out|to black)\W*$|negative[ _-]prompts?\b`,
);

/** `Total: 12s`, `Estimated total length is 12 seconds`, `Gesamtdauer: 12 Sekunden`. */
const TOTALS = part(
	String.raw`(?:(?:estimated|approx\w*\.?|overall|video|full) )*total(?: (?:video|running|screen))?(?: (?:duration|length|time|runtime|seconds|scenes|shots))?[\s*_]*(?:[:：=]|\d|is\b)`,
	String.raw`(?:gesamt\p{L}*|(?:duración|duração|durata|durée) (?:total|totale)|tiempo total)[\s*_]*[:：]`,
	String.raw`(?:总时长|總時長|总计|合計(?:時間)?|総時間|合计|총 ?(?:길이|시간))[\s*_]*[:：]`,
);

const isClosingPhrase = beginsWith(OFFERS, ENDS, TOTALS);
const HASHTAGS = /^\s*(?:#[\p{L}\p{N}_]+\s*)+$/u;

/** Whether a row below the scenes is none of them: the words of an agent, a sum, the end of the film. */
export const isClosing = (row: string) => isClosingPhrase(row) || HASHTAGS.test(row);

/** Whether a row is what an agent says below a list or headings. Alone it may be a scene. */
export const isParting = beginsWith(String.raw`(?:enjoy|viel spaß|¡?disfruta|bonne chance)\W*$`);

const SUM =
	/^(?:total|sum|gesamt|summe|totale|somme|soma|suma|итого|合计|合計|합계)(?: (?:duration|length|time|runtime))?:?$/i;

/** Whether the first cell of a row says that it sums up the others. */
export const isTotal = (cell: string) => SUM.test(cell);

const YES = part(
	'sure thing|sure|of course|certainly|absolutely|got it|okay|ok|great|no problem|alright|perfect',
	"gerne|natürlich|klar|claro|por supuesto|perfecto|bien sûr|d[’']accord|parfait|com certeza|perfeito",
	'here you go|happy to help',
);
const HERE = part(
	"here(?:[’']?s| is| are)|below (?:is|are)|i(?:[’']ve| have)? (?:created|written|made|prepared)",
	'hier (?:ist|sind|kommt)|aquí (?:tienes|está|están|va)|voici|aqui (?:está|estão|vai)',
);
const LIST = part(
	'storyboards?|scenes|prompts|shots|shot list|script|breakdown|szenen|skript|escenas|guion|cenas',
	'roteiro|scènes',
);
/** `Here are the scenes of your film.` */
const HERE_IS_THE_LIST = String.raw`${HERE} .{0,80}\b${LIST}\b.{0,80}`;
/** `以下是您的分镜脚本`, `こちらがストーリーボードです` */
const HERE_IS_THE_LIST_IN_ASIA = part(
	'(?:以下|这是|這是|こちら).{0,30}(?:分镜|分鏡|脚本|腳本|故事板|场景|場景|镜头|鏡頭|提示词|ストーリーボード|シーン|プロンプト).{0,20}',
);
const INTRODUCTION = new RegExp(
	part(
		String.raw`^(?:${YES}(?:[\s,.!—–-]+|$))+(?:${HERE_IS_THE_LIST})?$`,
		`^${HERE_IS_THE_LIST}$`,
		// `My film:`
		String.raw`^[^\n]*[:：][\s*_]*$`,
		String.raw`^(?:(?:好的|当然|當然|はい|承知しました|もちろん)(?:です)?[，,。！!、\s]*)*(?:${HERE_IS_THE_LIST_IN_ASIA})?$`,
	),
	'iu',
);

/** Whether the first row of a text is what an agent says about its scenes. */
export const isIntroduction = (row: string) => INTRODUCTION.test(row.trim());

const TRANSITION =
	/^\s*(?:(?:SMASH|MATCH|JUMP) )?(?:CUT|DISSOLVE|FADE|WIPE)(?: (?:IN|OUT|TO|TO BLACK))?[.:]?\s*$/;

/** Whether a row is the change between two scenes of a screenplay: `CUT TO:`. */
export const isTransition = (row: string) => TRANSITION.test(row);

const PLACE = /^\s*[*_]*(?:\d+\.?\s*)?(?:INT|EXT|I\/E)\b[./ ][^\n]*$/;

/** Whether a row is the heading of a place in a screenplay, `INT. KITCHEN - DAY`. The text of its scene is below. */
export const isSlugline = (row: string) => PLACE.test(row) && row === row.toUpperCase();
