import { open } from 'node:fs/promises';

/**
 * Pads an MP4 file to an exact size with a `free` box, which players skip. A file that is larger already is not
 * changed. The box is a sparse part of the file, so it uses neither memory nor disk space.
 */
export async function padTo(path: string, bytes: number): Promise<void> {
	await using file = await open(path, 'r+');
	const { size } = await file.stat();
	const header = freeBoxHeader(bytes - size);
	if (bytes - size < header.length) return;
	await file.write(header, 0, header.length, size);
	await file.truncate(bytes);
}

// ISO 14496-12: four bytes of length and the name. Above 4 GiB, the length follows in eight bytes.
function freeBoxHeader(bytes: number): Buffer {
	const isLarge = bytes > 0xffff_ffff;
	const header = Buffer.alloc(isLarge ? 16 : 8);
	header.writeUInt32BE(isLarge ? 1 : Math.max(0, bytes), 0);
	header.write('free', 4, 'latin1');
	if (isLarge) header.writeBigUInt64BE(BigInt(bytes), 8);
	return header;
}
