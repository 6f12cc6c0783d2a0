import fc from 'fast-check';
import { Mp4Reader } from '../../../../../nodes/Lumenfall/media/mp4/metadata/mp4Reader';
import { box, wideBox } from '../../../../support/mp4Surgery.mts';
import { quick } from '../../../../support/quick.mts';

function movieHeader(timescale: number, duration: number): Buffer {
	const payload = Buffer.alloc(100);
	payload.writeUInt32BE(timescale, 12);
	payload.writeUInt32BE(duration, 16);
	return box('mvhd', payload);
}

interface TrackSpec {
	width?: number;
	height?: number;
	matrix?: number[];
	/** The table of its sample sizes. */
	sizes?: Buffer;
}

function track(kind: string, spec: TrackSpec = {}): Buffer {
	const { width = 0, height = 0, matrix = [1, 0, 0, 1], sizes = Buffer.alloc(12) } = spec;
	const header = Buffer.alloc(84);
	const [a, b, c, d] = matrix;
	for (const [value, at] of [
		[a, 40],
		[b, 44],
		[c, 52],
		[d, 56],
	])
		header.writeInt32BE(value * 65536, at);
	header.writeUInt32BE(width * 65536, 76);
	header.writeUInt32BE(height * 65536, 80);
	const handler = Buffer.alloc(24);
	handler.write(kind, 8, 'latin1');
	const tables = box('minf', box('stbl', box('stsz', sizes)));
	return box('trak', box('tkhd', header), box('mdia', box('hdlr', handler), tables));
}

const videoTrack = track('vide', { width: 1280, height: 720 });
const moov = box('moov', movieHeader(1000, 8_008), videoTrack, track('soun'));
const ftyp = box('ftyp', Buffer.from('isom0000'));
const facts = { seconds: 8.008, width: 1280, height: 720, hasAudio: true };

function read(file: Buffer, pieces: number[] = []): object {
	const reader = new Mp4Reader();
	let at = 0;
	for (const piece of pieces) {
		reader.push(file.subarray(at, at + piece));
		at += piece;
	}
	reader.push(file.subarray(at));
	return reader.metadata();
}

test('metadata is read with moov before the data and after it', () => {
	const mdat = box('mdat', Buffer.alloc(5_000));
	expect(read(Buffer.concat([ftyp, moov, mdat]))).toEqual(facts);
	expect(read(Buffer.concat([ftyp, mdat, moov]))).toEqual(facts);
	expect(read(Buffer.concat([ftyp, wideBox('mdat', Buffer.alloc(5_000)), moov]))).toEqual(facts);
});

test('a video without sound is recognized', () => {
	const silent = box('moov', movieHeader(600, 2_400), track('vide', { width: 720, height: 1280 }));
	expect(read(silent)).toEqual({ seconds: 4, width: 720, height: 1280, hasAudio: false });
});

test('the size of the pieces does not matter', () => {
	const file = Buffer.concat([ftyp, wideBox('mdat', Buffer.alloc(300)), moov]);
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 20 }), (pieces) => {
			expect(read(file, pieces)).toEqual(facts);
		}),
	);
});

test('damaged and random bytes cause neither metadata nor a crash', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
			expect(() => read(Buffer.from(noise))).not.toThrow();
			expect(() => read(box('moov', Buffer.from(noise)))).not.toThrow();
			expect(() =>
				read(box('moov', box('mvhd', Buffer.from(noise)), box('trak', Buffer.from(noise)))),
			).not.toThrow();
		}),
	);
	expect(read(moov.subarray(0, moov.length - 10))).toEqual({});
});

test.each<[string, (of: (name: string, inner?: Buffer) => Buffer) => Buffer]>([
	['an index of tiny tracks', (of) => box('moov', of('trak'))],
	['many indexes', (of) => of('moov')],
	['many fragments', (of) => Buffer.concat([moov, of('moof', box('traf'))])],
	['many tracks with a handler', (of) => box('moov', of('trak', box('mdia', box('hdlr'))))],
])('%s: two megabytes of it hold n8n for less than a second', (_, content) => {
	const many = (name: string, inner: Buffer = Buffer.alloc(0)) => {
		const one = box(name, inner);
		return Buffer.alloc(2_000_000 - (2_000_000 % one.length), one);
	};
	const file = Buffer.concat([ftyp, content(many)]);
	const before = process.cpuUsage();
	const reader = new Mp4Reader();
	for (let at = 0; at < file.length; at += 65_536) reader.push(file.subarray(at, at + 65_536));
	reader.metadata();
	expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});

test('boxes of the index may have 64-bit sizes', () => {
	const [header, ...tracks] = [movieHeader(1000, 8_008), videoTrack, track('soun')].map((one) =>
		wideBox(one.toString('latin1', 4, 8), one.subarray(8)),
	);
	expect(read(wideBox('moov', Buffer.concat([header, ...tracks])))).toEqual(facts);
});

const header = movieHeader(1000, 8_008);
const { seconds, hasAudio, ...size } = facts;

test.each<[string, Buffer[], object]>([
	['without a movie header', [videoTrack, track('soun')], { ...size, hasAudio }],
	[
		'with a short movie header',
		[box('mvhd', Buffer.alloc(15)), videoTrack],
		{ ...size, hasAudio: false },
	],
	[
		'without a timescale',
		[movieHeader(0, 8_000), videoTrack, track('soun')],
		{ ...size, hasAudio },
	],
	[
		'with a short track header',
		[header, withShortHeader(videoTrack), track('soun')],
		{ seconds, hasAudio },
	],
	['with a track of an unknown kind', [header, videoTrack, box('trak')], { seconds, ...size }],
	['without tracks', [header], { seconds }],
])('a damaged part of an index hides only what it says: an index %s', (_, boxes, known) => {
	expect(read(box('moov', ...boxes))).toEqual(known);
});

/** Returns a track whose header ends within the matrix. */
function withShortHeader(trak: Buffer): Buffer {
	return box('trak', box('tkhd', trak.subarray(16, 56)), trak.subarray(8 + 92));
}

test('an unknown duration is left out', () => {
	expect(read(box('moov', movieHeader(1000, 0)))).not.toMatchObject({ seconds: expect.anything() });
	expect(read(box('moov', movieHeader(1000, 0xffffffff)))).not.toMatchObject({
		seconds: expect.anything(),
	});
});

test('the duration of a fragmented file is that of all fragments, or unknown', () => {
	const extended = (...boxes: Buffer[]) =>
		Buffer.concat([
			box('moov', movieHeader(1000, 1_045), videoTrack, box('mvex', ...boxes)),
			box('mdat', Buffer.alloc(20)),
			box('moof', Buffer.alloc(40)),
		]);
	expect(read(extended())).toMatchObject({ width: 1280, seconds: undefined });
	expect(read(extended(box('mehd', Buffer.from('0000000000001f40', 'hex'))))).toMatchObject({
		seconds: 8,
	});
	const long = Buffer.from('010000000000000000001f40', 'hex');
	expect(read(extended(box('mehd', long)))).toMatchObject({ seconds: 8, width: 1280 });
	expect(read(extended(box('mehd')))).toMatchObject({ seconds: undefined });
});

test('the cover image of a video does not change its size', () => {
	const tracks = [videoTrack, track('vide', { width: 100, height: 100 })];
	expect(read(box('moov', movieHeader(1000, 8_000), ...tracks))).toMatchObject({ width: 1280 });
});

test.each([
	['upright', [1, 0, 0, 1], 1280, 720],
	['turned right', [0, 1, -1, 0], 720, 1280],
	['turned left', [0, -1, 1, 0], 720, 1280],
	['on its head', [-1, 0, 0, -1], 1280, 720],
])('a video that is %s has its displayed size', (_, matrix, width, height) => {
	const turned = track('vide', { width: 1280, height: 720, matrix });
	const film = box('moov', movieHeader(1000, 8_000), turned);
	expect(read(film)).toMatchObject({ width, height });
});

describe('whether a file is whole', () => {
	const mdat = box('mdat', Buffer.alloc(300));
	const ending = (file: Buffer) => {
		const reader = new Mp4Reader();
		reader.push(file);
		return reader.ending();
	};

	test.each([
		['moov first', Buffer.concat([ftyp, moov, mdat])],
		['moov last', Buffer.concat([ftyp, box('free'), wideBox('mdat', Buffer.alloc(300)), moov])],
	])('a truncated file is never complete: %s', (_, file) => {
		for (let bytes = 1; bytes < file.length; bytes++)
			expect(ending(file.subarray(0, bytes))).toBe('cut');
		expect(ending(file)).toBe('whole');
	});

	test('a fragmented file is complete at the end of a fragment', () => {
		const file = Buffer.concat([ftyp, moov, box('moof', Buffer.alloc(40)), mdat]);
		expect(ending(file)).toBe('whole');
		expect(
			ending(Buffer.concat([file, box('moof', Buffer.alloc(40)), mdat.subarray(0, 100)])),
		).toBe('cut');
		// The beginning of another fragment, or of the index at the end.
		expect(ending(Buffer.concat([file, box('moof').subarray(0, 5)]))).toBe('cut');
	});

	test.each(['moof', 'styp', 'sidx'])('a file that ends after %s lacks the media data', (last) => {
		const file = Buffer.concat([ftyp, moov, box('moof', Buffer.alloc(40)), mdat]);
		expect(ending(Buffer.concat([file, box(last, Buffer.alloc(40))]))).toBe('cut');
		expect(ending(Buffer.concat([file, box('mfra', Buffer.alloc(40))]))).toBe('whole');
	});

	test('a file that ends between two fragments misses segments, if an index announces more', () => {
		const fragment = Buffer.concat([box('moof', Buffer.alloc(40)), mdat]);
		const index = (version: 0 | 1) => {
			const sizes = [fragment.length, fragment.length].map((size) => {
				const reference = Buffer.alloc(12);
				reference.writeUInt32BE(size);
				return reference;
			});
			const head = Buffer.alloc(version === 1 ? 32 : 24);
			head[0] = version;
			head.writeUInt16BE(sizes.length, head.length - 2);
			return box('sidx', head, ...sizes);
		};
		const misses = (file: Buffer, pieceBytes = file.length) => {
			const reader = new Mp4Reader();
			for (let at = 0; at < file.length; at += pieceBytes)
				reader.push(file.subarray(at, at + pieceBytes));
			return file.length < reader.segmentsEnd;
		};
		for (const version of [0, 1] as const) {
			const whole = Buffer.concat([ftyp, moov, index(version), fragment, fragment]);
			expect(ending(whole)).toBe('whole');
			expect([misses(whole), misses(whole, 7)]).toEqual([false, false]);
			const cut = whole.subarray(0, whole.length - fragment.length);
			expect([ending(cut), misses(cut), misses(cut, 7)]).toEqual(['whole', true, true]);
		}
		// A damaged index announces nothing.
		for (const bytes of [0, 10, 30])
			expect(misses(Buffer.concat([ftyp, box('sidx', Buffer.alloc(bytes, 0xff))]))).toBe(false);
	});

	test('bytes behind a complete movie do not matter, even if they look like the header of a box', () => {
		const text = Buffer.from('-----BEGIN SIGNATURE-----');
		expect(ending(Buffer.concat([ftyp, mdat, moov, text]))).toBe('whole');
		expect(ending(Buffer.concat([ftyp, mdat, moov, Buffer.from('\r\n')]))).toBe('whole');
		expect(ending(Buffer.concat([ftyp, moov, mdat, text]))).toBe('whole');
	});

	test('a cut box behind the media data does not hide that samples are missing', () => {
		const sizes = Buffer.alloc(12);
		sizes.writeUInt32BE(100, 4);
		sizes.writeUInt32BE(4, 8);
		const index = box('moov', movieHeader(1000, 8_000), track('vide', { sizes }));
		const start = Buffer.concat([ftyp, index, mdat]);
		expect(ending(Buffer.concat([start, box('free', Buffer.alloc(50)).subarray(0, 20)]))).toBe(
			'cut',
		);
	});

	test('media data up to the end of the file is complete if it contains all samples', () => {
		const sizes = Buffer.alloc(12 + 8);
		sizes.writeUInt32BE(2, 8);
		sizes.writeUInt32BE(100, 12);
		sizes.writeUInt32BE(150, 16);
		const index = box('moov', movieHeader(1000, 8_000), track('vide', { sizes }));
		const start = Buffer.concat([ftyp, index, Buffer.from('\0\0\0\0mdat', 'latin1')]);
		expect(ending(Buffer.concat([start, Buffer.alloc(249)]))).toBe('cut');
		expect(ending(Buffer.concat([start, Buffer.alloc(250)]))).toBe('whole');
	});

	test.each([
		['one of its tables of sizes is too short', [header, shortTable(), soundOf(150)]],
		['a track has no handler', [header, soundOf(150, 'free'), soundOf(100)]],
		['it has no timescale', [movieHeader(0, 8_000), soundOf(250)]],
	])('an index still shows how much media data must follow if %s', (_, boxes) => {
		const start = [ftyp, box('moov', ...boxes), Buffer.from('\0\0\0\0mdat', 'latin1')];
		expect(ending(Buffer.concat([...start, Buffer.alloc(249)]))).toBe('cut');
		expect(ending(Buffer.concat([...start, Buffer.alloc(250)]))).toBe('whole');
	});

	function soundOf(bytes: number, handlerType = 'hdlr'): Buffer {
		const sizes = Buffer.alloc(12);
		sizes.writeUInt32BE(bytes, 4);
		sizes.writeUInt32BE(1, 8);
		const whole = track('soun', { sizes });
		whole.write(handlerType, whole.indexOf('hdlr'), 'latin1');
		return whole;
	}

	/** Its table has the first of three sizes: 100 bytes. */
	function shortTable(): Buffer {
		const sizes = Buffer.alloc(16);
		sizes.writeUInt32BE(3, 8);
		sizes.writeUInt32BE(100, 12);
		return track('vide', { sizes });
	}

	test('other bytes after the start are damage, but padding after the media data is not', () => {
		expect(ending(Buffer.concat([ftyp, Buffer.from('<html>not a video</html>')]))).toBe('damaged');
		expect(ending(Buffer.concat([ftyp, moov, mdat, Buffer.alloc(64)]))).toBe('whole');
	});

	const many = (count: number, one: Buffer) =>
		Buffer.concat(Array.from({ length: count }, () => one));

	test.each([
		['tiny tracks', many(200_000, box('trak'))],
		['tracks with thousands of tiny boxes', many(4_000, box('trak', many(500, box('free'))))],
	])('a moov with thousands of %s takes no time', (_, tracks) => {
		const film = box('moov', movieHeader(1000, 8_000), tracks);
		// Without the limits it is about four seconds.
		expect(quick(() => ending(film))).toBe('cut');
	});
});
