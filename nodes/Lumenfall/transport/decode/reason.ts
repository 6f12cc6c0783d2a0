import {
	CODE_FIELDS,
	DETAIL_FIELDS,
	ERROR_CONTAINERS,
	ERROR_FIELDS,
	HTTP_PHRASE,
	LAST_FIELDS,
	LOOSE_FIELDS,
	NO_REASON,
	RAW_FIELDS,
	REASON_CONTAINERS,
	REASON_FIELDS,
	RESPONSE_FIELDS,
	SERVER_FAULT_PHRASE,
} from './errorFields';
import { Fields, withNested } from './fields';
import type { JsonBody } from './jsonBody';
import { parseJson } from './parseResponse';
import { moderationIn } from './moderation';
import { reasonAnywhere } from './reasonAnywhere';
import { withoutUndefined } from '../../support/withoutUndefined';
import { text } from './values';

/** The reason of a refusal or a failure, as the server's own code and message. Empty if the server gives none. */
export interface Reason {
	code?: string;
	message?: string;
}

/** Servers wrap an error in an error in an error, but not deeper. */
const MAX_DEPTH = 4;

/** Returns the reason of a refusal or of a failed job, in whichever field it is. */
export function readReason(body: JsonBody): Reason {
	if (typeof body.json === 'string') return fromText(body.json, 0);
	const records = withNested(body.records, [...ERROR_CONTAINERS, ...REASON_CONTAINERS]);
	// The message next to the code of a success is about the request, not about the failure.
	const successLast = [
		...records.filter((fields) => !saysSuccess(fields)),
		...records.filter(saysSuccess),
	];
	const reasons = [
		...records.map((fields) => inFields(fields, [...ERROR_FIELDS, ...REASON_FIELDS])),
		...successLast.map((fields) => inFields(fields, LOOSE_FIELDS)),
		...records.map((fields) => inFields(fields, LAST_FIELDS)),
	];
	const { message } = clearestOf(reasons);
	const code = reasons.find((one) => one.code !== undefined)?.code ?? codeIn(records);
	const moderation = moderationIn(records);
	const isEmpty = message === undefined && code === undefined;
	const other = isEmpty
		? (wholeError(records) ??
			fieldErrors(body.json) ??
			(moderation ? undefined : reasonAnywhere(body.json)))
		: undefined;
	const words = [other ?? withDetails(message, records), moderation];
	const all = words.filter((one) => one !== undefined).join('; ');
	return withoutUndefined<Reason>({ code, message: all || undefined });
}

/** Returns the first reason with a message. One that only repeats the HTTP status counts only if there is no other. */
function clearestOf(reasons: Reason[]): Reason {
	const named = reasons.filter(({ message }) => message !== undefined);
	const clear = named.find(({ message = '' }) => !HTTP_PHRASE.test(message));
	// A relay may pass on a fault of the server behind it with another status. Then this name is the only sign of it.
	const fault = named.find(({ message = '' }) => SERVER_FAULT_PHRASE.test(message));
	if (!clear) return fault ?? named[0] ?? {};
	return fault ? { ...clear, message: `${fault.message}: ${clear.message}` } : clear;
}

function saysSuccess(fields: Fields): boolean {
	return /^(0|200|success|ok)$/i.test(fields.pick(CODE_FIELDS, text) ?? '');
}

/** Returns a code in words that is the only reason: `{ "state": "failed", "err_code": "CreditInsufficient" }`. */
function codeIn(records: Fields[]): string | undefined {
	const codes = records.map((fields) => fields.pick(CODE_FIELDS, text));
	return codes.find((code) => code !== undefined && /[a-z]/i.test(code) && !NO_REASON.test(code));
}

/** Adds the list of what is wrong with each parameter, if the message is not one of them. */
function withDetails(message: string | undefined, records: Fields[]): string | undefined {
	const lists = records.flatMap((fields) => fields.values(DETAIL_FIELDS));
	const list = lists.find((one) => typeof one === 'object' && isFilled(one));
	const details = list === undefined ? '' : JSON.stringify(list);
	return message === undefined || !details || details.includes(message)
		? message
		: `${message}: ${details}`;
}

/** Returns an error without a known field as JSON, such as a list of messages by parameter. */
function wholeError(records: Fields[]): string | undefined {
	const errors = records.flatMap((fields) => fields.values(ERROR_FIELDS));
	const found = errors.find((error) => typeof error === 'object' && isFilled(error));
	return found === undefined ? undefined : JSON.stringify(found);
}

/** Returns the messages of each field, which is all that Django returns: `{ "seconds": ["A valid integer is required."] }`. */
function fieldErrors(json: unknown): string | undefined {
	const entries = Fields.of(json)?.entries() ?? [];
	const isMessages = ([, value]: [string, unknown]) =>
		Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
	return entries.length > 0 && entries.every(isMessages) ? JSON.stringify(json) : undefined;
}

/** Reports whether a field for errors contains an error. Many servers send it empty. */
export function isFilled(value: unknown): boolean {
	if (typeof value === 'string') return !NO_REASON.test(value);
	if (typeof value === 'number') return value !== 0;
	if (Array.isArray(value)) return value.some(isFilled);
	const fields = Fields.of(value);
	return fields ? fields.entries().some(([, one]) => isFilled(one)) : value === true;
}

function inFields(fields: Fields, names: string[], depth = 0): Reason {
	const reasons: Reason[] = [];
	for (const value of fields.values(names)) {
		const { code, message } = inValue(value, depth);
		if (message === undefined && code === undefined) continue;
		reasons.push(withoutUndefined<Reason>({ code: code ?? ownCode(fields), message }));
		if (!HTTP_PHRASE.test(message ?? '')) break;
	}
	return withoutUndefined<Reason>({ ...reasons.at(-1), message: clearestOf(reasons).message });
}

/** A numeric code next to the message is the server's own error code. `200` and `0` are codes of a success. */
function ownCode(fields: Fields): string | undefined {
	const code = fields.pick(CODE_FIELDS, text);
	return code === '0' || code === '200' ? undefined : code;
}

function inValue(value: unknown, depth: number): Reason {
	if (depth > MAX_DEPTH) return {};
	if (typeof value === 'string') return fromText(value, depth);
	if (Array.isArray(value)) return inList(value, depth);
	const fields = Fields.of(value);
	if (!fields) return {};
	const places = [[...ERROR_FIELDS, ...REASON_FIELDS, ...LOOSE_FIELDS], LAST_FIELDS];
	const found = places.map((names) => inFields(fields, names, depth + 1));
	const { message, code = found[0].code } = clearestOf(found);
	return withoutUndefined<Reason>({
		code: code ?? fields.pick([...CODE_FIELDS, 'type', 'status'], text),
		message: withRaw(message, fields, depth),
	});
}

/** OpenRouter, piapi and others add the response of the provider, which has the actual reason. */
function withRaw(message: string | undefined, fields: Fields, depth: number): string | undefined {
	const nested = Fields.of(fields.get('metadata'))?.get('raw');
	const raws = [nested, rpcDetailsOf(fields), ...fields.values(RAW_FIELDS)];
	const reasons = [
		...raws.map((one) => inValue(one, depth + 1)),
		...fields.values(RESPONSE_FIELDS).map((one) => inResponse(one, depth + 1)),
	];
	const raw = reasons.map((one) => one.message).find((one) => one !== undefined);
	const both = [message, raw].filter((one) => one !== undefined);
	return both.length > 0 ? [...new Set(both)].join(': ') : undefined;
}

/**
 * Returns the reason in the response of the server behind a relay, if it has a field for it. Any other text may be that of the
 * request, whose words say nothing about the error.
 */
function inResponse(value: unknown, depth: number): Reason {
	const fields = Fields.of(typeof value === 'string' ? parseJson(value) : value);
	if (!fields || depth > MAX_DEPTH) return {};
	const inner = fields.values(RESPONSE_FIELDS).map((one) => inResponse(one, depth + 1));
	return clearestOf([
		inFields(fields, [...ERROR_FIELDS, ...REASON_FIELDS, ...LOOSE_FIELDS], depth),
		...inner,
	]);
}

/** Google's message is general. The reason is in one of the details, which have a type (google.rpc.ErrorInfo). */
function rpcDetailsOf(fields: Fields): unknown[] {
	const details = fields.get('details');
	return Array.isArray(details) ? details.filter((one) => Fields.of(one)?.has('@type')) : [];
}

/**
 * Returns the first error of a list that has a message. A list of sentences, or of field errors in FastAPI's format, is
 * shown whole.
 */
function inList(list: unknown[], depth: number): Reason {
	if (list.some((one) => Fields.of(one)?.has('loc'))) {
		// The input may be the whole request. The words of its prompt say nothing about the error.
		const withoutInput = (name: string, value: unknown) => (name === 'input' ? undefined : value);
		return { message: JSON.stringify(list, withoutInput) };
	}
	if (list.length > 1 && list.every((one) => typeof one === 'string'))
		return { message: list.join('; ') };
	const reasons = list.slice(0, 5).map((one) => inValue(one, depth + 1));
	return reasons.find(({ message }) => message !== undefined) ?? reasons[0] ?? {};
}

/** Python writes an object in its own notation, not as JSON. */
const CODE_IN_TEXT = /["']code["']: ?["']([\w.-]+)["']/;

/** No validation error is longer. */
const MAX_READ = 20_000;
/** The refused value in a validation error of Python. Its words, such as those of a prompt, say nothing about the error. */
const REFUSED_VALUE =
	/, (?:'input': (?:\{[^{}]{0,1000}\}|'(?:[^'\\]|\\.){0,1000}'|[^,}\]]*)|input_value=.{0,200}?(?=, input_type=))/gs;

/** Relays put the JSON of the server behind them into a text, often after words of their own. */
function fromText(given: string, depth: number): Reason {
	const message = given.length > MAX_READ ? given : given.replace(REFUSED_VALUE, '');
	if (NO_REASON.test(message)) return {};
	// Not a regular expression, which would take minutes for thousands of brackets that nothing closes.
	const start = message.search(/[[{]/);
	const end = Math.max(message.lastIndexOf('}'), message.lastIndexOf(']'));
	const json = start >= 0 ? message.slice(start, end + 1) : '';
	const inner = json ? inValue(parseJson(json), depth + 1) : {};
	if (inner.message === undefined)
		return withoutUndefined<Reason>({ code: CODE_IN_TEXT.exec(message)?.[1], message });
	const words = message.slice(0, start);
	return { ...inner, message: words.trim() ? words + inner.message : inner.message };
}
