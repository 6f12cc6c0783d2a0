import type { IDataObject } from 'n8n-workflow';

/** Reports whether a value is an object and not a list. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
