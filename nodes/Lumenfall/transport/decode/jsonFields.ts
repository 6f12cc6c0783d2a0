import type { z } from 'zod';

/** The fields of an object, by normalized name: `taskId`, `task_id` and `Task-ID` are the same field. */
export type Fields = ReadonlyMap<string, unknown>;

/** Returns the fields of an object. Undefined for a list, a text, or any other value. Fields are returned as they are. */
export function fieldsOf(value: unknown): Fields | undefined {
	if (value instanceof Map) return value as Fields;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const fields = new Map<string, unknown>();
	for (const [name, one] of Object.entries(value)) {
		const plain = plainName(name);
		if (!fields.has(plain)) fields.set(plain, one);
	}
	return fields;
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Returns the values of the named fields, without the fields that are missing. */
export function valuesOf(fields: Fields, names: string[]): unknown[] {
	return names.map((name) => fields.get(name)).filter((value) => value !== undefined);
}

/** Returns the first of the named fields whose value fits the schema. */
export function pick<Schema extends z.ZodTypeAny>(
	fields: Fields | undefined,
	names: string[],
	schema: Schema,
): z.output<Schema> | undefined {
	for (const name of names) {
		const value = fields?.get(name);
		if (value === undefined || value === null) continue;
		const read = schema.safeParse(value);
		if (read.success && read.data !== undefined) return read.data as z.output<Schema>;
	}
	return undefined;
}

/** Returns the value of the named fields from the first object that has one which fits the schema. */
export function pickIn<Schema extends z.ZodTypeAny>(
	objects: Array<Fields | undefined>,
	names: string[],
	schema: Schema,
): z.output<Schema> | undefined {
	for (const fields of objects) {
		const value = pick(fields, names, schema);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Values to read: the names of the field of each, the most usual one first, and how its value is read. */
type FieldTable = Record<string, { names: string[]; schema: z.ZodTypeAny }>;

/** Returns the values of a table of fields. A value that is missing or does not fit its schema is undefined. */
export function pickAll<Table extends FieldTable>(
	fields: Fields | undefined,
	table: Table,
): { [Name in keyof Table]: z.output<Table[Name]['schema']> | undefined } {
	const values = Object.entries(table).map(([name, { names, schema }]) => [
		name,
		pick(fields, names, schema),
	]);
	return Object.fromEntries(values) as ReturnType<typeof pickAll<Table>>;
}

/** Fields in which servers nest the actual content of a response. */
const CONTAINERS = [
	'data',
	'result',
	'response',
	'output',
	'video',
	'task',
	'job',
	'payload',
	'body',
	'resp',
	'status',
	// JSON:API.
	'attributes',
];
/** Fields that also contain other things, such as the files of a job. */
const LESS_LIKELY = [
	...['videos', 'tasks', 'jobs', 'results', 'outputs', 'items', 'item', 'record'],
	...['taskresult', 'taskinfo', 'generation', 'generations', 'prediction', 'predictions'],
	...['operation', 'creation', 'render'],
];
const MAX_DEPTH = 3;

/**
 * Returns the objects of a response that may describe a job, the outer ones first. Only the first entry of a list
 * counts.
 * @param isWide whether to look in less likely places too
 */
export function recordsIn(response: unknown, isWide = false, depth = 0): Fields[] {
	const first = Array.isArray(response) ? (response as unknown[])[0] : response;
	const fields = fieldsOf(first);
	if (!fields || depth > MAX_DEPTH) return [];
	const names = isWide ? [...CONTAINERS, ...LESS_LIKELY] : CONTAINERS;
	return [
		fields,
		...valuesOf(fields, names).flatMap((value) => recordsIn(value, isWide, depth + 1)),
	];
}

/**
 * Returns the entries of the first list in a response with several objects of a kind. Lists inside of such an object belong
 * to it, so they are left out.
 */
export function listIn(
	response: unknown,
	isOfKind: (fields: Fields) => boolean,
	depth = 0,
): Fields[] | undefined {
	if (Array.isArray(response)) {
		const entries = response.map(fieldsOf).filter((one) => one !== undefined);
		return entries.filter(isOfKind).length > 1 ? entries : undefined;
	}
	const fields = fieldsOf(response);
	if (!fields || depth > MAX_DEPTH || isOfKind(fields)) return undefined;
	const inner = valuesOf(fields, [...CONTAINERS, ...LESS_LIKELY]);
	return inner.map((one) => listIn(one, isOfKind, depth + 1)).find((list) => list !== undefined);
}

/** Fields in which servers nest a list. */
const AROUND_LIST = ['data', 'result', 'response'];

/** Returns the response, and the objects in it that may contain a list or what is known of it. */
export function recordsOfList(response: unknown): Fields[] {
	const fields = fieldsOf(response);
	if (!fields) return [];
	const inner = valuesOf(fields, AROUND_LIST).map(fieldsOf);
	return [fields, ...inner.filter((one) => one !== undefined)];
}

/**
 * Returns the entries of the list in a response: the response itself, or a field with one of these names, also nested.
 * Undefined if there is none. Go writes an empty list as `null`.
 */
export function entriesIn(response: unknown, names: string[]): unknown[] | undefined {
	if (Array.isArray(response)) return response;
	const records = recordsOfList(response);
	const list = records.flatMap((fields) => valuesOf(fields, names)).find(Array.isArray);
	if (list) return list as unknown[];
	const isEmpty = records.some(
		(fields) =>
			(fields.get('object') === 'list' || fields.get('total') === 0) &&
			valuesOf(fields, names).includes(null),
	);
	return isEmpty ? [] : undefined;
}
