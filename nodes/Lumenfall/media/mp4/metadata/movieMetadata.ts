/** Reads the metadata in the `moov` box of an MP4 file (ISO/IEC 14496-12). */

import { roundSeconds } from '../../../support/duration';

export interface VideoMetadata {
	/** Size as displayed: width and height are swapped if the video is rotated by 90 degrees. */
	width?: number;
	height?: number;
	/** Duration, rounded to milliseconds. */
	seconds?: number;
	hasAudio?: boolean;
}

/** No video has more tracks. Further tracks are not read. */
const MAX_TRACKS = 32;
const HEADER_BYTES = 8;

interface Box {
	type: string;
	payload: Buffer;
}

export interface Movie {
	metadata: VideoMetadata;
	/** Total size of the samples of all tracks. */
	sampleBytes: number;
	/** Duration including all fragments, if the file is fragmented and reports it. */
	fragmentSeconds?: number;
}

/** Reads a `moov` box. Never throws. */
export function readMovie(moov: Buffer): Movie {
	const header = boxAt(moov, 'mvhd');
	const extension = boxAt(moov, 'mvex', 'mehd');
	const metadata: VideoMetadata = { seconds: header && readSeconds(header) };
	let sampleBytes = 0;
	let tracks = 0;
	for (const { type, payload } of boxesIn(moov)) {
		if (type !== 'trak') continue;
		if (++tracks > MAX_TRACKS) break;

		const media = boxAt(payload, 'mdia');
		const kind = media && boxAt(media, 'hdlr')?.toString('latin1', 8, 12);
		metadata.hasAudio = metadata.hasAudio === true || kind === 'soun';
		sampleBytes += bytesOfSamples(media && boxAt(media, 'minf', 'stbl', 'stsz'));
		const trackHeader = boxAt(payload, 'tkhd');
		// A further video track is a cover image.
		if (kind === 'vide' && trackHeader && metadata.width === undefined)
			Object.assign(metadata, readSides(trackHeader));
	}
	const fragmentSeconds = header && extension && readSeconds(header, extension);
	return { metadata, sampleBytes, fragmentSeconds };
}

/** The matrix, width and height are at the end of a track header, as 16.16 fixed point. */
const MATRIX_BYTES = 36;
const SIDES_BYTES = 8;

function readSides(header: Buffer): Pick<VideoMetadata, 'width' | 'height'> {
	const sides = header.length - SIDES_BYTES;
	if (sides < 0) return {};
	const width = Math.round(header.readUInt32BE(sides) / 65536);
	const height = Math.round(header.readUInt32BE(sides + 4) / 65536);
	const matrix = sides - MATRIX_BYTES;
	if (matrix < 0) return { width, height };
	// The matrix is [a b u; c d v; x y w]. In a rotation by 90 degrees, b is larger than a.
	const isTurned = Math.abs(header.readInt32BE(matrix + 4)) > Math.abs(header.readInt32BE(matrix));
	return isTurned ? { width: height, height: width } : { width, height };
}

/** Returns the sum of a table of sample sizes: one size for all samples, or one for each. */
function bytesOfSamples(table: Buffer | undefined): number {
	if (!table || table.length < 12) return 0;
	const sizeOfAll = table.readUInt32BE(4);
	const count = table.readUInt32BE(8);
	if (sizeOfAll > 0) return sizeOfAll * count;
	let bytes = 0;
	const end = Math.min(table.length, 12 + count * 4) - 3;
	for (let at = 12; at < end; at += 4) bytes += table.readUInt32BE(at);
	return bytes;
}

/** @param mehd the box with the duration of all fragments, instead of that in the movie header */
function readSeconds(mvhd: Buffer, mehd?: Buffer): number | undefined {
	const at = mvhd[0] === 1 ? 20 : 12;
	if (mvhd.length < at + 4) return undefined;
	const timescale = mvhd.readUInt32BE(at);
	const duration = mehd ? durationAt(mehd, 4) : durationAt(mvhd, at + 4);
	// In a fragmented file the duration is 0. An unknown duration has all bits set.
	const isKnown = timescale > 0 && duration > 0 && duration < 0xffffffff;
	return isKnown ? roundSeconds(duration / timescale) : undefined;
}

/** Returns a duration of 32 bits, or of 64 bits in version 1 of a box. 0 if it is missing. */
function durationAt(box: Buffer, at: number): number {
	const isLong = box[0] === 1;
	if (box.length < at + (isLong ? 8 : 4)) return 0;
	return isLong ? Number(box.readBigUInt64BE(at)) : box.readUInt32BE(at);
}

function boxAt(parent: Buffer, ...path: string[]): Buffer | undefined {
	const [first, ...rest] = path;
	for (const { type, payload } of boxesIn(parent))
		if (type === first) return rest.length > 0 ? boxAt(payload, ...rest) : payload;
	return undefined;
}

/** No box of a real video has more child boxes. Thousands of tiny boxes are an attack on processing time. */
const MAX_BOXES = 1_000;

function* boxesIn(parent: Buffer): Generator<Box> {
	let at = 0;
	for (let box = 0; box < MAX_BOXES && at + HEADER_BYTES <= parent.length; box++) {
		const size = parent.readUInt32BE(at);
		if (size < HEADER_BYTES || at + size > parent.length) return;
		yield {
			type: parent.toString('latin1', at + 4, at + 8),
			payload: parent.subarray(at + HEADER_BYTES, at + size),
		};
		at += size;
	}
}
