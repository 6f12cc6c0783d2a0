/** Reads the boxes that describe an MP4 file as a whole (ISO/IEC 14496-12). */
import { roundSeconds } from '../../../support/duration';
import {
	listTracks,
	movieDuration,
	shownSize,
	timescaleOf,
	versionedNumber,
} from '../box/movieBoxes';
import { findBox, needBox } from '../box/readBoxes';

/** What is read from a video file. A field is missing if it is unknown. */
export interface VideoMetadata {
	/** Width as displayed, in pixels: width and height are swapped if the video is rotated by 90 degrees. */
	width?: number;
	/** Height as displayed, in pixels. */
	height?: number;
	/** Duration, rounded to milliseconds. */
	seconds?: number;
	hasAudio?: boolean;
}

/** The content of a `moov` box, without its samples. */
export interface Movie {
	metadata: VideoMetadata;
	/** Total size of the samples of all tracks, in bytes. */
	sampleBytes: number;
	/** Duration including all fragments, if the file is fragmented and reports it. */
	fragmentSeconds?: number;
}

/**
 * Reads a `moov` box.
 * @throws DamagedIndex or a RangeError
 */
export function readMovie(moov: Buffer): Movie {
	const mvhd = needBox(moov, 'mvhd');
	const mehd = findBox(moov, 'mvex', 'mehd');
	const timescale = timescaleOf(mvhd);
	const tracks = listTracks(moov);
	// A further video track is a cover image.
	const video = tracks.find(({ kind }) => kind === 'vide');
	return {
		metadata: {
			...(video && shownSize(video)),
			seconds: toSeconds(movieDuration(mvhd), timescale),
			hasAudio: tracks.some(({ kind }) => kind === 'soun'),
		},
		sampleBytes: tracks.reduce((sum, { stbl }) => sum + bytesOfSamples(findBox(stbl, 'stsz')), 0),
		fragmentSeconds: mehd && toSeconds(versionedNumber(mehd, 4), timescale),
	};
}

/** In a fragmented file, the duration of the movie is 0. An unknown duration has all bits set. */
function toSeconds(duration: number, timescale: number): number | undefined {
	return duration > 0 && duration < 0xffffffff ? roundSeconds(duration / timescale) : undefined;
}

/** Returns the sum of a table of sample sizes: one size for all samples, or one for each. */
function bytesOfSamples(stsz: Buffer | undefined): number {
	if (!stsz) return 0;
	const sizeOfAll = stsz.readUInt32BE(4);
	const count = stsz.readUInt32BE(8);
	if (sizeOfAll > 0) return sizeOfAll * count;
	let bytes = 0;
	for (let i = 0; i < count; i += 1) bytes += stsz.readUInt32BE(12 + i * 4);
	return bytes;
}

const REFERENCE_BYTES = 12;
/** The highest bit says whether the reference is to another index. */
const SIZE_BITS = 0x7fffffff;

/**
 * Returns how many bytes the segments have that a segment index announces (`sidx`, ISO/IEC 14496-12 section 8.16.3),
 * counted from the end of the index.
 * @throws RangeError if the index is damaged
 */
export function bytesOfSegments(sidx: Buffer): number {
	const isLong = sidx[0] === 1;
	const countAt = isLong ? 30 : 22;
	const count = sidx.readUInt16BE(countAt);
	let bytes = versionedNumber(sidx, isLong ? 20 : 16);
	for (let i = 0; i < count; i += 1)
		bytes += sidx.readUInt32BE(countAt + 2 + i * REFERENCE_BYTES) & SIZE_BITS;
	return bytes;
}
