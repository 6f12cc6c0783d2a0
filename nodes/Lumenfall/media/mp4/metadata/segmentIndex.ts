const REFERENCE_BYTES = 12;
/** The highest bit says whether the reference is to another index. */
const SIZE_BITS = 0x7fffffff;

/**
 * Returns how many bytes the segments have that a segment index announces (`sidx`, ISO/IEC 14496-12 section 8.16.3),
 * counted from the end of the index. 0 for a damaged index.
 */
export function bytesOfSegments(sidx: Buffer): number {
	const isLong = sidx[0] === 1;
	const countAt = isLong ? 30 : 22;
	const first = countAt + 2;
	if (sidx.length < first) return 0;
	let bytes = isLong ? Number(sidx.readBigUInt64BE(20)) : sidx.readUInt32BE(16);
	const end = first + sidx.readUInt16BE(countAt) * REFERENCE_BYTES;
	if (sidx.length < end) return 0;
	for (let at = first; at < end; at += REFERENCE_BYTES) bytes += sidx.readUInt32BE(at) & SIZE_BITS;
	return bytes;
}
