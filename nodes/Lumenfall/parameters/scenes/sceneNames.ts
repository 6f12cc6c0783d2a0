/**
 * The keys and the heads of columns that language models, spreadsheets and other services use for the parts of a scene, in
 * several languages. To add one, add it to the row of its meaning. The more specific a name, the further it stands in front.
 */

const list = (...rows: string[]) => rows.flatMap((row) => row.split(', '));

const NAMES = {
	prompt: list(
		'prompt, visualPrompt, promptText, textPrompt, description, visualDescription',
		'visual, visuals, visuel, 映像',
		'Beschreibung, descripción, descrição, descrizione, omschrijving, beskrivning, beskrivelse, opis, popis, kuvaus',
		'açıklama, описание, опис, 提示词, 描述, 画面, プロンプト, 説明, 프롬프트, 설명, الوصف, विवरण',
	),
	/** These may also be a title, a text on the screen or the kind of a shot. */
	shown: list('scene, text, content, action, shot'),
	/** What a scene shows, too. Alone it is no prompt. */
	around: list('subject, setting, environment, location'),
	seconds: list(
		'seconds, duration, length, secs, sec, dur, runtime, Dauer, Sekunden, Länge, duración, segundos, duração, durata',
		'secondi, durée, secondes, duur, seconden, längd, varighed, varighet, kesto, czas trwania, délka, trvání, hossz, süre',
		'длительность, продолжительность, тривалість, секунды, 秒, 秒数, 时长, 時長, 持续时间, 長さ, 길이, 초, المدة, अवधि',
	),
	/** These may also be the time of the day, or when the scene begins. */
	time: list(
		'time, timing, timestamp, timecode, time code, time range, Zeit, tiempo, temps, tempo, 時間, 时间, 시간, время',
	),
	start: list('start, startTime, startSeconds'),
	end: list('end, endTime, endSeconds'),
	milliseconds: list('durationMs, durationMillis, durationMilliseconds, lengthMs'),
	/** Beside a list. Any other duration there may be a total. */
	secondsEach: list('durationPerScene, secondsPerScene, lengthPerScene, sceneDuration'),
	model: list('model, modelId, Modell, modelo, modèle, modello, модель, 模型, モデル, 모델'),
	image: list(
		'image, imageUrl, firstFrame, firstFrameUrl, startImage, startImageUrl, startFrame, inputImage, initImage',
		'picture, photo, Bild, imagen, imagem, immagine, afbeelding, изображение, 图片, 画像, 이미지',
	),
	aspectRatio: list('aspectRatio, ratio, Seitenverhältnis'),
	/** The list if it is part of an object. */
	list: list('scene, scenes, Szenen, scènes, escenas, cenas, scenas, сцены, 场景, シーン, 장면'),
	/** A list of scenes, or of what one scene shows if it stands beside a prompt. */
	shots: list('shots, clips, segments, storyboard, 分镜'),
	/** A column that counts the scenes. */
	number: list('#, no, nr, number, sceneNumber, Szene, scène, escena, cena, scena, id'),
};

type Part = keyof typeof NAMES;

/** Names that have one meaning. A value under any other name is taken only if it can be that of the part. */
const CLEAR: Partial<Record<Part, string[]>> = {
	seconds: ['seconds', 'duration', 'durationseconds', 'length'],
	image: ['image', 'imageurl', 'firstframe'],
};

/** `Scene prompt`, `property_duration`. */
const NOUN_BEFORE = /^(?:scene|szene|shot|clip|video|property|estimated)(?=.)/;
/** `Duration Seconds`, `duration_in_seconds`. */
const UNIT_BEHIND = /(?:in)?(?:seconds?|secs?|s|sekunden|segundos|secondes)$/;
/** `Duration (s)`. */
const BRACKETS_BEHIND = /\(.*\)/s;

/** A longer text is no name. The expression for brackets would take long for it. */
const MAX_NAME = 60;

/** Returns the letters that names are compared by: `Duration_Seconds`, `durationSeconds` and `duration seconds` are the same. */
function lettersOf(key: string): string {
	if (key.length > MAX_NAME) return '';
	return key
		.replace(BRACKETS_BEHIND, '')
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}#]/gu, '');
}

const KNOWN = Object.fromEntries(
	Object.entries(NAMES).map(([part, names]) => [part, names.map(lettersOf)]),
) as Record<Part, string[]>;

/** Returns the position of a key among the names of a part. Undefined if it is none of them. */
function rankOf(key: string, part: Part): number | undefined {
	const whole = lettersOf(key);
	const noun = whole.replace(NOUN_BEFORE, '');
	const forms = part === 'seconds' ? [whole, noun, noun.replace(UNIT_BEHIND, '')] : [whole, noun];
	return forms.map((form) => KNOWN[part].indexOf(form)).find((rank) => rank >= 0);
}

/**
 * Returns the values under the names of a part, the most specific name first.
 * @param isUsable tells for a value under a name of several meanings whether it can be that of the part
 */
export function valuesOf(
	record: Record<string, unknown>,
	part: Part,
	isUsable: (value: unknown) => boolean = () => true,
): unknown[] {
	return Object.keys(record)
		.map((key) => ({ key, rank: rankOf(key, part) ?? -1 }))
		.filter(({ rank }) => rank >= 0)
		.filter(({ key }) => CLEAR[part]?.includes(lettersOf(key)) || isUsable(record[key]))
		.sort((one, other) => one.rank - other.rank)
		.map(({ key }) => record[key]);
}

/** Returns the values under the names of these parts, in the order of the record. */
export function valuesInOrder(record: Record<string, unknown>, ...parts: Part[]): unknown[] {
	return Object.keys(record)
		.filter((key) => isNameOf(key, ...parts))
		.map((key) => record[key]);
}

/** Whether a text is the head of a column with this part of a scene, or with any part. */
export function isNameOf(text: string, ...parts: Part[]): boolean {
	const all = parts.length > 0 ? parts : (Object.keys(NAMES) as Part[]);
	return text !== '' && all.some((part) => rankOf(text, part) !== undefined);
}
