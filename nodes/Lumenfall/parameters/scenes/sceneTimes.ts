import { fieldIn, lengthOf, spanOfEach, type Span } from './sceneSpans';
import { textOf, timed, type SceneRow, type Timed } from './statedTimes';

/** The durations of all scenes together: one scene may show what the words of another one mean. */

/** A scene in a text. */
export interface TextScene {
	prompt: string;
	seconds?: number;
	/** Words for a duration that cannot be read. They are refused. */
	unreadDuration?: string;
}

/**
 * Returns the scenes with the durations that they state, and without the words for them.
 * @param before the lines above the first scene
 * @param areCounted whether the rows are below headings or in a list, not paragraphs or lines
 */
export function timedScenes(
	rows: SceneRow[],
	before: string[],
	areCounted: boolean,
): Array<string | TextScene> {
	if (rows.length === 0) return [];
	const all = withDoubts(rows.map(timed), areCounted);
	const times = timesOf(all);
	const each = spanOfEach(before);
	const durations = secondsOf(times.map((time) => time ?? each));
	const unreadAll = unreadOfAll(rows, before, each ? [...times, each] : times);
	return all.map(({ text, unread = unreadAll, edge }, index) => {
		const prompt = edge && times[index] ? edge.others : text;
		const seconds = durations[index];
		if (unread !== undefined) return { prompt, unreadDuration: unread };
		if (typeof seconds === 'string') return { prompt, unreadDuration: seconds };
		return seconds === undefined ? prompt : { prompt, seconds };
	});
}

/**
 * Marks durations that may not be those of their rows. `Duration: 12s` below the last scene may be the total. A paragraph with such
 * a line may be a part of a scene, if another one has none.
 */
function withDoubts(rows: Timed[], areCounted: boolean): Timed[] {
	if (rows.every(({ field }) => field !== undefined)) return rows;
	return rows.map((row, index) => {
		const isTotal = index === rows.length - 1 && row.isBelow === true;
		return isTotal || !areCounted ? { ...row, unread: row.unread ?? row.field } : row;
	});
}

const MINUTE = 60;

/** Returns the time of each row. What stands at the edge of a text is one if it is clear, or if all rows have one. */
function timesOf(rows: Timed[]): Array<Span | undefined> {
	const areSure =
		rows.every(({ span, unread, edge }) => span ?? unread ?? edge) &&
		!rows.every(({ edge }) => edge?.isAge) &&
		// `7:00-8:00` is a time of the day.
		(rows[0].edge?.span.start ?? 0) < MINUTE;
	let end = 0;
	return rows.map(({ span, edge }) => {
		const start = edge?.span.start;
		const isClear = start === undefined ? edge?.isClear : start === end;
		const time = edge && (areSure || isClear) ? edge.span : span;
		end = endOf(time, end);
		return time;
	});
}

/** Returns the end of a scene in the video. A duration begins at the end of the scene before. */
const endOf = (time: Span | undefined, before: number) =>
	time?.start === undefined ? before + (time?.end ?? 0) : time.end;

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

/** `[0s] A boat` above `[4s] The sea`: the length of the last scene is unknown. */
const STAMP = /^[\s*_[(:：|–—-]*0{1,2}(?:(?::00)+|\s?s(?:ec\w*)?)\b/;
/** `A boat | 4`. */
const WITHOUT_UNIT = /[|,;]\s*\d{1,2}\s*$/;

/** Returns words for the durations of all scenes that cannot be read. */
function unreadOfAll(
	rows: SceneRow[],
	before: string[],
	times: Array<Span | undefined>,
): string | undefined {
	const texts = rows.map(({ lines }) => textOf(lines));
	const [first] = texts;
	const areMany = texts.length > 1;
	const stamp = [first, rows[0].rest ?? ''].find((text) => STAMP.test(text));
	if (areMany && !times[0] && stamp !== undefined) return stamp.trim();
	if (times.some(Boolean)) return undefined;
	// `Duration: 15 seconds` above the scenes may be the total.
	const total = before.find((line) => /[:：]/.test(line) && fieldIn(line));
	if (total !== undefined) return total;
	return areMany && texts.every((text) => WITHOUT_UNIT.test(text)) ? first : undefined;
}
