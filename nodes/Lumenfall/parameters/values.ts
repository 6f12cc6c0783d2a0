import { jsonParse, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { inputErrors } from './inputErrors';

/**
 * Readers of single values. What a user may type, a sheet, an expression or an AI agent may deliver: a number or boolean as
 * text, stray blanks and capitals, an empty cell for nothing, JSON as text. What cannot be understood is refused by the
 * display name of its field.
 */

/** Text without blanks around it. Nothing is an empty text. */
export const text = z.unknown().transform((value) => textOf(value).trim());

/** Text, or undefined if there is none. */
export const optionalText = text.transform((value) => value || undefined);

function textOf(value: unknown): string {
	return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : '';
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/** True or false, or undefined for an empty value. */
export function flag(parameter: string) {
	return z.unknown().transform((value): boolean | undefined => {
		if (isEmpty(value)) return undefined;
		const word = textOf(value).trim().toLowerCase();
		if (YES.includes(word)) return true;
		if (NO.includes(word)) return false;
		throw inputErrors.badOption(parameter, value, 'true or false');
	});
}

/** One of the values of a list, or undefined for an empty value. */
export function choice<Value extends string>(parameter: string, values: readonly Value[]) {
	return z.unknown().transform((value): Value | undefined => {
		if (isEmpty(value)) return undefined;
		const word = textOf(value).trim().toLowerCase();
		const known = values.find((candidate) => candidate.toLowerCase() === word);
		if (known) return known;
		throw inputErrors.badOption(parameter, value, `one of ${values.join(', ')}`);
	});
}

/** A decimal number, or undefined for an empty value. */
export function optionalNumber(parameter: string, min: number, max: number, expected: string) {
	return z.unknown().transform((value): number | undefined => {
		if (isEmpty(value)) return undefined;
		const number = numberOf(value);
		if (number === undefined || number < min || number > max)
			throw inputErrors.badOption(parameter, value, expected);
		return number;
	});
}

/** A number, also as text. Undefined for anything else, such as `8 s`, `0x10` or an empty text. */
export function numberOf(value: unknown): number | undefined {
	const plain = textOf(value).trim();
	return typeof value !== 'boolean' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)
		? Number(plain)
		: undefined;
}

/** Names as a list, as JSON, or in one text with commas or line breaks between them. */
export const nameList = z.unknown().transform((value): string[] =>
	listOf(value)
		.map((part) => textOf(part).trim())
		.filter(Boolean),
);

function listOf(value: unknown): unknown[] {
	if (typeof value !== 'string') return [value].flat();
	const parsed = value.trim().startsWith('[')
		? jsonParse<unknown>(value, { fallbackValue: null })
		: null;
	return Array.isArray(parsed) ? (parsed as unknown[]) : value.split(/[,\n]/);
}

/** A JSON object, as an object or as text. Nothing is an empty object. */
export function jsonObject(parameter: string) {
	return z.unknown().transform((value): IDataObject => {
		if (isEmpty(value)) return {};
		const parsed =
			typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
		const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
		if (!isObject) throw inputErrors.badJson(parameter);
		return parsed as IDataObject;
	});
}

/** One field of the form as text. A field that is hidden for the current values reads as the default. */
export function readText(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback = '',
): string {
	return text.parse(execution.getNodeParameter(name, itemIndex, fallback));
}

/** The model of the form. It is a resource locator, or what an expression made of one. */
export function readModelId(execution: IExecuteFunctions, itemIndex: number): string {
	return text.parse(execution.getNodeParameter('model', itemIndex, '', { extractValue: true }));
}

/** One field of the form that holds one of several values. */
export function readChoice<Value extends string>(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	values: readonly [Value, ...Value[]],
): Value {
	const value = execution.getNodeParameter(name, itemIndex, values[0]) as unknown;
	return choice(parameter, values).parse(value) ?? values[0];
}

/** A field of the form that is true or false. */
export function readFlag(
	execution: IExecuteFunctions,
	name: string,
	itemIndex: number,
	parameter: string,
	fallback: boolean,
): boolean {
	const value = execution.getNodeParameter(name, itemIndex, fallback) as unknown;
	return flag(parameter).parse(value) ?? fallback;
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
	const field = readText(execution, name, itemIndex, usual);
	if (!field) throw inputErrors.emptyFieldName(parameter, usual);
	return field;
}
