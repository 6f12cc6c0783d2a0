import { Cell } from '../cell';
import { isFileItself } from '../fileReferences';
import { numberOf } from '../numbers';
import { valuesInOrder, valuesOf } from './sceneNames';
import { spanIn, type Span } from './sceneSpans';
import { isNameOfScene } from './sceneWords';

/** The parts of a scene in an object, under any of their names. */

export type Row = Record<string, unknown>;

/** Whether a value can be that of a part, under a name that may also stand for something else. */
const isDuration = (value: unknown) => numberOf(Cell.of(value), 'seconds') !== undefined;
const isTime = (value: unknown) => spanIn(Cell.of(value).text) !== undefined;
const IS_USABLE = {
	seconds: (value: unknown) => isDuration(value) || isTime(value),
	secondsEach: isDuration,
	milliseconds: (value: unknown) => numberOf(Cell.of(value)) !== undefined,
	time: isTime,
	model: () => true,
	image: isFileItself,
	aspectRatio: (value: unknown) => Cell.of(value).text !== undefined,
};

/** Returns the first value of a part that is not empty. */
export function valueIn(parts: Row, part: keyof typeof IS_USABLE) {
	return valuesOf(parts, part, IS_USABLE[part]).find(
		(value) => !Cell.of(value).isEmpty && value !== 0,
	);
}

/** Returns the duration of a scene, or its time in the video. Undefined if it has none, or one that cannot be read. */
export function timeOf(parts: Row): Span | undefined {
	const seconds = valueIn(parts, 'seconds');
	const duration = numberOf(Cell.of(seconds), 'seconds');
	if (duration !== undefined) return { end: duration };
	if (seconds !== undefined) return spanIn(Cell.of(seconds).text);
	const milliseconds = numberOf(Cell.of(valueIn(parts, 'milliseconds')));
	if (milliseconds !== undefined) return { end: milliseconds / 1000 };
	const time = valueIn(parts, 'time');
	return time === undefined ? timeFromStart(parts) : spanIn(Cell.of(time).text);
}

/** Longer ones are counted in frames. */
const MAX_SECONDS = 60;

/** `{ "start": 0, "end": 4 }` */
function timeFromStart(parts: Row): Span | undefined {
	const [start, end] = (['start', 'end'] as const).map((part) =>
		numberOf(Cell.of(valuesOf(parts, part)[0]), 'seconds'),
	);
	if (start === undefined || end === undefined) return undefined;
	return end > start && end - start <= MAX_SECONDS ? { start, end } : undefined;
}

/**
 * Returns the prompt of a scene: empty if it has none, undefined if it is no text. A name with several meanings is only that of the
 * prompt if there is no other: `{ "scene": 1, "description": "…" }`.
 */
export function promptOf(parts: Row): string | undefined {
	const [named] = cellsIn(valuesOf(parts, 'prompt'));
	if (named) return named.text;
	const [shown] = cellsIn(valuesOf(parts, 'shown'));
	return shown ? promptInParts(parts, shown) : '';
}

/**
 * Returns the prompt of which an object has the parts: `{ "scene": "Harbor", "action": "A boat sails" }`. Names of scenes, such as
 * `{ "scene": "Scene 1", … }`, are none, unless there is nothing else.
 */
function promptInParts(parts: Row, { text: usual }: Cell): string | undefined {
	if (usual === undefined) return undefined;
	const isText = ({ text }: Cell) => text !== undefined && !isNameOfScene(text);
	if (!cellsIn(valuesInOrder(parts, 'shown')).some(isText)) return usual;
	const all = cellsIn(valuesInOrder(parts, 'shown', 'around')).filter(isText);
	return all.map(({ text }) => text).join('\n');
}

/** Returns the cells that are neither empty nor a number. */
function cellsIn(values: unknown[]): Cell[] {
	const cells = values.map((value) => Cell.of(value));
	return cells.filter((cell) => !cell.isEmpty && numberOf(cell) === undefined);
}
