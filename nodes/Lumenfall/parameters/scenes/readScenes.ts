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
import { secondsOf } from './sceneTimes';
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
	const given = givenIn(form);
	const { value } = given;
	const rows = partsIn(given)
		.flatMap((part) => rowsIn(part))
		.filter((row) => !Cell.exactly(row).isEmpty && !isEmptyRecord(row));
	if (rows.length === 0 || rows.length > MAX_SCENES)
		throw inputErrors.badSceneCount(rows.length, MAX_SCENES);
	if (isText(given) && rows.some((row) => typeof row === 'string' && LIKE_JSON.test(row)))
		throw inputErrors.badOption('Scenes', value, EXPECTED);
	const durations = secondsOf(rows.map((row) => (hasFields(row) ? timeOf(row) : undefined)));
	return rows.map((row, index) => readScene(row, durations[index], index + 1, value));
}

/** What the field contains. */
interface Given {
	value: unknown;
	/** The list or object, if the value is JSON text. */
	json?: unknown;
}

const isText = ({ value, json }: Given) => typeof value === 'string' && json === undefined;

/**
 * Returns the value of the form. JSON text is parsed here, once. A list of one text, such as a linked cell or the answer of an
 * agent, is that text.
 */
function givenIn(form: Form): Given {
	const areInText = form.choice('scenesFrom', 'Scenes From', ['list', 'text']) === 'text';
	const value = withoutThoughts(form.value(areInText ? 'sceneList' : 'scenes'));
	const json = typeof value === 'string' ? parsedFrom(value) : undefined;
	const text = onlyTextIn(json ?? value);
	return text === undefined ? { value, json } : { value: text };
}

/** `<think>Plan it.</think>` before an answer. */
const THOUGHTS = /^[\s\S]*<\/think(?:ing)?>/i;
/** `<think>Plan it.` without an answer. */
const ONLY_THOUGHTS = /^\s*<think(?:ing)?>[\s\S]*/i;

/** Removes what a model that reasons writes before its answer. */
function withoutThoughts(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return value.replace(THOUGHTS.test(value) ? THOUGHTS : ONLY_THOUGHTS, '');
}

/** Returns the text of several lines in a list that has nothing else. */
function onlyTextIn(list: unknown): string | undefined {
	const [only, ...others] = Array.isArray(list) ? (list as unknown[]) : [];
	if (typeof only !== 'string' || others.length > 0) return undefined;
	const hasLines = /\n|\\n/.test(only.trim());
	return hasLines && parsedFrom(only) === undefined ? only : undefined;
}

/** Returns the parts of the list, or of the text. */
function partsIn(given: Given): unknown[] {
	const { value, json } = given;
	if (isText(given) && isData(String(value)))
		throw inputErrors.badOption('Scenes', value, EXPECTED);
	// A scene may also have a key that is that of a cell, such as `value`.
	if (isRecord(value) && promptOf(value)) return [value];
	return partsOf(json === undefined ? Cell.of(value) : Cell.exactly(json), scenesInText);
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
