import { isRecord } from '../support/isRecord';
import type { Form } from './form';
import { optionalFile, type FileReference } from './fileReferences';
import { inputErrors } from './inputErrors';
import { partsOf } from './lists';
import { isData, scenesInText } from './sceneText';
import { identifier, numberOf, onlyEntry, optionalNumber, textOf, wordAmong } from './values';

/** One scene as the user wrote it. Absent values are the same for all scenes. */
export interface Scene {
	prompt: string;
	seconds?: number;
	model?: string;
	/** The first frame. */
	image?: FileReference;
}

const MAX_SCENES = 50;

/** The keys that language models, spreadsheets and other services use for the parts of a scene. */
const NAMES = {
	prompt: [
		...['prompt', 'videoPrompt', 'visualPrompt', 'description', 'visualDescription', 'visual'],
		...['scene', 'text'],
	],
	seconds: ['seconds', 'duration', 'durationSeconds', 'length'],
	model: ['model'],
	image: ['image', 'imageUrl', 'firstFrame'],
} as const;

/** The keys of the list if it is part of an object. */
const LIST_NAMES = ['scene', 'scenes'];

/**
 * Reads the scenes of a storyboard, in order.
 * @throws FailureError naming the scene and its field
 */
export function readScenes(form: Form): Scene[] {
	const isText = form.choice('scenesFrom', 'Scenes From', ['list', 'text']) === 'text';
	const value = form.value(isText ? 'sceneList' : 'scenes');
	if (typeof value === 'string' && isData(value))
		throw inputErrors.badOption('Scenes', value, EXPECTED);
	const rows = rowsOf(value);
	if (rows.length === 0 || rows.length > MAX_SCENES)
		throw inputErrors.badSceneCount(rows.length, MAX_SCENES);
	return rows.map((row, index) => readScene(row, index + 1, value));
}

/**
 * Returns the rows of a list, JSON, an object that contains the list, items of n8n, or text with one scene per line or
 * paragraph.
 */
function rowsOf(value: unknown): unknown[] {
	return partsOf(value, scenesInText)
		.flatMap((part) => (isRecord(part) ? (listIn(part) ?? [part.json ?? part]) : [part]))
		.filter((row) => textOf(row) !== '' && !isEmptyRecord(row));
}

/** Whether a row is that of the form without any scene. */
function isEmptyRecord(row: unknown): boolean {
	return isRecord(row) && textOf(row) === undefined && Object.keys(row).length === 0;
}

function listIn(record: Record<string, unknown>): unknown[] | undefined {
	const list = valueOf(record, LIST_NAMES);
	return Array.isArray(list) ? list : undefined;
}

function readScene(row: unknown, number: number, all: unknown): Scene {
	const parts = isRecord(row) && textOf(row) === undefined ? row : { prompt: row };
	const label = (field: string) => `${field} of Scene ${number}`;
	const prompt = promptOf(parts);
	// The second column of a table.
	const isNumber = typeof row === 'number';
	if (prompt === undefined || isNumber) throw inputErrors.badOption('Scenes', all, EXPECTED);
	if (prompt === '') throw inputErrors.emptyScene(number);

	const seconds = optionalNumber(label('Duration (Seconds)'), DURATION);
	return {
		prompt,
		seconds: seconds.parse(valueOf(parts, NAMES.seconds)) || undefined,
		model: identifier(label('Model')).parse(valueOf(parts, NAMES.model)) || undefined,
		image: optionalFile(label('Image')).parse(valueOf(parts, NAMES.image)),
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

/** Returns the prompt of a scene. `{ "scene": 1, "description": "…" }` has its number in a field of the same name. */
function promptOf(parts: Record<string, unknown>): string | undefined {
	const values = NAMES.prompt.map((name) => onlyEntry(valueOf(parts, [name])));
	const named = values.filter((value) => textOf(value) !== '');
	const texts = named.filter((value) => numberOf(value) === undefined);
	return textOf(texts[0]);
}

/** Returns the value under the first of these names. The head of a column may add a unit: `Duration (Seconds)`. */
function valueOf(record: Record<string, unknown>, names: readonly string[]): unknown {
	const keys = Object.keys(record);
	const isNamed = (key: string, name: string) =>
		wordAmong([name], key.replace(/\s*\(.*\)$/, '')) !== undefined;
	const key = names.map((name) => keys.find((known) => isNamed(known, name))).find(Boolean);
	return key === undefined ? undefined : record[key];
}
