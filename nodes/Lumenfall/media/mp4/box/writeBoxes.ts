/** Creates boxes of an MP4 file (ISO/IEC 14496-12). */

/** Returns a box whose content is these parts. */
export function box(type: string, ...parts: Buffer[]): Buffer {
	const bytes = parts.reduce((sum, part) => sum + part.length, 8);
	return Buffer.concat([u32(bytes), Buffer.from(type, 'latin1'), ...parts], bytes);
}

/** Returns a box with a version and flags before its content. */
export function fullBox(type: string, version: number, flags: number, ...parts: Buffer[]): Buffer {
	return box(type, u32(version * 2 ** 24 + flags), ...parts);
}

/** Returns numbers of 8 bits. */
export function u8(...values: number[]): Buffer {
	return Buffer.from(values);
}

/** Returns numbers of 16 bits. */
export function u16(...values: number[]): Buffer {
	const buffer = Buffer.alloc(values.length * 2);
	values.forEach((value, i) => buffer.writeUInt16BE(value, i * 2));
	return buffer;
}

/** Returns numbers of 32 bits. */
export function u32(...values: number[]): Buffer {
	return u32List(values);
}

/** Returns a list of numbers of 32 bits. It may be longer than function arguments can be. */
export function u32List(values: ArrayLike<number>): Buffer {
	const buffer = Buffer.alloc(values.length * 4);
	for (let i = 0; i < values.length; i += 1) buffer.writeUInt32BE(values[i], i * 4);
	return buffer;
}

/** Returns numbers of 64 bits. */
export function u64(...values: number[]): Buffer {
	const buffer = Buffer.alloc(values.length * 8);
	values.forEach((value, i) => buffer.writeBigUInt64BE(BigInt(value), i * 8));
	return buffer;
}
