import { plainText } from './cell';
import { numberInText } from './numbers';

/** What stands in brackets at a heading of a scene: its duration, or its time in the video. */

/** The line above a scene, or beside its text. */
export interface Heading {
	line: number;
	label: string;
	number: string;
	/** What stands behind the number. */
	rest: string;
	/** Without a number it is only a heading if it has a text below. */
	needsText?: boolean;
}

const SIGNS_ONLY = /^(?:\s*(?:\/|of)\s*\d+)?[\s\])*_:：.—–=-]*$/;
const BRACKETS = String.raw`[([]([^()[\]]*)[)\]]`;
const BEHIND_NUMBER = new RegExp(
	String.raw`^(?:\s*(?:/|of)\s*\d+)?[\s\])*_:：.—–=-]*${BRACKETS}`,
	'u',
);
const AT_END = new RegExp(String.raw`${BRACKETS}[\s*_:：=—–-]*$`, 'u');
/** Nothing, or a line that closes a scene. */
export const CLOSES = /^[\s*_=—-]*$/;

/** Whether a heading has no title. */
export function isAlone({ rest }: Heading): boolean {
	const [all = '', inside] = BEHIND_NUMBER.exec(rest) ?? [];
	return SIGNS_ONLY.test(spanIn(inside) ? rest.slice(all.length) : rest);
}

/** Returns the title of a heading without its markup and its duration. */
export function plainTitle(title: string): string {
	const [end = '', inside] = AT_END.exec(title) ?? [];
	const text = spanIn(inside) ? title.slice(0, title.length - end.length) : title;
	return text.replace(/^[*_]+|[*_]+$/g, '').trim();
}

/** Returns the duration of each scene. `(4-6s)` is only the time of a scene if the one before ends at 4. */
export function durationsOf(headings: Heading[], rows: string[][]): Array<number | undefined> {
	let end = 0;
	return headings.map(({ rest, number }, index) => {
		const hasText = rows[index].slice(1).some((line) => !CLOSES.test(line));
		const behind = number === '' ? undefined : spanIn(BEHIND_NUMBER.exec(rest)?.[1]);
		const span = behind ?? (hasText ? spanIn(AT_END.exec(rest)?.[1]) : undefined);
		if (!span || (span.start !== undefined && span.start !== end)) return undefined;
		const start = end;
		end = span.start === undefined ? start + span.end : span.end;
		return end - start;
	});
}

/** A longer time is not that of a scene. */
const MAX_SECONDS = 600;
/** `(2m)` may be meters. */
const METERS = /\dm$/i;

/** Returns what brackets say: a duration, `(4s)`, or the time in the whole video, `(0-4s)` and `[0:04-0:08]`. */
function spanIn(inside = ''): { start?: number; end: number } | undefined {
	const unit = /\p{L}+\.?$/u.exec(inside)?.[0] ?? '';
	const [one, other, ...more] = inside
		.split(/\s*[-–—]\s*/)
		.map((part) => numberInText(plainText(/[\p{L}:]/u.test(part) ? part : part + unit), 'seconds'));
	if (one === undefined || more.length > 0 || METERS.test(inside)) return undefined;
	if (!/[-–—]/.test(inside)) return unit !== '' && one <= MAX_SECONDS ? { end: one } : undefined;
	const isTime = /[\p{L}:]/u.test(inside) && other !== undefined;
	return isTime && other > one && other - one <= MAX_SECONDS
		? { start: one, end: other }
		: undefined;
}
