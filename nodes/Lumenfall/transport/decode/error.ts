import { fieldsOf, pick, recordsIn, type Fields } from './fields';
import { text, withoutUndefined } from './values';

/** The reason of a refusal or a failure, as the server's own code and message. Empty if the server gives none. */
export interface Reason {
	code?: string;
	message?: string;
}

/** Fields that contain an error and nothing else: if one of them is not empty, something went wrong. */
const ERROR_FIELDS = ['error', 'errors', 'lasterror', 'failure'];
const REASON_FIELDS = [
	'failreason',
	'failurereason',
	'failmsg',
	'failuremessage',
	'errormessage',
	'errormsg',
];
/** Fields that contain the reason after an error, and other text after a success. */
const LOOSE_FIELDS = [
	'statusmessage',
	'statusmsg',
	'message',
	'msg',
	'detail',
	'details',
	'reason',
];
const CODE_FIELDS = ['code', 'errorcode', 'errcode', 'failcode', 'statuscode'];
/** Servers wrap an error in an error in an error, but not deeper. */
const MAX_DEPTH = 4;

/** Returns the reason of a refusal or of a failed job, in whichever field it is. */
export function readReason(response: unknown): Reason {
	if (typeof response === 'string') return fromText(response, 0);
	const records = recordsIn(response);
	const reasons = [
		...records.map((fields) => inFields(fields, [...ERROR_FIELDS, ...REASON_FIELDS])),
		...records.map((fields) => inFields(fields, [...LOOSE_FIELDS, 'baseresp'])),
	];
	const message = reasons.find((one) => one.message !== undefined)?.message;
	const code = reasons.find((one) => one.code !== undefined)?.code;
	return withoutUndefined<Reason>({ code, message });
}

/**
 * Returns the error of a response that has an error in a field for errors, else undefined. Other text, such as a
 * `message`, may be part of any response.
 */
export function readError(response: unknown): (Reason & { httpStatus?: number }) | undefined {
	const found = recordsIn(response).find(hasError);
	if (!found) return undefined;
	const code = codeNumber(found);
	const isStatus = code !== undefined && code >= 400 && code <= 599;
	return { ...readReason(response), ...(isStatus && { httpStatus: code }) };
}

function hasError(fields: Fields): boolean {
	if (ERROR_FIELDS.some((name) => isFilled(fields.get(name)))) return true;
	if (REASON_FIELDS.some((name) => pick(fields, [name], text) !== undefined)) return true;
	if (fields.get('success') === false || fields.get('ok') === false) return true;
	const base = codeNumber(fieldsOf(fields.get('baseresp')));
	if (base !== undefined && base !== 0) return true;
	const code = codeNumber(fields);
	return code !== undefined && code !== 0 && (code < 200 || code > 299);
}

/** Reports whether a field for errors contains an error. Many servers send it empty. */
function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() !== '';
	if (Array.isArray(value)) return value.some(isFilled);
	const fields = fieldsOf(value);
	if (!fields) return value === true;
	return [...fields.values()].some((one) => (typeof one === 'number' ? one !== 0 : isFilled(one)));
}

function codeNumber(fields: Fields | undefined): number | undefined {
	const code = pick(fields, CODE_FIELDS, text);
	return code !== undefined && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

function inFields(fields: Fields, names: string[], depth = 0): Reason {
	for (const name of names) {
		const reason = inValue(fields.get(name), depth);
		if (reason.message === undefined && reason.code === undefined) continue;
		return withoutUndefined<Reason>({
			code: reason.code ?? ownCode(fields),
			message: reason.message,
		});
	}
	return {};
}

/** A numeric code next to the message is the server's own error code. `200` and `0` are codes of a success. */
function ownCode(fields: Fields): string | undefined {
	const code = pick(fields, CODE_FIELDS, text);
	return code === '0' || code === '200' ? undefined : code;
}

function inValue(value: unknown, depth: number): Reason {
	if (depth > MAX_DEPTH) return {};
	if (typeof value === 'string') return fromText(value, depth);
	if (Array.isArray(value)) return inList(value, depth);
	const fields = fieldsOf(value);
	if (!fields) return {};
	const inner = inFields(fields, [...ERROR_FIELDS, ...REASON_FIELDS, ...LOOSE_FIELDS], depth + 1);
	const code = inner.code ?? pick(fields, [...CODE_FIELDS, 'type', 'status'], text);
	return withoutUndefined<Reason>({ code, message: inner.message });
}

/** Returns the first error of a list that has a message. A list of field errors in FastAPI's format is shown whole. */
function inList(list: unknown[], depth: number): Reason {
	if (list.some((one) => fieldsOf(one)?.has('loc'))) return { message: JSON.stringify(list) };
	const reasons = list.slice(0, 5).map((one) => inValue(one, depth + 1));
	return reasons.find(({ message }) => message !== undefined) ?? reasons[0] ?? {};
}

/** Values that servers also send with successful responses. */
const NO_REASON = /^\s*(success(ful)?|succeeded|ok|null|none)?\s*$/i;

/** Relays put the JSON of the server behind them into a text. */
function fromText(message: string, depth: number): Reason {
	if (NO_REASON.test(message)) return {};
	const json = /^\s*[[{]/.test(message) ? parse(message) : undefined;
	const inner = json === undefined ? {} : inValue(json, depth + 1);
	return inner.message === undefined ? { message } : inner;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
