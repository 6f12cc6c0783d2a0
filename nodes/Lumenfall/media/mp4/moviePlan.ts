/** What the joined video consists of. Plain data between planning and writing. */
import type { Clip } from './clip';
import type { ShownFrames } from './plan/shownFrames';

/** A clip in its place in the joined video. */
export interface Part {
	clip: Clip;
	frames: ShownFrames;
	startSeconds: number;
	seconds: number;
}

/** The samples of one track of the joined video, in decoding order, in columns. */
export interface PlannedTrack {
	timescale: number;
	/** Sample entries, each a whole box. */
	entries: Buffer[];
	/** First byte within the media data. */
	at: Float64Array;
	size: Uint32Array;
	duration: Uint32Array;
	/** Presentation time less decoding time; nowhere negative. */
	shift: Uint32Array;
	isKey: Uint8Array;
	/** Index into `entries`. */
	entry: Uint16Array;
	/** The moment of the track at which the video starts. */
	mediaStart: number;
	/** Length that is played, in the timescale. */
	length: number;
}

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

/** Which sample of which file becomes a sample of a planned track. */
export interface Origin {
	/** Index of the file; `OWN` for bytes that come from no file. */
	source: Int32Array;
	sample: Uint32Array;
}

export const OWN = -1;

export interface PlannedSamples {
	track: PlannedTrack;
	origin: Origin;
	/** For each file the first sample that can come from it; one more for the end. */
	ranges: number[];
}

export function newOrigin(count: number): Origin {
	return { source: new Int32Array(count), sample: new Uint32Array(count) };
}
