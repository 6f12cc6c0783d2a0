/** Finds the boxes in a part of an MP4 file that is in memory (ISO/IEC 14496-12, section 4.2). */
import { MAX_CHILD_BOXES } from '../limits';

/** A box in memory. */
export interface Box {
	type: string;
	/** Everything after size and type. */
	payload: Buffer;
}

/** A table or box that contradicts itself. The caller, which knows the name of the clip, creates the message. */
export class DamagedIndex extends Error {}

/**
 * Whether an error means that the file is damaged. A table that points beyond its end causes a RangeError of the
 * buffer.
 */
export function isDamage(error: unknown): boolean {
	return error instanceof DamagedIndex || (error as Error).name === 'RangeError';
}

/** Size and type of a box. A `size` of 0 means that it extends to the end of the file. */
export interface BoxHeader {
	type: string;
	size: number;
	headerBytes: number;
}

/** Length of a box header. */
export const HEADER_BYTES = 8;
/** Length of a box header whose size has 64 bits. */
export const LONG_HEADER_BYTES = 16;

/** Reads the header at the start of the bytes. Undefined if there are too few bytes. */
export function readBoxHeader(bytes: Buffer): BoxHeader | undefined {
	if (bytes.length < HEADER_BYTES) return undefined;
	const size = bytes.readUInt32BE(0);
	const type = bytes.toString('latin1', 4, 8);
	if (size !== 1) return { type, size, headerBytes: HEADER_BYTES };
	if (bytes.length < LONG_HEADER_BYTES) return undefined;
	return { type, size: Number(bytes.readBigUInt64BE(8)), headerBytes: LONG_HEADER_BYTES };
}

/**
 * Yields the boxes within a box, from an offset on. Ends at the first bytes that are not a box.
 * @throws DamagedIndex if there are more boxes than any real file has
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

/** Returns a box type for a message. In a damaged file it may contain any bytes. */
export function quotedType(type: string): string {
	return `'${type.replace(/[^\x20-\x7e]/g, '?').trim()}'`;
}

/** Returns the payload of the first box with this type, if it exists. Further types select a box within it. */
export function findBox(parent: Buffer, ...path: string[]): Buffer | undefined {
	let found: Buffer | undefined = parent;
	for (const type of path) {
		found = found && firstIn(found, type);
	}
	return found;
}

/**
 * Returns the payload of the first box with this type, which must exist. Further types select a box within it.
 * @throws DamagedIndex if it is missing
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
