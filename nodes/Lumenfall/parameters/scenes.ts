import { isRecord } from '../support/isRecord';
import { Cell, hasFields } from './cell';
import type { Form } from './form';
import { isFileItself, optionalFile, type FileReference } from './fileReferences';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { partsOf } from './lists';
import { numberOf, optionalNumber } from './numbers';
import { isNameOf, valuesOf } from './sceneNames';
import { isData, scenesInText } from './sceneText';
import { identifier, optionalText, text } from './values';
import { toAspectRatio } from './videoShape';

/** One scene as the user wrote it. Absent values are the same for all scenes. */
export interface Scene {
	prompt: string;
	seconds?: number;
	model?: string;
	/** The first frame. */
	image?: FileReference;
	/** Only to be compared: all scenes of a video have one shape. */
	aspectRatio?: string;
}

const MAX_SCENES = 50;
/** Agents and APIs put the list of scenes into objects. */
const MAX_DEPTH = 5;

/**
 * Reads the scenes of a storyboard, in order.
 * @throws FailureError naming the scene and its field
 */
export function readScenes(form: Form): Scene[] {
	const isText = form.choice('scenesFrom', 'Scenes From', ['list', 'text']) === 'text';
	const value = form.value(isText ? 'sceneList' : 'scenes');
	if (typeof value === 'string' && isData(value))
		throw inputErrors.badOption('Scenes', value, EXPECTED);
	// A scene may also have a key that is that of a cell, such as `value`.
	const parts =
		isRecord(value) && promptOf(value) ? [value] : partsOf(Cell.of(value), scenesInText);
	const rows = parts
		.flatMap((part) => rowsIn(part))
		.filter((row) => !Cell.exactly(row).isEmpty && !isEmptyRecord(row));
	if (rows.length === 0 || rows.length > MAX_SCENES)
		throw inputErrors.badSceneCount(rows.length, MAX_SCENES);
	const isSplit = typeof value === 'string' && parsedFrom(value) === undefined;
	if (isSplit && rows.some((row) => typeof row === 'string' && LIKE_JSON.test(row)))
		throw inputErrors.badOption('Scenes', value, EXPECTED);
	return rows.map((row, index) => readScene(row, index + 1, value));
}

/** Whether a row is that of the form without any scene. */
function isEmptyRecord(row: unknown): boolean {
	return hasFields(row) && Object.keys(row).length === 0;
}

/** Returns the rows in a part of the list: the part itself, or those in JSON text, in a list, or deeper in an object. */
function rowsIn(part: unknown, depth = 0): unknown[] {
	if (typeof part === 'string') {
		const scenes = scenesInJson(part);
		return scenes === undefined ? [part] : rowsDeeper(depth)(scenes);
	}
	if (!hasFields(part) || depth > MAX_DEPTH) return [part];
	if (isRecord(part.json)) return rowsIn(part.json, depth + 1);
	const prompt = promptOf(part);
	const lists = [...valuesOf(part, 'list'), ...(prompt ? [] : valuesOf(part, 'shots'))];
	const list = filledList(lists);
	if (list) return list.flatMap(rowsDeeper(depth));
	if (prompt) {
		const scenes = scenesInJson(prompt);
		return scenes?.flatMap((scene) => rowsIn(completed(scene, part), depth + 1)) ?? [part];
	}
	const counted = countedIn(part);
	if (counted.length > 0) return counted.flatMap(rowsDeeper(depth));
	const [inner, ...others] = Object.entries(part).filter(([, value]) => isObjectLike(value));
	if (!inner || others.length > 0 || !isAround(inner[0])) return [part];
	const [key, given] = inner;
	const value = typeof given === 'string' ? parsedFrom(given) : given;
	// The parts of a scene may stand beside the object with the others.
	if (isRecord(value)) return rowsIn(completed(value, { ...part, [key]: undefined }), depth + 1);
	return prompt === undefined ? [part] : rowsDeeper(depth)(value);
}

const rowsDeeper = (depth: number) => (value: unknown) =>
	Array.isArray(value) ? value.flatMap((one) => rowsIn(one, depth + 1)) : rowsIn(value, depth + 1);

/** Returns the list or object in JSON text. Undefined for any other text, also if it begins like JSON. */
function parsedFrom(given: string): unknown {
	const parsed = /^\s*[[{]|```/.test(given) ? parseJsonText(given) : undefined;
	return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
}

/**
 * Returns the scenes in the JSON text that stands in place of a prompt. Undefined for any other text, also for JSON: models take a prompt
 * such as `{ "shot": "wide", "subject": "a boat" }`.
 */
function scenesInJson(prompt: string): unknown[] | undefined {
	const records = [parsedFrom(prompt)].flat() as unknown[];
	if (records.length === 0 || !records.every(hasScene)) return undefined;
	return records.flatMap((record) => filledList(valuesOf(record, 'list')) ?? [record]);
}

type Row = Record<string, unknown>;

function hasScene(value: unknown): value is Row {
	if (!isRecord(value)) return false;
	return Object.entries(value).some(([key, inside]) => {
		const name = key.trim().toLowerCase();
		const isPrompt = name === 'prompt' && typeof inside === 'string' && !Cell.of(inside).isEmpty;
		return isPrompt || (name === 'scenes' && filledList([inside]) !== undefined);
	});
}

function filledList(values: unknown[]): unknown[] | undefined {
	return values.find((value): value is unknown[] => Array.isArray(value) && value.length > 0);
}

/** Returns a scene with the values that stand beside its object, except for the parts that it has itself. */
function completed(scene: unknown, beside: Row): Row {
	const own = isRecord(scene) ? scene : { prompt: scene };
	const parts = (['seconds', 'model', 'image', 'aspectRatio'] as const).filter(
		(part) => valueIn(own, part) !== undefined,
	);
	const others = Object.entries(beside).filter(([key]) => !isNameOf(key, 'prompt', ...parts));
	return { ...Object.fromEntries(others), ...own };
}

/** Whether agents and databases put a scene or the list of scenes under this key. The text of a voice is not a prompt. */
function isAround(key: string): boolean {
	const isKnown = /^(?:output|data|result|response|fields|properties|item|setting)$/i.test(key);
	return isKnown || isNameOf(key, 'list', 'shots', 'prompt');
}

function isObjectLike(value: unknown): boolean {
	if (typeof value === 'string') return parsedFrom(value) !== undefined;
	return Array.isArray(value) || hasFields(value);
}

/** Returns the scenes of `{ "scene_1": …, "scene_2": … }`. */
function countedIn(record: Record<string, unknown>): unknown[] {
	const keys = Object.keys(record).flatMap((key) => {
		const [, label, number] = /^(\D*?)[\s_-]*(\d{1,2})$/.exec(key.trim()) ?? [];
		return number ? [{ key, label: label.toLowerCase(), number: Number(number) }] : [];
	});
	const isCounted = keys.every(
		({ label, number }, index) => label === keys[0].label && number === keys[0].number + index,
	);
	return isCounted && keys.length > 1 ? keys.map(({ key }) => record[key]) : [];
}

/** An entry of a text that is damaged JSON is no prompt. */
const LIKE_JSON = /^\s*(?:\[\s*["{]|\{\s*["'])/;

function readScene(row: unknown, number: number, all: unknown): Scene {
	const parts = hasFields(row) ? row : { prompt: row };
	const label = (field: string) => `${field} of Scene ${number}`;
	const prompt = promptOf(parts);
	// The second column of a table.
	const isNumber = typeof row === 'number';
	if (prompt === undefined || isNumber) throw inputErrors.badOption('Scenes', all, EXPECTED);
	if (prompt === '') throw inputErrors.emptyScene(number);

	const seconds = optionalNumber(label('Duration (Seconds)'), DURATION);
	const aspectRatio = optionalText(label('Aspect Ratio')).parse(valueIn(parts, 'aspectRatio'));
	return {
		prompt: text(label('Prompt')).parse(prompt),
		seconds: seconds.parse(valueIn(parts, 'seconds')) || undefined,
		model: identifier(label('Model')).parse(valueIn(parts, 'model')) || undefined,
		image: optionalFile(label('Image')).parse(valueIn(parts, 'image')),
		...(aspectRatio !== undefined && { aspectRatio: toAspectRatio(aspectRatio) }),
	};
}

const EXPECTED =
	'a list of scenes, e.g. ["A paper boat in the rain", { "prompt": "It reaches the sea", "seconds": 4 }]';

/** 0 is the empty value of a number field. The request checks other values. */
const DURATION = {
	min: 0,
	max: Number.MAX_SAFE_INTEGER,
	unit: 'seconds',
	expected: "a number of seconds above 0, or leave it empty to use 'Duration (Seconds)'",
} as const;

/** Whether a value can be that of a part, under a name that may also stand for something else. */
const IS_USABLE: Record<
	'seconds' | 'model' | 'image' | 'aspectRatio',
	(value: unknown) => boolean
> = {
	seconds: (value) => numberOf(Cell.of(value), 'seconds') !== undefined,
	model: () => true,
	image: isFileItself,
	aspectRatio: (value) => Cell.of(value).text !== undefined,
};

/** Returns the first value of a part that is not empty. */
function valueIn(parts: Row, part: keyof typeof IS_USABLE) {
	return valuesOf(parts, part, IS_USABLE[part]).find(
		(value) => !Cell.of(value).isEmpty && value !== 0,
	);
}

/** Returns the prompt of a scene. `{ "scene": 1, "description": "…" }` has its number in a field of the same name. */
function promptOf(parts: Record<string, unknown>): string | undefined {
	const filled = valuesOf(parts, 'prompt')
		.map((value) => Cell.of(value))
		.filter(({ isEmpty }) => !isEmpty);
	const prompt = filled.find((cell) => numberOf(cell) === undefined);
	return prompt ? prompt.text : '';
}
