import { plainText } from '../cell';
import { numberInText } from '../numbers';
import { isNameOf } from './sceneNames';

/** Durations of scenes, and their times in the whole video. */

/** A duration, or the time in the whole video. */
export interface Span {
	start?: number;
	end: number;
}

/** Longer text is no duration. Expressions would take long for it. */
export const MAX_LENGTH = 80;
/** A longer time is not that of a scene. */
const MAX_SECONDS = 600;
/** `(2m)` may be meters. */
const METERS = /\dm$/i;
/** A name and a value: `Duration: 4s`, `Dauer (Sekunden) – 4`. */
export const NAMED =
	/^(\p{L}[\p{L} ]{0,24}?(?:\s*\([^()]*\))?)[\s*_]*(?:[:：=]|\s[-–—]\s)[\s*_]*(.*)$/u;

/** Returns a duration, `4s`, or the time in the whole video, `0-4s` and `0:04-0:08`. */
export function spanIn(given = ''): Span | undefined {
	if (given.length > MAX_LENGTH) return undefined;
	const inside = given
		.trim()
		.replace(/^(?:~|≈|ca\.?|approx\.?|about|from|de|von|约|約)\s*/i, '')
		.replace(/^sec(?:ond)?s?\.?\s+(\d.*\d)$/i, '$1 s');
	const unit = /\p{L}+\.?$/u.exec(inside)?.[0] ?? '';
	const parts = inside.split(/\s*(?:-{1,2}>|→|[-–—~〜～])\s*|\s+(?:to|bis|a|à)\s+/);
	const [one, other] = parts.map((part) =>
		numberInText(plainText(/[\p{L}:]/u.test(part) ? part : part + unit), 'seconds'),
	);
	if (one === undefined || parts.length > 2 || METERS.test(inside)) return undefined;
	if (parts.length === 1)
		return unit !== '' && one > 0 && one <= MAX_SECONDS ? { end: one } : undefined;
	const isTime = /[\p{L}:]/u.test(inside) && other !== undefined;
	return isTime && other > one && other - one <= MAX_SECONDS
		? { start: one, end: other }
		: undefined;
}

/** Returns the same also behind its name: `Duration: 4s`. */
export function namedSpanIn(text = ''): Span | undefined {
	const [, name = '', value] = NAMED.exec(text.trim().slice(0, MAX_LENGTH)) ?? [];
	// `Duration: 0:04` is no position in the video.
	const clock = isNameOf(name, 'seconds') && /^\d{1,2}:\d\d$/.test(value);
	if (clock) return { end: numberInText(value, 'seconds') ?? 0 };
	return spanIn(isNameOf(name, 'seconds', 'time') ? value : text);
}

/** Returns the seconds that a duration or a time takes. */
export const lengthOf = ({ start = 0, end }: Span) => end - start;

/**
 * Returns the durations of scenes in turn. A time that does not follow the one before is returned as text, which is refused:
 * `4-6s` in each scene is no duration.
 */
export function secondsOf(times: Array<Span | undefined>): Array<number | string | undefined> {
	let end = 0;
	return times.map((time) => {
		if (!time) return undefined;
		const { start = end } = time;
		// `(0-3s)` and `(4-7s)` have a gap of a second.
		const follows = start === end || (end > 0 && start === end + 1);
		end = start + lengthOf(time);
		return follows ? lengthOf(time) : `${start}-${end}s`;
	});
}
