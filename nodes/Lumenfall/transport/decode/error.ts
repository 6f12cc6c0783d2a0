import {
	CODE_FIELDS,
	ERROR_CONTAINERS,
	ERROR_FIELDS,
	NAMES_ERROR,
	NO_REASON,
	PARAMETER_FIELDS,
	REASON_FIELDS,
} from './errorFields';
import { Fields, withNested } from './fields';
import type { JsonBody } from './jsonBody';
import { isFilled, readReason, type Reason } from './reason';
import { text } from './values';

/** An error in a response, with the HTTP status that a relay has put into it. */
export interface RefusalInBody extends Reason {
	httpStatus?: number;
}

/**
 * Returns the error of a response that has an error in a field for errors, else undefined. Other text, such as a
 * `message`, may be part of any response.
 */
export function readError(body: JsonBody): RefusalInBody | undefined {
	const found = recordWithError(body);
	if (!found) return undefined;
	const places = [found, ...found.inside(ERROR_FIELDS)];
	const codes = places.flatMap((one) => [codeNumber(one), numberIn(one, HTTP_STATUS)]);
	const code = codes.find(isHttpError);
	return { ...readReason(body), ...(code !== undefined && { httpStatus: code }) };
}

/** Reports whether a response has an error in a field for errors. */
export function hasError(body: JsonBody): boolean {
	return recordWithError(body) !== undefined;
}

function recordWithError({ likelyRecords }: JsonBody): Fields | undefined {
	return withNested(likelyRecords, ERROR_CONTAINERS).find(saysError);
}

const HTTP_STATUS = ['status', 'httpstatus', 'httpcode'];

const isHttpError = (code: number | undefined) => code !== undefined && code >= 400 && code <= 599;

function saysError(fields: Fields): boolean {
	if (fields.values([...ERROR_FIELDS, ...REASON_FIELDS]).some(isFilled)) return true;
	if (fields.values(['success', 'ok']).some(isNo)) return true;
	if (/^(error|fail(ed|ure)?)$/i.test(fields.pick(['status', 'result'], text) ?? '')) return true;
	if (isHttpError(numberIn(fields, ['status']))) return true;
	const code = codeNumber(fields);
	if (code === undefined) return NAMES_ERROR.test(fields.pick(CODE_FIELDS, text) ?? '');
	return code !== 0 && (code < 200 || code > 299) && !hasSuccessMessage(fields);
}

/** Some servers have other numbers than 0 and 200 for a success. */
function hasSuccessMessage(fields: Fields): boolean {
	const message = fields.pick(['message', 'msg', 'errmsg', 'errormsg', 'description'], text);
	return message !== undefined && message.trim() !== '' && NO_REASON.test(message);
}

function isNo(value: unknown): boolean {
	return value === false || value === 0 || /^(false|no|0)$/i.test(String(value ?? ''));
}

function codeNumber(fields: Fields): number | undefined {
	return numberIn(fields, CODE_FIELDS);
}

function numberIn(fields: Fields, names: string[]): number | undefined {
	const code = fields.pick(names, text);
	return code !== undefined && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

/** Returns the names of the parameters that an error is about, as one text. Empty if it names none. */
export function refusedParametersIn({ likelyRecords }: JsonBody): string {
	const errors = likelyRecords.flatMap((fields) => fields.values(ERROR_FIELDS).flat());
	const places = [...likelyRecords, ...Fields.ofEach(errors.slice(0, 10))];
	const names = places.flatMap((fields) => fields.values(PARAMETER_FIELDS).flat());
	return names.filter((name) => typeof name === 'string').join(' ');
}
