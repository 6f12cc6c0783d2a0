import type { z } from 'zod';

/** An object of an answer, its fields by plain name: `taskId`, `task_id` and `Task-ID` are the same field. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of an object; undefined for a list, a text, or anything else. */
export function fieldsOf(value: unknown): Fields | undefined {
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

/** The first of the named fields that holds what the schema wants. */
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

/** Where servers put what an answer is about, beside the answer itself. */
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
];
const MAX_DEPTH = 3;

/** The objects of an answer that may describe a job, the outer ones first. Of a list only the first entry counts. */
export function recordsIn(answer: unknown, depth = 0): Fields[] {
	const first = Array.isArray(answer) ? (answer as unknown[])[0] : answer;
	const fields = fieldsOf(first);
	if (!fields || depth > MAX_DEPTH) return [];
	const inner = CONTAINERS.flatMap((name) => recordsIn(fields.get(name), depth + 1));
	return [fields, ...inner];
}
