import type { Display } from './box/movieBoxes';
import type { SampleTable } from './samples';
import type { SoundFormat } from './format/soundFormat';
import type { VideoFormat } from './format/videoFormat';

/** A file that can be read from its start, any number of times. */
export interface ClipSource {
	/** Name of the clip in messages, e.g. `Clip 2 (boat.mp4)`. */
	name: string;
	/** Size of the file in bytes, if it is known without reading. Saves a pass over the data. */
	bytes?: number;
	open(): Promise<AsyncIterable<Buffer>>;
}

/** The part of a track that is shown, and when (edit list, ISO/IEC 14496-12 section 8.6.6). */
export interface Edit {
	/** Delay before the track starts, in seconds. */
	delaySeconds: number;
	/** The first time that is shown, in the timescale of the track. Undefined if all of it is shown. */
	start?: number;
	/** The end of the part that is shown, if the file defines one. */
	end?: number;
}

/** What the tracks of a file have in common. */
export interface Track {
	/** Ticks per second. */
	timescale: number;
	samples: SampleTable;
	edit: Edit;
}

/** The video of a file. */
export interface VideoTrack extends Track, Display {
	/** By sample entry. */
	formats: VideoFormat[];
}

/** The sound of a file. */
export interface SoundTrack extends Track {
	/** A format that can be joined, or the name of one that cannot. */
	format: SoundFormat | string;
}

/** The content of one file, without its video and sound data. */
export interface Clip {
	name: string;
	video: VideoTrack;
	sound?: SoundTrack;
}

/** Lets the process do other work between two slices of this one. Throws to stop. */
export type Breathe = () => Promise<void>;
