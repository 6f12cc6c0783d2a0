/** Finds boxes in a part of an MP4 file that is in memory (ISO/IEC 14496-12, section 4.2). */
import { MAX_CHILD_BOXES } from '../limits';

export interface Box {
	type: string;
	/** Everything after size and type. */
	payload: Buffer;
}

/** A table or box that contradicts itself; whoever knows the name of the clip puts it into words. */
export class DamagedIndex extends Error {}

/** Tables that point outside of themselves surface as RangeError, when a buffer is read beyond its end. */
export function isDamage(error: unknown): boolean {
	return error instanceof DamagedIndex || (error as Error).name === 'RangeError';
}

/** Size and type of a box; `size` 0 means: to the end of the file. */
export interface BoxHeader {
	type: string;
	size: number;
	headerBytes: number;
}

/** Longest header of a box. */
export const LONG_HEADER_BYTES = 16;
const HEADER_BYTES = 8;

/** Reads the header at the start of the bytes, or nothing where they are too few. */
export function readBoxHeader(bytes: Buffer): BoxHeader | undefined {
	if (bytes.length < HEADER_BYTES) return undefined;
	const size = bytes.readUInt32BE(0);
	const type = bytes.toString('latin1', 4, 8);
	if (size !== 1) return { type, size, headerBytes: HEADER_BYTES };
	if (bytes.length < LONG_HEADER_BYTES) return undefined;
	return { type, size: Number(bytes.readBigUInt64BE(8)), headerBytes: LONG_HEADER_BYTES };
}

/**
 * The boxes within a box, from an offset on. Ends at the first thing that is no box.
 * @throws DamagedIndex where there are more than any real file has
 */
export function* boxesIn(parent: Buffer, from = 0): Generator<Box> {
	let at = from;
	for (let count = 0; at < parent.length; count += 1) {
		if (count === MAX_CHILD_BOXES) throw new DamagedIndex();
		const header = readBoxHeader(parent.subarray(at, at + LONG_HEADER_BYTES));
		if (!header) return;
		const size = header.size === 0 ? parent.length - at : header.size;
		if (size < header.headerBytes || at + size > parent.length) return;
		yield { type: header.type, payload: parent.subarray(at + header.headerBytes, at + size) };
		at += size;
	}
}

/** A type for a message; that of a damaged file may be anything. */
export function quotedType(type: string): string {
	return `'${type.replace(/[^\x20-\x7e]/g, '?').trim()}'`;
}

/** The payload of the first box of a type, one level below another for each further type. */
export function findBox(parent: Buffer, ...path: string[]): Buffer | undefined {
	let found: Buffer | undefined = parent;
	for (const type of path) {
		found = found && firstIn(found, type);
	}
	return found;
}

/**
 * The same for a box that must be there.
 * @throws DamagedIndex
 */
export function needBox(parent: Buffer, ...path: string[]): Buffer {
	const found = findBox(parent, ...path);
	if (!found) throw new DamagedIndex();
	return found;
}

function firstIn(parent: Buffer, wanted: string): Buffer | undefined {
	for (const { type, payload } of boxesIn(parent)) {
		if (type === wanted) return payload;
	}
	return undefined;
}
