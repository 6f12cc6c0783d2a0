/** Writes the part of a joined video before its media data: `ftyp`, the index `moov`, and the header of `mdat`. */
import type { Display } from '../box/movieBoxes';
import type { PlannedTrack } from '../moviePlan';
import { box, fullBox, u16, u32, u32List, u64, u8 } from '../box/writeBoxes';

interface MovieToWrite extends Display {
	/** Brand of the video codec, for simple players. */
	brand: string;
	video: PlannedTrack;
	sound?: PlannedTrack;
	mediaBytes: number;
}

/** Writes the index. It comes first, so that players can start before the file is loaded. */
export function writeIndex(movie: MovieToWrite): Buffer {
	const ftyp = box('ftyp', text('isom'), u32(0x200), text('isomiso2mp41'), text(movie.brand));
	const mdatHeader = Buffer.concat([u32(movie.mediaBytes + 8), text('mdat')]);
	// The length of the index does not depend on the offsets in it.
	const indexBytes = moov(movie, 0).length;
	const mediaStart = ftyp.length + indexBytes + mdatHeader.length;
	return Buffer.concat([ftyp, moov(movie, mediaStart), mdatHeader]);
}

const text = (value: string) => Buffer.from(value, 'latin1');

const NORMAL = 0x10000;
const UPRIGHT = u32(NORMAL, 0, 0, 0, NORMAL, 0, 0, 0, 0x40000000);
const FULL_VOLUME = 0x100;
const UNDETERMINED_LANGUAGE = 0x55c4;

function moov(movie: MovieToWrite, mediaStart: number): Buffer {
	const { video, sound } = movie;
	const mvhd = timedBox('mvhd', 0, [], video.timescale, video.length, [
		u32(NORMAL),
		u16(FULL_VOLUME, 0),
		u32(0, 0),
		UPRIGHT,
		u32(0, 0, 0, 0, 0, 0),
		u32(sound ? 3 : 2),
	]);
	const tracks = [trak(movie, video, 1, mediaStart)];
	if (sound) tracks.push(trak(movie, sound, 2, mediaStart));
	return box('moov', mvhd, ...tracks);
}

function trak(movie: MovieToWrite, track: PlannedTrack, id: number, mediaStart: number): Buffer {
	const isVideo = track === movie.video;
	const movieTimescale = movie.video.timescale;
	const length = Math.round((track.length / track.timescale) * movieTimescale);
	const enabledInMovie = 3;
	const tkhd = timedBox('tkhd', enabledInMovie, [id, 0], undefined, length, [
		u32(0, 0),
		u16(0, isVideo ? 0 : 1, isVideo ? 0 : FULL_VOLUME, 0),
		isVideo ? movie.matrix : UPRIGHT,
		u32(...(isVideo ? movie.displaySize : [0, 0])),
	]);
	return box(
		'trak',
		tkhd,
		box('edts', elst(length, track.mediaStart)),
		box(
			'mdia',
			timedBox('mdhd', 0, [], track.timescale, sum(track.duration), [
				u16(UNDETERMINED_LANGUAGE, 0),
			]),
			handler(isVideo),
			box(
				'minf',
				isVideo ? fullBox('vmhd', 0, 1, u32(0, 0)) : fullBox('smhd', 0, 0, u32(0)),
				box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
				stbl(track, isVideo, mediaStart),
			),
		),
	);
}

/** Times have 32 bits if they fit, for old players. With a fine timescale, 64 bits are needed within an hour. */
const fits32 = (...times: number[]) => times.every((time) => time < 2 ** 32 - 1);

/** Writes the common layout of `mvhd`, `tkhd` and `mdhd`: two empty dates, then numbers, then a duration. */
function timedBox(
	type: string,
	flags: number,
	before: number[],
	timescale: number | undefined,
	length: number,
	after: Buffer[],
): Buffer {
	const numbers = u32(...before, ...(timescale === undefined ? [] : [timescale]));
	return fits32(length)
		? fullBox(type, 0, flags, u32(0, 0), numbers, u32(length), ...after)
		: fullBox(type, 1, flags, u64(0, 0), numbers, u64(length), ...after);
}

/** Writes a single entry, because several players read only the first. */
function elst(length: number, mediaStart: number): Buffer {
	const rate = u16(1, 0);
	return fits32(length, mediaStart * 2)
		? fullBox('elst', 0, 0, u32(1, length, mediaStart), rate)
		: fullBox('elst', 1, 0, u32(1), u64(length, mediaStart), rate);
}

function handler(isVideo: boolean): Buffer {
	const [kind, name] = isVideo ? ['vide', 'VideoHandler'] : ['soun', 'SoundHandler'];
	return fullBox('hdlr', 0, 0, u32(0), text(kind), u32(0, 0, 0), text(name), u8(0));
}

function stbl(track: PlannedTrack, isVideo: boolean, mediaStart: number): Buffer {
	const { entries, size, duration, shift } = track;
	const { addresses, runs } = chunksOf(track);
	const boxes = [
		fullBox('stsd', 0, 0, u32(entries.length), ...entries),
		fullBox('stts', 0, 0, ...runLengths(duration)),
	];
	if (shift.some((value) => value !== 0)) boxes.push(fullBox('ctts', 0, 0, ...runLengths(shift)));
	const keys = keyNumbers(track);
	if (isVideo && keys.length < size.length) {
		boxes.push(fullBox('stss', 0, 0, u32(keys.length), u32List(keys)));
	}
	boxes.push(
		fullBox('stsc', 0, 0, u32(runs.length / 3), u32List(runs)),
		fullBox('stsz', 0, 0, u32(0, size.length), u32List(size)),
		fullBox('stco', 0, 0, u32(addresses.length), u32List(addresses.map((at) => at + mediaStart))),
	);
	return box('stbl', ...boxes);
}

/** Groups adjacent samples with the same entry into chunks, and equal chunks into runs. */
function chunksOf({ at, size, entry }: PlannedTrack): { addresses: number[]; runs: number[] } {
	const addresses: number[] = [];
	/** Triples of first chunk, samples per chunk, and entry. */
	const runs: number[] = [];
	let samples = 0;
	const close = (lastEntry: number) => {
		if (samples === 0) return;
		const isSame = runs[runs.length - 2] === samples && runs[runs.length - 1] === lastEntry + 1;
		if (!isSame) runs.push(addresses.length, samples, lastEntry + 1);
		samples = 0;
	};
	for (let i = 0; i < size.length; i += 1) {
		const isNext = i > 0 && at[i] === at[i - 1] + size[i - 1] && entry[i] === entry[i - 1];
		if (!isNext) {
			close(entry[i - 1]);
			addresses.push(at[i]);
		}
		samples += 1;
	}
	close(entry[size.length - 1]);
	return { addresses, runs };
}

/** Encodes a list as a count, followed by pairs of repetitions and value. */
function runLengths(values: Uint32Array): Buffer[] {
	const pairs: number[] = [];
	values.forEach((value) => {
		if (pairs.length > 0 && pairs[pairs.length - 1] === value) pairs[pairs.length - 2] += 1;
		else pairs.push(1, value);
	});
	return [u32(pairs.length / 2), u32List(pairs)];
}

/** Returns the numbers of the key frames, from 1. */
function keyNumbers({ isKey }: PlannedTrack): number[] {
	const numbers: number[] = [];
	isKey.forEach((value, i) => {
		if (value === 1) numbers.push(i + 1);
	});
	return numbers;
}

function sum(values: Uint32Array): number {
	return values.reduce((total, value) => total + value, 0);
}
