/** Damages files reproducibly: the same seed causes the same damage. */

/** A small random number generator with values from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const HOSTILE = [
	0, 1, 0x7f, 0xff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x00010000, 500_000,
];
const TABLES = [
	'stsz',
	'stco',
	'co64',
	'stsc',
	'stts',
	'ctts',
	'stss',
	'stsd',
	'elst',
	'mdhd',
	'mvhd',
	'tkhd',
	'trun',
	'tfhd',
	'tfdt',
	'trex',
	'avcC',
	'hvcC',
	'esds',
	'moov',
	'trak',
	'moof',
	'mdat',
];

/** Returns a damaged copy: bytes changed, cut off or moved, or a table with hostile numbers. */
export function damage(file: Buffer, seed: number): Buffer {
	const random = randomFrom(seed);
	const pick = (limit: number) => Math.floor(random() * limit);
	const copy = Buffer.from(file);
	const index = Math.max(0, copy.indexOf('moov') - 4);
	switch (seed % 5) {
		case 0:
			for (let i = 0; i < 3; i += 1) copy[index + pick(copy.length - index)] = pick(256);
			return copy;
		case 1:
			return copy.subarray(0, pick(copy.length));
		case 2: {
			const at = copy.indexOf(TABLES[pick(TABLES.length)], pick(2) === 0 ? 0 : index);
			if (at < 0) return copy.subarray(0, pick(copy.length));
			const place = Math.min(copy.length - 4, Math.max(0, at - 4 + 4 * pick(10)));
			copy.writeUInt32BE(HOSTILE[pick(HOSTILE.length)], place);
			return copy;
		}
		case 3: {
			const [from, length] = [pick(copy.length), 1 + pick(64)];
			return Buffer.concat([copy.subarray(0, from), copy.subarray(from + length)]);
		}
		default: {
			for (let i = 0; i < 2; i += 1) {
				const place = index + pick(Math.max(1, copy.length - index - 4));
				copy.writeUInt32BE(HOSTILE[pick(HOSTILE.length)], Math.min(place, copy.length - 4));
			}
			return copy;
		}
	}
}
