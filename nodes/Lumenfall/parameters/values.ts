import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { isRecord } from '../support/isRecord';
import { Cell, cell, hasFields, withoutQuotes } from './cell';
import { namesInForm } from './displayNames';
import { inputErrors } from './inputErrors';
import { parseJsonText } from './jsonText';
import { NO, YES } from './localWords';
import { numberOf } from './numbers';

/**
 * Readers of single values. They accept a value as typed, and as a spreadsheet, an expression or an AI agent delivers
 * it: a number or boolean as text, extra spaces, another case, an empty cell, JSON as text. A value that cannot be
 * interpreted is refused with the display name of its field.
 */

/** What a spreadsheet shows for a formula without a result: `#REF!`, `#N/A`, `#WERT!`, and while it computes. */
const FAILED_FORMULA =
	/^(?:#(?:¡?[\p{Lu}\d/ ]+[!?]|N\/[AD]|NV|YOK|[НH]\/[ДD]|BUSY!?)|[Ll]oading(?:\.{3}|…))$/u;

/** Reads text, without surrounding spaces. An empty value is an empty text. A date becomes its ISO form. */
export function text(parameter: string) {
	return cell.transform((cell) => textIn(cell, parameter));
}

/** Reads text. Undefined if it is empty. */
export function optionalText(parameter: string) {
	return cell.transform((cell) => (cell.isEmpty ? undefined : textIn(cell, parameter)));
}

/** Reads text that describes a video. An expression that should return a text may have returned a condition. */
export function descriptionText(parameter: string) {
	return optionalText(parameter).transform((value): string | undefined => {
		if (!/^(?:true|false)$/i.test(value ?? '')) return value;
		throw inputErrors.badOption(parameter, value, 'text. Its expression returned no text');
	});
}

/**
 * Returns the text of a cell, for the readers of text.
 * @throws FailureError if the cell has no text, or the error of a formula
 */
export function textIn(cell: Cell, parameter: string): string {
	if (cell.text === undefined || FAILED_FORMULA.test(cell.text))
		throw inputErrors.badOption(parameter, cell.value, 'text');
	return cell.text;
}

/**
 * Reads an ID or a name, as text or in an object that contains it: a resource locator, or an item of a list of models
 * or videos. An empty value is an empty text.
 */
export function identifier(parameter: string) {
	return cell.transform((cell): string => {
		const found = identifierOf(cell);
		if (found === undefined) throw inputErrors.badOption(parameter, cell.value, 'an ID');
		return found;
	});
}

const PLACES_OF_IDS = ['value', 'id', 'model', 'json', 'videoId', 'video_id'];
/** An item of n8n contains a resource locator at this depth at most. */
const MAX_DEPTH = 3;

/** Returns the ID in a cell. Undefined if the cell cannot contain one, or if JavaScript has rounded it. */
export function identifierOf(cell: Cell, depth = 0): string | undefined {
	if (cell.isEmpty) return '';
	const { value } = cell;
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
	if (cell.text !== undefined) return idInText(cell.text, depth);
	if (!isRecord(value) || depth === MAX_DEPTH) return undefined;
	const places = PLACES_OF_IDS.filter((name) => name in value);
	const cells = places.map((name) => Cell.of(value[name]));
	// A failed item names its video in its details, which may also name a model.
	if (isRecord(value.details)) cells.push(Cell.of(value.details.videoId));
	const found = cells.find((one) => !one.isEmpty);
	if (found) return identifierOf(found, depth + 1);
	return places.length > 0 ? '' : undefined;
}

/** Agents write an ID in quotation marks, or the JSON of an object that contains it. */
function idInText(text: string, depth: number): string | undefined {
	const parsed = text.startsWith('{') && depth < MAX_DEPTH ? parseJsonText(text) : undefined;
	return isRecord(parsed) ? identifierOf(Cell.of(parsed), depth + 1) : withoutQuotes(text);
}

/** Reads true or false. Undefined for an empty value. */
export function flag(parameter: string) {
	return cell.transform((cell): boolean | undefined => {
		// For a switch, `none` may also mean false.
		if (cell.isEmpty && cell.text?.toLowerCase() !== 'none') return undefined;
		const word = wordOf(cell).toLowerCase();
		const number = numberOf(cell);
		if (YES.includes(word) || number === 1) return true;
		if (NO.includes(word) || number === 0) return false;
		throw inputErrors.badOption(parameter, cell.value, 'true or false');
	});
}

/** Returns a single word or sign, without quotation marks, the full stop of an agent, or what makes a sign an emoji. */
function wordOf({ text: given = '' }: Cell): string {
	return withoutQuotes(given.normalize('NFKC').replace(/[.!]$|\ufe0f/g, ''));
}

/**
 * Reads one of the allowed values, or the name that the form shows for it. Undefined for an empty value. Case, spaces, hyphens
 * and underscores are ignored.
 */
export function choice<Value extends string>(parameter: string, values: readonly Value[]) {
	return cell.transform((cell): Value | undefined => {
		if (cell.text === '') return undefined;
		const word = wordOf(cell);
		const known = wordAmong(values, word) ?? valueNamed(parameter, values, word);
		// `none` may be one of the values.
		if (known || cell.isEmpty) return known;
		throw inputErrors.badOption(parameter, cell.value, `one of ${values.join(', ')}`);
	});
}

/** Returns the value for which the form shows a name. */
function valueNamed<Value extends string>(
	parameter: string,
	values: readonly Value[],
	given: string,
): Value | undefined {
	const names = namesInForm(parameter);
	const name = wordAmong(Object.keys(names), given);
	return values.find((value) => name !== undefined && names[name] === value);
}

/** Returns the value of a list that matches a text. */
export function wordAmong<Value extends string>(
	values: readonly Value[],
	given: string,
): Value | undefined {
	const letters = (word: string) => word.toLowerCase().replace(/[\s_-]/g, '');
	return values.find((value) => letters(value) === letters(given));
}

/**
 * Returns the display names of the fields of a collection that were added but are empty, as by an expression without a result.
 * @param labels the display names by name
 */
export function emptyIn(collection: IDataObject, labels: Record<string, string>): string[] {
	return Object.keys(labels)
		.filter((name) => name in collection && Cell.of(collection[name]).isEmpty)
		.map((name) => labels[name]);
}

/** Reads a JSON object, as an object or as text. An empty value is an empty object. */
export function jsonObject(parameter: string) {
	return z.unknown().transform((given): IDataObject => {
		// An object is the value itself, also one that looks like that of a cell.
		if (Cell.exactly(given).isEmpty) return {};
		const parsed = typeof given === 'string' ? parseJsonText(given) : given;
		if (!hasFields(parsed)) throw inputErrors.badJson(parameter);
		return parsed;
	});
}
