import { Cell } from '../cell';
import { isFileItself } from '../fileReferences';
import { numberOf } from '../numbers';
import { valuesInOrder, valuesOf } from './sceneNames';
import { spanIn, type Span } from './sceneSpans';
import { isNameOfScene } from './sceneWords';

/** The parts of a scene in an object, under any of their names. */

export type Row = Record<string, unknown>;

/** Longer ones are counted in frames. */
const MAX_SECONDS = 60;

/** Returns the duration of a scene, or its time in the video, that is not just a number of seconds. */
export function timeOf(parts: Row): Span | undefined {
	const seconds = valueIn(parts, 'seconds');
	const duration = numberOf(Cell.of(seconds), 'seconds');
	if (duration !== undefined) return { end: duration };
	const milliseconds = numberOf(Cell.of(valueIn(parts, 'milliseconds')));
	if (seconds === undefined && milliseconds !== undefined) return { end: milliseconds / 1000 };
	const time = seconds ?? valueIn(parts, 'time');
	if (time !== undefined) return spanIn(Cell.of(time).text);
	const [start, end] = (['start', 'end'] as const).map((part) =>
		numberOf(Cell.of(valuesOf(parts, part)[0]), 'seconds'),
	);
	const length = start === undefined || end === undefined ? 0 : end - start;
	return length > 0 && length <= MAX_SECONDS ? { start, end: Number(end) } : undefined;
}

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

/**
 * Returns the prompt of a scene. A name with several meanings is only that of the prompt if there is no other: `{ "scene": 1,
 * "description": "…" }`. Several of these are parts of the prompt: `{ "scene": "Harbor", "action": "A boat sails" }`.
 */
export function promptOf(parts: Row): string | undefined {
	const [named] = cellsIn(valuesOf(parts, 'prompt'));
	const [shown] = cellsIn(valuesOf(parts, 'shown'));
	if (named || !shown || shown.text === undefined) return (named ?? shown ?? Cell.exactly('')).text;
	const isText = ({ text }: Cell) => text !== undefined && !isNameOfScene(text);
	if (!cellsIn(valuesInOrder(parts, 'shown')).some(isText)) return shown.text;
	const all = cellsIn(valuesInOrder(parts, 'shown', 'around')).filter(isText);
	return all.map(({ text }) => text).join('\n');
}

/** Returns the cells that are neither empty nor a number. */
function cellsIn(values: unknown[]): Cell[] {
	const cells = values.map((value) => Cell.of(value));
	return cells.filter((cell) => !cell.isEmpty && numberOf(cell) === undefined);
}
