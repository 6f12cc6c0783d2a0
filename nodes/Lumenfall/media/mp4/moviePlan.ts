/** The content of the joined video: plain data that planning creates and writing reads. */
import type { Clip } from './clip';
import type { ShownFrames } from './plan/shownFrames';

/** A clip and its position in the joined video. */
export interface Part {
	clip: Clip;
	frames: ShownFrames;
	/** Its start in the joined video. */
	startSeconds: number;
	seconds: number;
}

/** The samples of one track of the joined video in decoding order, as columns. */
export interface PlannedTrack {
	timescale: number;
	/** Sample entries, each as a complete box. */
	entries: Buffer[];
	/** Position of the first byte within the media data. */
	at: Float64Array;
	size: Uint32Array;
	duration: Uint32Array;
	/** Presentation time minus decoding time; never negative. */
	shift: Uint32Array;
	isKey: Uint8Array;
	/** Index into `entries`. */
	entry: Uint16Array;
	/** The track time at which the video starts. */
	mediaStart: number;
	/** Duration in the timescale. */
	length: number;
}

/** Returns a track of `count` samples with all values zero. */
export function newTrack(count: number, timescale: number, entries: Buffer[]): PlannedTrack {
	return {
		timescale,
		entries,
		at: new Float64Array(count),
		size: new Uint32Array(count),
		duration: new Uint32Array(count),
		shift: new Uint32Array(count),
		isKey: new Uint8Array(count),
		entry: new Uint16Array(count),
		mediaStart: 0,
		length: 0,
	};
}

/** The file and sample from which each sample of a planned track is copied. */
export interface Origin {
	/** Index of the file, or `OWN` for bytes that are not copied from a file. */
	source: Int32Array;
	sample: Uint32Array;
}

/** The `source` of a sample whose bytes are not copied from a file. */
export const OWN = -1;

/** A planned track, and where each of its samples comes from. */
export interface PlannedSamples {
	track: PlannedTrack;
	origin: Origin;
	/** For each file, the first sample that can come from it. The last value is the number of samples. */
	ranges: number[];
}

/** Returns the origins of `count` samples, all zero. */
export function newOrigin(count: number): Origin {
	return { source: new Int32Array(count), sample: new Uint32Array(count) };
}
