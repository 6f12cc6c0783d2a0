/** The beginning of a file that is enough for its length: the EBML header and that of the segment. */
export const WEBM_START_BYTES = 128;

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const ID_BYTES = 4;

/**
 * Returns the length of a WebM file as its own header has it (RFC 8794, section 6), in bytes. Undefined for another
 * file, or if the length was not known when the file was written.
 * @param start the first bytes of the file
 */
export function webmLength(start: Buffer): number | undefined {
	const header = elementAt(start, 0, EBML);
	const segment = header && elementAt(start, header.end, SEGMENT);
	return segment?.end;
}

/** Reads an element with this ID, and returns where it ends. */
function elementAt(bytes: Buffer, at: number, id: number): { end: number } | undefined {
	const sizeAt = at + ID_BYTES;
	if (sizeAt >= bytes.length || bytes.readUInt32BE(at) !== id) return undefined;
	// The number of leading zeros is the number of further bytes.
	const sizeBytes = Math.clz32(bytes[sizeAt]) - 24 + 1;
	if (sizeBytes > 8 || sizeAt + sizeBytes > bytes.length) return undefined;
	let size = bytes[sizeAt] & (0xff >> sizeBytes);
	let isUnknown = size === 0xff >> sizeBytes;
	for (const byte of bytes.subarray(sizeAt + 1, sizeAt + sizeBytes)) {
		size = size * 256 + byte;
		isUnknown &&= byte === 0xff;
	}
	return isUnknown ? undefined : { end: sizeAt + sizeBytes + size };
}
