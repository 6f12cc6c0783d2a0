import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { formOf } from '../../nodes/Lumenfall/parameters/form';

/** A form as n8n passes it to a node: the values after expressions, and the files of the items. */
export interface FakeForm {
	values: Record<string, unknown>;
	items?: Array<Partial<INodeExecutionData>>;
	/** Content that n8n stores outside of memory, by ID. */
	stored?: Record<string, Buffer>;
	/** n8n's combined binary mode: a name is a path in the item's JSON. */
	isCombined?: boolean;
}

/**
 * A node with these form values, which finds files by n8n's own rules. Hints are collected in `hints`. Its first item is
 * `item`, and the form of that item is `form`.
 */
export function fakeForm({ values, items = [{}], stored = {}, isCombined = false }: FakeForm) {
	const hints: string[] = [];
	const find = (itemIndex: number, given: unknown): IBinaryData => {
		if (isFile(given)) return given;
		const { json, binary } = items[itemIndex];
		const found = at(isCombined ? json : binary, String(given).split('.'));
		if (typeof given !== 'string' || !isFile(found)) throw new Error('n8n found no such file');
		return found;
	};
	const node = {
		getNodeParameter: (name: string, _: number, fallback: unknown) => {
			const value = at(values, name.split('.'));
			return value === undefined && !hasOwn(values, name) ? fallback : value;
		},
		getInputData: () => items,
		getTimezone: () => 'UTC',
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		helpers: {
			assertBinaryData: find,
			getBinaryDataBuffer: async (itemIndex: number, given: unknown) => {
				const { id, data } = find(itemIndex, given);
				return id ? stored[id] : Buffer.from(data, 'base64');
			},
			getBinaryMetadata: async (id: string) => ({ fileSize: stored[id].length }),
			getBinaryStream: async function* (id: string) {
				yield stored[id];
			},
		},
	};
	const execution = node as unknown as IExecuteFunctions;
	const item = { execution, itemIndex: 0 };
	return Object.assign(execution, { hints, item, form: formOf(item) });
}

/** A file that n8n keeps in memory. */
export function inMemory(content: Buffer, fileName = 'image.png'): IBinaryData {
	return { data: content.toString('base64'), mimeType: 'image/png', fileName };
}

function at(value: unknown, path: string[]): unknown {
	return path.reduce<unknown>(
		(inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
		value,
	);
}

function hasOwn(values: object, name: string): boolean {
	return Object.prototype.hasOwnProperty.call(values, name);
}

function isFile(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}
