import { plainText } from '../cell';
import { numberInText } from '../numbers';
import { isNameOf } from './sceneNames';

/** Durations of scenes and times in the whole video, as words: on their own, behind a name, and for all scenes. */

/** A duration, or the time in the whole video. */
export interface Span {
	start?: number;
	end: number;
}

/** Returns the seconds that a duration or a time takes. */
export const lengthOf = ({ start = 0, end }: Span) => end - start;

/** Longer text is no duration. Expressions would take long for it. */
export const MAX_LENGTH = 80;
/** A longer time is not that of a scene. */
const MAX_SECONDS = 600;
/** `~4s`, `about 4 seconds`, `from 0 to 4 s`. */
const ABOUT = /^(?:~|≈|ca\.?|approx\.?|about|from|de|von|약|约|約)\s*/i;
/** `Seconds 0-4`. */
const UNIT_BEFORE = /^sec(?:ond)?s?\.?\s+(\d.*\d)$/i;
/** `4 s`, `4 seconds`, `4秒`. */
const UNIT_BEHIND = /\p{L}+\.?$/u;
/** `(2m)` may be meters. */
const METERS = /\dm$/i;
/** `0-4s`, `0:00 --> 0:04`, `0 to 4 s`. */
const BETWEEN_TIMES = /\s*(?:-{1,2}>|→|[-–—~〜～])\s*|\s+(?:to|bis|a|à)\s+/;
const HAS_UNIT_OR_CLOCK = /[\p{L}:]/u;

/** Returns a duration, `4s`, or the time in the whole video, `0-4s` and `0:04-0:08`. */
export function spanIn(given = ''): Span | undefined {
	if (given.length > MAX_LENGTH) return undefined;
	const words = given.trim().replace(ABOUT, '').replace(UNIT_BEFORE, '$1 s');
	if (METERS.test(words)) return undefined;
	const times = words.split(BETWEEN_TIMES);
	if (times.length === 1) return durationIn(words);
	return times.length === 2 && HAS_UNIT_OR_CLOCK.test(words)
		? timeBetween(times, words)
		: undefined;
}

const secondsIn = (words: string) => numberInText(plainText(words), 'seconds');

function durationIn(words: string): Span | undefined {
	const end = secondsIn(words);
	const isDuration = end !== undefined && end > 0 && end <= MAX_SECONDS;
	return isDuration && UNIT_BEHIND.test(words) ? { end } : undefined;
}

/** In `0-4s` the unit stands for both numbers. */
function timeBetween(times: string[], words: string): Span | undefined {
	const [unit = ''] = UNIT_BEHIND.exec(words) ?? [];
	const [start, end] = times.map((time) =>
		secondsIn(HAS_UNIT_OR_CLOCK.test(time) ? time : time + unit),
	);
	if (start === undefined || end === undefined) return undefined;
	return end > start && end - start <= MAX_SECONDS ? { start, end } : undefined;
}

/** A name and a value: `Duration: 4s`, `Dauer (Sekunden) – 4`. */
const NAMED =
	/^(?<name>\p{L}[\p{L} ]{0,24}?(?:\s*\([^()]*\))?)[\s*_]*(?:[:：=]|\s[-–—]\s)[\s*_]*(?<value>.*)$/u;
/** `Duration: 0:04` is no position in the video. */
const CLOCK = /^\d{1,2}:\d\d$/;

/** Returns a duration or a time, also behind its name: `Duration: 4s`. */
export function namedSpanIn(text = ''): Span | undefined {
	const { name = '', value = '' } = NAMED.exec(text.trim().slice(0, MAX_LENGTH))?.groups ?? {};
	if (isNameOf(name, 'seconds') && CLOCK.test(value)) return { end: secondsIn(value) ?? 0 };
	return spanIn(isNameOf(name, 'seconds', 'time') ? value : text);
}

/** What may stand around a line: `- **`, `⏱️ `, `**.`. */
const AROUND_LINE = /^[\s*_>•#–\p{Extended_Pictographic}\ufe0f-]+|[\s*_.。]+$/gu;
const IN_BRACKETS = /^[([]([^()[\]]*)[)\]]$/;
/** Behind these names, any words are meant to be a duration. */
const IS_CLEAR_NAME = /^(?:seconds|duration)$/i;

/** Whether a line is nothing but a duration: `- **Duration:** 4 seconds`, `(0-4s)`. Its span is absent if it cannot be read. */
export function fieldIn(line: string): { span?: Span } | undefined {
	if (line.length > MAX_LENGTH) return undefined;
	const plain = line.replace(AROUND_LINE, '').replace(IN_BRACKETS, '$1').replace(/[*_]+/g, '');
	const span = namedSpanIn(plain);
	const { name = '', value = '' } = NAMED.exec(plain)?.groups ?? {};
	const isMeant = isNameOf(name, 'seconds') && (/\d/.test(value) || IS_CLEAR_NAME.test(name));
	return span || isMeant ? { span } : undefined;
}

/** `4`, `4.5`, `0:04`, `00:00:04`. */
const TIME = String.raw`\d{1,3}(?:[.,:]\d{1,2}){0,2}`;
/** `4s`, `4 seconds`, `4-second`, `4 sec.`. */
const WITH_UNIT = String.raw`${TIME}[\s-]?\p{L}{1,12}\.?`;
const TO = String.raw`\s*(?:-{1,2}>|→|[-–—~〜～]|to|bis|à|a)\s*`;
/** `0-4s`, `0s to 4s`, `0:00 – 0:04`. */
const RANGE = String.raw`${TIME}(?:[\s-]?\p{L}{1,12})?${TO}(?:${WITH_UNIT}|${TIME})`;
/** A duration or a time within a text, without brackets around it: `~4s`, `sec 0-4`. */
export const BARE = String.raw`(?:~|[Ss]ec(?:ond)?s?\.?\s+)?(?:${RANGE}|${WITH_UNIT})`;

const IN_ALL = [
	// `5 seconds each`, `5 Sekunden pro Szene`
	String.raw`(${BARE})\s+(?:each|per (?:scene|shot|clip)|pro szene|por escena|por cena|par scène)`,
	// `Each scene: 5 seconds`
	String.raw`(?:each|per) (?:scene|shot|clip)\b[^\d\n]{0,20}(${BARE})`,
];
const EACH = new RegExp(IN_ALL.join('|'), 'iu');

/** Returns the duration of all scenes in the lines above them: `Here are 3 scenes, 5 seconds each:`. */
export function spanOfEach(lines: string[]): Span | undefined {
	const found = lines.map((line) => EACH.exec(line.slice(0, 3 * MAX_LENGTH))).find(Boolean);
	const span = namedSpanIn(found?.[1] ?? found?.[2]);
	return span?.start === undefined ? span : undefined;
}
