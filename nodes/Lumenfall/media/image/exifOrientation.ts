/** Orientation of the stored pixels: 1 upright, 2 to 8 mirrored or rotated (EXIF 2.32, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const PREFIX = 'Exif\0\0';
const ENTRY_BYTES = 12;

/**
 * Reads the orientation from a block of EXIF data, with or without the prefix that JPEG adds. A block without a valid
 * orientation means upright.
 */
export function readOrientation(block: Buffer): Orientation {
	const hasPrefix = block.toString('latin1', 0, PREFIX.length) === PREFIX;
	const tiff = hasPrefix ? block.subarray(PREFIX.length) : block;
	const byteOrder = tiff.toString('latin1', 0, 2);
	if (tiff.length < 8 || (byteOrder !== 'II' && byteOrder !== 'MM')) return 1;

	const isLittle = byteOrder === 'II';
	const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	if (directory + 2 > tiff.length) return 1;

	const end = Math.min(directory + 2 + short(directory) * ENTRY_BYTES, tiff.length);
	for (let at = directory + 2; at + ENTRY_BYTES <= end; at += ENTRY_BYTES) {
		if (short(at) === ORIENTATION_TAG && short(at + 2) === SHORT) {
			const value = short(at + 8);
			return value >= 1 && value <= 8 ? (value as Orientation) : 1;
		}
	}
	return 1;
}
