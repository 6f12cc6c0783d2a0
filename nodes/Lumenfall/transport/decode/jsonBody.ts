import { Fields } from './fields';

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
/** Fields in which servers nest a list. */
const AROUND_LIST = ['data', 'result', 'response'];
const MAX_DEPTH = 3;

/**
 * The JSON of a response, opened once. Its records are the objects that may describe a job, the outer ones first. All code that
 * reads the ID, the status, the files, the cost or the error of a response uses these records.
 */
export class JsonBody {
	/** All records. */
	readonly records: Fields[];
	/** The records in likely places, without those that may also be something else, such as the files of a job. */
	readonly likelyRecords: Fields[];

	/** @param json the body as the server wrote it: usually an object, else a list, a text, or nothing */
	private constructor(readonly json: unknown) {
		const found = recordsIn(json);
		this.records = found.map(({ fields }) => fields);
		this.likelyRecords = found.filter(({ isLikely }) => isLikely).map(({ fields }) => fields);
	}

	/** Opens the body of a response, or an object in it as if it were one. */
	static open(json: unknown): JsonBody {
		return new JsonBody(json);
	}

	/**
	 * Returns the entries of the first list with several objects of a kind. Lists inside of such an object belong to it, so they
	 * are left out.
	 */
	severalOf(isOfKind: (fields: Fields) => boolean): Fields[] | undefined {
		return severalIn(this.json, isOfKind);
	}

	/** Returns the object itself, and the objects in it that may contain a list or what is known of it. */
	recordsOfList(): Fields[] {
		const fields = Fields.of(this.json);
		return fields ? [fields, ...fields.inside(AROUND_LIST)] : [];
	}

	/**
	 * Returns the entries of a list: the body itself, or a field with one of these names, also nested. Undefined if there is
	 * none. Go writes an empty list as `null`.
	 */
	listEntries(names: string[]): unknown[] | undefined {
		if (Array.isArray(this.json)) return this.json;
		const records = this.recordsOfList();
		const list = records.flatMap((fields) => fields.values(names)).find(Array.isArray);
		if (list) return list as unknown[];
		const isEmpty = records.some(
			(fields) =>
				(fields.get('object') === 'list' || fields.get('total') === 0) &&
				fields.values(names).includes(null),
		);
		return isEmpty ? [] : undefined;
	}
}

interface FoundRecord {
	fields: Fields;
	isLikely: boolean;
}

/** Only the first entry of a list counts. */
function recordsIn(value: unknown, isLikely = true, depth = 0): FoundRecord[] {
	const fields = Fields.of(Array.isArray(value) ? (value as unknown[])[0] : value);
	if (!fields || depth > MAX_DEPTH) return [];
	const inside = (names: string[], areLikely: boolean) =>
		fields.values(names).flatMap((one) => recordsIn(one, areLikely, depth + 1));
	return [{ fields, isLikely }, ...inside(CONTAINERS, isLikely), ...inside(LESS_LIKELY, false)];
}

function severalIn(
	value: unknown,
	isOfKind: (fields: Fields) => boolean,
	depth = 0,
): Fields[] | undefined {
	if (Array.isArray(value)) {
		const entries = Fields.ofEach(value);
		return entries.filter(isOfKind).length > 1 ? entries : undefined;
	}
	const fields = Fields.of(value);
	if (!fields || depth > MAX_DEPTH || isOfKind(fields)) return undefined;
	const inner = fields.values([...CONTAINERS, ...LESS_LIKELY]);
	return inner.map((one) => severalIn(one, isOfKind, depth + 1)).find((list) => list !== undefined);
}
