import type { SampleTable } from './samples';
import type { SoundFormat } from './format/soundFormat';
import type { VideoFormat } from './format/videoFormat';

/** A file that can be read from its start as often as needed. */
export interface ClipSource {
	/** How messages call the clip, e.g. `Clip 2 (boat.mp4)`. */
	name: string;
	/** Size of the file in bytes, where it is known without reading. Saves a pass over the data. */
	bytes?: number;
	open(): Promise<AsyncIterable<Buffer>>;
}

/** Which part of a track is shown, and when (edit list, ISO/IEC 14496-12 section 8.6.6). */
export interface Edit {
	/** Pause before the track starts, in seconds. */
	delaySeconds: number;
	/** The first moment shown, in the timescale of the track; undefined where all of it is shown. */
	start?: number;
	/** The moment after the last one shown, where the file says one. */
	end?: number;
}

export interface Track {
	timescale: number;
	samples: SampleTable;
	edit: Edit;
}

export interface VideoTrack extends Track {
	formats: VideoFormat[];
	/** Rotation and flip of the frame (`tkhd`): nine numbers of four bytes. */
	matrix: Buffer;
	/** Size on the screen before rotation, as 16.16 fixed point. */
	displaySize: [number, number];
}

export interface SoundTrack extends Track {
	/** A format that can be joined, or the name of one that cannot. */
	format: SoundFormat | string;
}

/** What one file holds; the video and sound data stay where they are. */
export interface Clip {
	name: string;
	video: VideoTrack;
	sound?: SoundTrack;
}

/** Lets other work of the process run between two pieces of ours; throws to stop. */
export type Breathe = () => Promise<void>;
