/** Changes single boxes of MP4 files, to create files that no available encoder writes. */

const CONTAINERS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts'];

/**
 * Rebuilds a file, whose index comes after its data, box by box.
 * @param change returns the new payload of a box, `undefined` to keep it, or `null` to remove it. It gets the path,
 * e.g. `moov/trak/tkhd`, with the kind of the track after `trak`, e.g. `moov/trak:vide/tkhd`
 */
export function changeBoxes(
	file: Buffer,
	change: (path: string, payload: Buffer) => Buffer | null | undefined,
): Buffer {
	const rebuild = (parent: Buffer, path: string): Buffer =>
		Buffer.concat(
			[...boxes(parent)].flatMap(({ type, payload }) => {
				const kind = type === 'trak' ? `:${kindOf(payload)}` : '';
				const own = path === '' ? `${type}${kind}` : `${path}/${type}${kind}`;
				const inner = CONTAINERS.includes(type) ? rebuild(payload, own) : payload;
				const changed = change(own, inner);
				return changed === null ? [] : [box(type, changed ?? inner)];
			}),
		);
	return rebuild(file, '');
}

export function box(type: string, ...payload: Buffer[]): Buffer {
	const content = Buffer.concat(payload);
	const header = Buffer.alloc(8);
	header.writeUInt32BE(content.length + 8, 0);
	header.write(type, 4, 'latin1');
	return Buffer.concat([header, content]);
}

function kindOf(trak: Buffer): string {
	const at = trak.indexOf('hdlr');
	return trak.toString('latin1', at + 12, at + 16);
}

export function* boxes(parent: Buffer): Generator<{ type: string; payload: Buffer; at: number }> {
	for (let at = 0; at + 8 <= parent.length; ) {
		const size = parent.readUInt32BE(at);
		yield {
			type: parent.toString('latin1', at + 4, at + 8),
			payload: parent.subarray(at + 8, at + size),
			at,
		};
		at += size;
	}
}

/** Returns the payload of the first box with this path, in the notation of `changeBoxes`. */
export function boxAt(file: Buffer, wanted: string): Buffer {
	let found: Buffer | undefined;
	changeBoxes(file, (path, payload) => {
		if (path === wanted) found ??= payload;
		return undefined;
	});
	if (!found) throw new Error(`There is no ${wanted}`);
	return found;
}

/** Rotates a clip by 90 degrees, as phones do. */
export function rotate(file: Buffer): Buffer {
	return changeBoxes(file, (path, payload) => {
		if (path !== 'moov/trak:vide/tkhd') return undefined;
		const turned = Buffer.from(payload);
		[0, 0x10000, 0, -0x10000, 0, 0, 96 * 0x10000, 0].forEach((value, i) =>
			turned.writeInt32BE(value, turned.length - 44 + i * 4),
		);
		return turned;
	});
}

/**
 * Replaces the edit list of a track.
 * @param entries how many seconds are shown, and from which tick of the track; -1 means a delay
 */
export function setEdit(
	file: Buffer,
	kind: 'vide' | 'soun',
	entries: Array<[seconds: number, start: number]>,
): Buffer {
	const movieTimescale = boxAt(file, 'moov/mvhd').readUInt32BE(12);
	return changeBoxes(file, (path) => {
		if (path !== `moov/trak:${kind}/edts/elst`) return undefined;
		const elst = Buffer.alloc(8 + entries.length * 12);
		elst.writeUInt32BE(entries.length, 4);
		entries.forEach(([seconds, start], i) => {
			elst.writeUInt32BE(Math.round(seconds * movieTimescale), 8 + i * 12);
			elst.writeInt32BE(start, 12 + i * 12);
			elst.writeUInt32BE(0x10000, 16 + i * 12);
		});
		return elst;
	});
}

/** Returns the same file with 64-bit sizes, offsets, times and edits, as in files of more than 4 GiB. */
export function widen(file: Buffer): Buffer {
	const wide = changeBoxes(file, (path, payload) => {
		const type = path.slice(path.lastIndexOf('/') + 1);
		if (type === 'elst') return wideEdits(payload);
		if (type === 'mvhd' || type === 'mdhd') return wideTimes(payload, 4);
		if (type === 'tkhd') return wideTimes(payload, 8);
		return undefined;
	});
	const parts = [...boxes(wide)].map(({ type, payload }) => {
		if (type === 'mdat') return wideBox('mdat', payload);
		return type === 'moov' ? box('moov', wideAddresses(payload)) : box(type, payload);
	});
	return Buffer.concat(parts);
}

/** The media data moves by eight bytes, because its header is longer. */
function wideAddresses(moov: Buffer): Buffer {
	return Buffer.concat(
		[...boxes(moov)].map(({ type, payload }) => {
			if (CONTAINERS.includes(type)) return box(type, wideAddresses(payload));
			if (type !== 'stco') return box(type, payload);
			const count = payload.readUInt32BE(4);
			const wide = Buffer.alloc(8 + count * 8);
			wide.writeUInt32BE(count, 4);
			for (let i = 0; i < count; i += 1) {
				wide.writeBigUInt64BE(BigInt(payload.readUInt32BE(8 + i * 4) + 8), 8 + i * 8);
			}
			return box('co64', wide);
		}),
	);
}

/** A box with the 64-bit size that large `mdat` boxes have. */
export function wideBox(type: string, payload: Buffer): Buffer {
	const header = Buffer.alloc(16);
	header.writeUInt32BE(1, 0);
	header.write(type, 4, 'latin1');
	header.writeBigUInt64BE(BigInt(payload.length + 16), 8);
	return Buffer.concat([header, payload]);
}

/** Makes two dates and a duration 64 bits wide, with `middle` bytes between them. */
function wideTimes(payload: Buffer, middle: number): Buffer {
	const long = (at: number) => {
		const value = Buffer.alloc(8);
		value.writeBigUInt64BE(BigInt(payload.readUInt32BE(at)));
		return value;
	};
	const flags = Buffer.from(payload.subarray(0, 4));
	flags[0] = 1;
	const lengthAt = 12 + middle;
	return Buffer.concat([
		flags,
		long(4),
		long(8),
		payload.subarray(12, lengthAt),
		long(lengthAt),
		payload.subarray(lengthAt + 4),
	]);
}

function wideEdits(elst: Buffer): Buffer {
	const count = elst.readUInt32BE(4);
	const wide = Buffer.alloc(8 + count * 20);
	wide[0] = 1;
	wide.writeUInt32BE(count, 4);
	for (let i = 0; i < count; i += 1) {
		wide.writeBigUInt64BE(BigInt(elst.readUInt32BE(8 + i * 12)), 8 + i * 20);
		wide.writeBigInt64BE(BigInt(elst.readInt32BE(12 + i * 12)), 16 + i * 20);
		wide.writeUInt32BE(0x10000, 24 + i * 20);
	}
	return wide;
}
