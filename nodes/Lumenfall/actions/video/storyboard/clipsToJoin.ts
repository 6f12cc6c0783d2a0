/** The clip of one scene, in seconds. */
export interface SceneClip {
	/** Length of the file; undefined if it is unknown. */
	seconds?: number;
	/** The length that was requested for the scene. */
	requestedSeconds?: number;
}

/** A file of the joined video, and the scenes in it. */
interface ClipToJoin {
	/** The scene whose clip is the file. */
	last: number;
	/** Where each scene of the file starts in it, in seconds. */
	offsets: number[];
}

/**
 * Finds out which clips are joined if each scene continues the one before. Servers do not report whether they return the
 * added part alone or the whole video so far; the length of the file tells.
 * @returns one group per file, in the order of the scenes
 */
export function findClipsToJoin(clips: SceneClip[]): ClipToJoin[] {
	let groups: ClipToJoin[] = [];
	let total = 0;
	clips.forEach(({ seconds = 0, requestedSeconds = seconds }, scene) => {
		if (total > 0 && seconds > requestedSeconds + total / 2) {
			const starts = startsOf(groups, clips);
			groups = [{ last: scene, offsets: [...starts, total] }];
			total = seconds;
		} else {
			groups = [...groups, { last: scene, offsets: [0] }];
			total += seconds;
		}
	});
	return groups;
}

/** Where the scenes of all groups start in the video so far. */
function startsOf(groups: ClipToJoin[], clips: SceneClip[]): number[] {
	let start = 0;
	return groups.flatMap(({ last, offsets }) => {
		const starts = offsets.map((offset) => start + offset);
		start += clips[last].seconds ?? 0;
		return starts;
	});
}
