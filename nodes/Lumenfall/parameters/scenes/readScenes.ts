import { isRecord } from '../../support/isRecord';
import { Cell, hasFields } from '../cell';
import type { Form } from '../form';
import { optionalFile, type FileReference } from '../fileReferences';
import { inputErrors } from '../inputErrors';
import { partsOf } from '../lists';
import { optionalNumber } from '../numbers';
import { parsedFrom, rowsIn } from './sceneObjects';
import { promptOf, timeOf, valueIn, type Row } from './sceneParts';
import { isData, scenesInText } from './sceneText';
import { secondsOf } from './sceneSpans';
import { descriptionText, identifier, optionalText } from '../values';
import { toAspectRatio } from '../videoShape';

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

/**
 * Reads the scenes of a storyboard, in order.
 * @throws FailureError naming the scene and its field
 */
export function readScenes(form: Form): Scene[] {
	const isText = form.choice('scenesFrom', 'Scenes From', ['list', 'text']) === 'text';
	const value = textInList(withoutThoughts(form.value(isText ? 'sceneList' : 'scenes')));
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
	const durations = secondsOf(rows.map((row) => (hasFields(row) ? timeOf(row) : undefined)));
	return rows.map((row, index) => readScene(row, durations[index], index + 1, value));
}

/** Removes what a model that reasons writes before its answer. */
function withoutThoughts(value: unknown): unknown {
	const thoughts = /^[\s\S]*<\/think(?:ing)?>|^\s*<think(?:ing)?>[\s\S]*/i;
	return typeof value === 'string' ? value.replace(thoughts, '') : value;
}

/** A list of one text, such as a linked cell or the answer of an agent, is that text. */
function textInList(value: unknown): unknown {
	const list = typeof value === 'string' ? parsedFrom(value) : value;
	const [only, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
	const isText = typeof only === 'string' && others.length === 0 && /\n|\\n/.test(only.trim());
	return isText && parsedFrom(only) === undefined ? only : value;
}

/** Whether a row is that of the form without any scene. */
function isEmptyRecord(row: unknown): boolean {
	return hasFields(row) && Object.keys(row).length === 0;
}

/** An entry of a text that is damaged JSON is no prompt. */
const LIKE_JSON = /^\s*(?:\[\s*["{]|\{\s*["'])/;

function readScene(
	row: unknown,
	duration: number | string | undefined,
	number: number,
	all: unknown,
): Scene {
	const parts: Row = hasFields(row) ? row : { prompt: row };
	const label = (field: string) => `${field} of Scene ${number}`;
	const prompt = promptOf(parts);
	// The second column of a table.
	const isNumber = typeof row === 'number';
	if (prompt === undefined || isNumber) throw inputErrors.badOption('Scenes', all, EXPECTED);
	if (prompt === '') throw inputErrors.emptyScene(number);

	const seconds = optionalNumber(label('Duration (Seconds)'), DURATION);
	const aspectRatio = optionalText(label('Aspect Ratio')).parse(valueIn(parts, 'aspectRatio'));
	return {
		prompt: descriptionText(label('Prompt')).parse(prompt) ?? '',
		seconds:
			seconds.parse(parts.unreadDuration ?? duration ?? valueIn(parts, 'seconds')) || undefined,
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
