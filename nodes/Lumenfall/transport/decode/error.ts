import {
	CODE_FIELDS,
	ERROR_CONTAINERS,
	ERROR_FIELDS,
	NAMES_ERROR,
	NO_REASON,
	PARAMETER_FIELDS,
	REASON_FIELDS,
} from './errorFields';
import { fieldsOf, pick, recordsIn, valuesOf, type Fields } from './jsonFields';
import { isFilled, readReason, withNested, type Reason } from './reason';
import { text } from './values';

/** An error in a response, with the HTTP status that a relay has put into it. */
export interface RefusalInBody extends Reason {
	httpStatus?: number;
}

/**
 * Returns the error of a response that has an error in a field for errors, else undefined. Other text, such as a
 * `message`, may be part of any response.
 */
export function readError(response: unknown): RefusalInBody | undefined {
	const found = withNested(recordsIn(response), ERROR_CONTAINERS).find(hasError);
	if (!found) return undefined;
	const inner = valuesOf(found, ERROR_FIELDS).flatMap((value) => fieldsOf(value) ?? []);
	const codes = [found, ...inner].flatMap((one) => [codeNumber(one), numberIn(one, HTTP_STATUS)]);
	const code = codes.find(isHttpError);
	return { ...readReason(response), ...(code !== undefined && { httpStatus: code }) };
}

const HTTP_STATUS = ['status', 'httpstatus', 'httpcode'];

const isHttpError = (code: number | undefined) => code !== undefined && code >= 400 && code <= 599;

function hasError(fields: Fields): boolean {
	if (valuesOf(fields, [...ERROR_FIELDS, ...REASON_FIELDS]).some(isFilled)) return true;
	if (valuesOf(fields, ['success', 'ok']).some(isNo)) return true;
	if (/^(error|fail(ed|ure)?)$/i.test(pick(fields, ['status', 'result'], text) ?? '')) return true;
	if (isHttpError(numberIn(fields, ['status']))) return true;
	const code = codeNumber(fields);
	if (code === undefined) return NAMES_ERROR.test(pick(fields, CODE_FIELDS, text) ?? '');
	return code !== 0 && (code < 200 || code > 299) && !hasSuccessMessage(fields);
}

/** Some servers have other numbers than 0 and 200 for a success. */
function hasSuccessMessage(fields: Fields): boolean {
	const message = pick(fields, ['message', 'msg', 'errmsg', 'errormsg', 'description'], text);
	return message !== undefined && message.trim() !== '' && NO_REASON.test(message);
}

function isNo(value: unknown): boolean {
	return value === false || value === 0 || /^(false|no|0)$/i.test(String(value ?? ''));
}

function codeNumber(fields: Fields): number | undefined {
	return numberIn(fields, CODE_FIELDS);
}

function numberIn(fields: Fields, names: string[]): number | undefined {
	const code = pick(fields, names, text);
	return code !== undefined && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

/** Returns the names of the parameters that an error is about, as one text. Empty if it names none. */
export function refusedParametersIn(response: unknown): string {
	const records = recordsIn(response);
	const errors = records.flatMap((fields) => valuesOf(fields, ERROR_FIELDS).flat());
	const places = [...records, ...errors.slice(0, 10).map(fieldsOf)];
	const names = places.flatMap((one) => (one ? valuesOf(one, PARAMETER_FIELDS).flat() : []));
	return names.filter((name) => typeof name === 'string').join(' ');
}
