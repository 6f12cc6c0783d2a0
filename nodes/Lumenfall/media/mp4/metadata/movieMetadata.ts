/** Reads the boxes that describe an MP4 file as a whole (ISO/IEC 14496-12). */
import { roundSeconds } from '../../../support/duration';
import {
	kindOf,
	movieDuration,
	readTrackHeader,
	shownSize,
	timescaleOf,
	traksIn,
	versionedNumber,
} from '../box/movieBoxes';
import { needBox } from '../box/readBoxes';

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

/** Reads a `moov` box. Each part is read for itself, so that a damaged one does not hide what the others say. */
export function readMovie(moov: Buffer): Movie {
	const tracks = (unlessDamaged(() => traksIn(moov)) ?? []).map(readTrack);
	// A further video track is a cover image.
	const video = tracks.find(({ kind }) => kind === 'vide');
	const timescale = () => timescaleOf(needBox(moov, 'mvhd'));
	return {
		metadata: {
			...video?.size,
			seconds: unlessDamaged(() => toSeconds(movieDuration(needBox(moov, 'mvhd')), timescale())),
			hasAudio: hasSound(tracks),
		},
		sampleBytes: tracks.reduce((sum, { sampleBytes }) => sum + sampleBytes, 0),
		fragmentSeconds: unlessDamaged(() =>
			toSeconds(versionedNumber(needBox(moov, 'mvex', 'mehd'), 4), timescale()),
		),
	};
}

/** What is read from a track. */
interface TrackMetadata {
	kind?: string;
	size?: { width: number; height: number };
	sampleBytes: number;
}

function readTrack(trak: Buffer): TrackMetadata {
	const samples = () => bytesOfSamples(needBox(trak, 'mdia', 'minf', 'stbl', 'stsz'));
	return {
		kind: unlessDamaged(() => kindOf(trak)),
		size: unlessDamaged(() => shownSize(readTrackHeader(trak))),
		sampleBytes: unlessDamaged(samples) ?? 0,
	};
}

/** Undefined if a track that cannot be read may be the sound. */
function hasSound(tracks: TrackMetadata[]): boolean | undefined {
	if (tracks.some(({ kind }) => kind === 'soun')) return true;
	const isKnown = tracks.length > 0 && tracks.every(({ kind }) => kind !== undefined);
	return isKnown ? false : undefined;
}

/** Returns undefined if a box cannot be read. Whatever is wrong with it, the video is kept. */
export function unlessDamaged<Content>(read: () => Content): Content | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** In a fragmented file, the duration of the movie is 0. An unknown duration has all bits set. */
function toSeconds(duration: number, timescale: number): number | undefined {
	return duration > 0 && duration < 0xffffffff ? roundSeconds(duration / timescale) : undefined;
}

/** Returns the sum of a table of sample sizes: one size for all samples, or one for each, as far as the table goes. */
function bytesOfSamples(stsz: Buffer): number {
	const sizeOfAll = stsz.readUInt32BE(4);
	const count = stsz.readUInt32BE(8);
	if (sizeOfAll > 0) return sizeOfAll * count;
	let bytes = 0;
	const end = Math.min(stsz.length - 3, 12 + count * 4);
	for (let at = 12; at < end; at += 4) bytes += stsz.readUInt32BE(at);
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
