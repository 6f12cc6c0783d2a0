import type { z } from 'zod';
import { isRecord } from '../../support/isRecord';

/** Each object of a response is opened once, whoever asks for its fields. */
const opened = new WeakMap<object, Fields>();

/** The fields of one object of a response, by plain name: `taskId`, `task_id` and `Task-ID` are all `taskid`. */
export class Fields {
	private readonly byName = new Map<string, unknown>();

	/** @param json the object as the server wrote it */
	private constructor(readonly json: object) {
		opened.set(json, this);
		for (const [name, value] of Object.entries(json)) {
			const plain = plainName(name);
			if (!this.byName.has(plain)) this.byName.set(plain, value);
		}
	}

	/** Returns the fields of an object. Undefined for a list, a text, or any other value. */
	static of(value: unknown): Fields | undefined {
		const known = opened.get(value as object);
		return known ?? (isRecord(value) ? new Fields(value) : undefined);
	}

	/** Returns the fields of each value that is an object. */
	static ofEach(values: unknown[]): Fields[] {
		return values.flatMap((value) => Fields.of(value) ?? []);
	}

	/** Returns the value of a field as it is. */
	get(name: string): unknown {
		return this.byName.get(name);
	}

	has(name: string): boolean {
		return this.byName.has(name);
	}

	/** Returns the name and the value of each field. */
	entries(): Array<[string, unknown]> {
		return [...this.byName];
	}

	/** Returns the values of the named fields, without the fields that are missing. */
	values(names: string[]): unknown[] {
		return names.map((name) => this.get(name)).filter((value) => value !== undefined);
	}

	/** Returns the objects in the named fields. */
	inside(names: string[]): Fields[] {
		return Fields.ofEach(this.values(names));
	}

	/** Returns the first of the named fields whose value fits the schema. */
	pick<Schema extends z.ZodTypeAny>(names: string[], schema: Schema): z.output<Schema> | undefined {
		for (const value of this.values(names)) {
			if (value === null) continue;
			const read = schema.safeParse(value);
			if (read.success && read.data !== undefined) return read.data as z.output<Schema>;
		}
		return undefined;
	}
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** Returns the value of the named fields from the first object that has one which fits the schema. */
export function pickIn<Schema extends z.ZodTypeAny>(
	objects: Fields[],
	names: string[],
	schema: Schema,
): z.output<Schema> | undefined {
	for (const fields of objects) {
		const value = fields.pick(names, schema);
		if (value !== undefined) return value;
	}
	return undefined;
}

/** Values to read: the names of the field of each, the most usual one first, and how its value is read. */
type FieldTable = Record<string, { names: string[]; schema: z.ZodTypeAny }>;

type PickedFields<Table extends FieldTable> = {
	[Name in keyof Table]: z.output<Table[Name]['schema']> | undefined;
};

/** Returns the values of a table of fields, each from the first object that has one which fits its schema. */
export function pickAllIn<Table extends FieldTable>(
	objects: Fields[],
	table: Table,
): PickedFields<Table> {
	const values = Object.entries(table).map(([name, { names, schema }]) => [
		name,
		pickIn(objects, names, schema),
	]);
	return Object.fromEntries(values) as PickedFields<Table>;
}

/** Returns the objects, and those in these fields of each. */
export function withNested(objects: Fields[], names: string[]): Fields[] {
	return [...objects, ...objects.flatMap((fields) => fields.inside(names))];
}
