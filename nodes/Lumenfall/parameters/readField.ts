import type { IExecuteFunctions } from 'n8n-workflow';
import { noteForItem } from '../output/showHint';
import { inputErrors } from './inputErrors';
import { choice, flag, identifier, isEmpty, onlyEntry, text } from './values';

/**
 * Readers of single fields of the form. A field that is hidden for the current values, or an empty optional field,
 * returns its default.
 */

/** Reads a field as text. */
export function readText(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	fallback = '',
): string {
	return text(parameter).parse(execution.getNodeParameter(name, itemIndex, fallback));
}

/** Reads a field with the ID of a model or video. */
export function readIdentifier(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
): string {
	return identifier(parameter).parse(execution.getNodeParameter(name, itemIndex, ''));
}

/**
 * Returns the video ID in the form.
 * @throws FailureError if it is empty
 */
export function readVideoId(execution: IExecuteFunctions, itemIndex: number): string {
	const videoId = readIdentifier(execution, 'videoId', itemIndex, 'Video ID');
	if (!videoId) throw inputErrors.emptyVideoId();
	return videoId;
}

/** Reads a field with one of several values. The first is the default. */
export function readChoice<Value extends string>(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	values: readonly [Value, ...Value[]],
): Value {
	const value = readOrDefault(execution, name, itemIndex, parameter, values[0]);
	return choice(parameter, values).parse(value) ?? values[0];
}

/** Reads a field that is true or false. */
export function readFlag(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	fallback: boolean,
): boolean {
	const value = readOrDefault(execution, name, itemIndex, parameter, fallback);
	return flag(parameter).parse(value) ?? fallback;
}

/** Returns the value of a field. If it is empty, returns the default and shows a hint. */
export function readOrDefault(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	usual: boolean | number | string,
): unknown {
	const value = onlyEntry(execution.getNodeParameter(name, itemIndex, usual));
	if (!isEmpty(value)) return value;
	noteForItem(execution, itemIndex, `'${parameter}' is empty, so its default is used.`);
	return usual;
}

/**
 * Returns the name of the binary field for a file.
 * @throws FailureError if it is empty
 */
export function readBinaryField(
	execution: IExecuteFunctions,
	itemIndex: number,
	name = 'outputBinaryField',
	parameter = 'Put Output File in Field',
	usual = 'data',
): string {
	const field = readText(execution, name, itemIndex, parameter, usual);
	if (!field) throw inputErrors.emptyFieldName(parameter, usual);
	return field;
}
