import { createHash } from 'node:crypto';
import { replaceCircularReferences } from 'n8n-workflow';

/** Stored executions and the trigger's static data contain these digests, so the same value must always have the same one. */

/** Returns SHA-256 as hex digits. */
export function sha256(data: string | Buffer): string {
	return createHash('sha256').update(data).digest('hex');
}

/** Returns the hash of any JSON value. The order of object keys does not matter. */
export function hashOf(value: unknown): string {
	return sha256(stableText(value));
}

/** Returns a hash that is long enough to recognize a text, and short enough to be stored for thousands of items. */
export function shortHash(text: string): string {
	return sha256(JSON.stringify(text)).slice(0, 32);
}

/** Compares two JSON values. The order of object keys does not matter. */
export function isSameJson(one: unknown, other: unknown): boolean {
	return one === other || stableText(one) === stableText(other);
}

function stableText(value: unknown): string {
	try {
		return textOf(value);
	} catch {
		// An item of a Code node may contain itself.
		return textOf(replaceCircularReferences(value));
	}
}

function textOf(value: unknown): string {
	return JSON.stringify(value, withSortedKeys) ?? 'undefined';
}

function withSortedKeys(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
