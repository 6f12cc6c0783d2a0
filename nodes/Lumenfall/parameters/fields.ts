import type { IExecuteFunctions } from 'n8n-workflow';
import { noteForItem } from '../output/hint';
import { inputErrors } from './inputErrors';
import { choice, flag, identifier, isEmpty, text } from './values';

/**
 * Readers of single fields of the form. A field that is hidden for the current values reads as its default, and so does an
 * empty one that need not be filled in.
 */

/** A field as text. */
export function readText(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	fallback = '',
): string {
	return text(parameter).parse(execution.getNodeParameter(name, itemIndex, fallback));
}

/** A field with the ID of a model or of a video. */
export function readIdentifier(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
): string {
	return identifier(parameter).parse(execution.getNodeParameter(name, itemIndex, ''));
}

/**
 * The video that the form names.
 * @throws FailureError if it names none
 */
export function readVideoId(execution: IExecuteFunctions, itemIndex: number): string {
	const videoId = readIdentifier(execution, 'videoId', itemIndex, 'Video ID');
	if (!videoId) throw inputErrors.emptyVideoId();
	return videoId;
}

/** A field that holds one of several values. The first is the default. */
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

/** A field that is true or false. */
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

/** The value of a field. For an empty one it is the default, which a hint says. */
export function readOrDefault(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	usual: boolean | number | string,
): unknown {
	const value = execution.getNodeParameter(name, itemIndex, usual) as unknown;
	if (!isEmpty(value)) return value;
	noteForItem(execution, itemIndex, `'${parameter}' is empty, so its default is used.`);
	return usual;
}

/**
 * The name of the binary field that a file goes to.
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
