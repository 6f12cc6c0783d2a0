/**
 * Plans the sound track: a pure function. All audio frames have the same length, and a clip is rarely a multiple of it.
 * If audio frames were simply concatenated, sound would drift from video. So each clip starts at the frame position
 * closest to the start of its video. At each joint, sound is off by at most half a frame, and the errors never add up.
 */
import type { ClipSound, JoinedFormat } from './chooseSound';
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { newOrigin, newTrack, OWN, type Origin, type PlannedSamples } from '../moviePlan';
import { soundEntry } from '../format/soundFormat';

/** What the plan needs of a clip, or of a file with the sound of the whole video. */
export interface SoundPart {
	/** Index of the file. */
	source: number;
	/** Undefined if this part is silent. */
	sound?: ClipSound;
	/** When its first video frame is shown in its own file, in seconds. */
	videoStartSeconds: number;
	/** Its start in the joined video, in seconds. */
	startSeconds: number;
	seconds: number;
}

/**
 * Position of the sound of one clip relative to the frame positions of the track. Times are in samples of the track.
 */
interface Placing {
	/** First frame of the clip that is kept. */
	first: number;
	/** How long that audio frame starts before the first video frame of the clip. Mostly the encoder's priming. */
	priming: number;
}

/**
 * Plans the sound track of the joined video from the sound of its parts.
 * @throws JoinError if it has too many frames
 */
export function planSound(
	parts: SoundPart[],
	{ format, frameLength }: JoinedFormat,
): PlannedSamples {
	const { rate } = format;
	const placings = parts.map((part) => placingOf(part, rate, frameLength));
	const mediaStart = Math.max(0, Math.round(placings[0].priming));
	const startOf = ({ startSeconds }: SoundPart) => startSeconds * rate + mediaStart;
	const last = parts[parts.length - 1];
	const length = Math.round((last.startSeconds + last.seconds) * rate);
	const end = Math.ceil((length + mediaStart) / frameLength);
	if (end > MAX_SAMPLES) throw joinErrors.movieTooLong();

	const places = parts.map((part, i) =>
		Math.min(end, Math.max(0, Math.round((startOf(part) - placings[i].priming) / frameLength))),
	);
	// The sound of a clip can begin after its video has ended. Such a clip gets no positions.
	const ranges = [...places, end];
	for (let i = places.length - 1; i >= 0; i -= 1) ranges[i] = Math.min(ranges[i], ranges[i + 1]);
	const origin = newOrigin(end);
	origin.source.fill(OWN);
	parts.forEach((part, i) => {
		const slot = {
			place: ranges[i],
			limit: ranges[i + 1],
			start: startOf(part),
			rate,
			frameLength,
		};
		fill(origin, part, placings[i], slot);
	});

	const track = newTrack(end, rate, [soundEntry(format)]);
	track.duration.fill(frameLength);
	track.isKey.fill(1);
	track.mediaStart = mediaStart;
	track.length = length;
	return { track, origin, ranges };
}

function placingOf(
	{ sound, videoStartSeconds }: SoundPart,
	rate: number,
	frameLength: number,
): Placing {
	if (!sound) return { first: 0, priming: 0 };
	const { samples, edit, timescale } = sound;
	const soundStart = edit.delaySeconds + (samples.decode[0] - (edit.start ?? 0)) / timescale;
	const all = (videoStartSeconds - soundStart) * rate;
	const timeOf = (i: number) => ((samples.decode[i] - samples.decode[0]) * rate) / timescale;
	const endOf = (i: number) => (i + 1 < samples.length ? timeOf(i + 1) : timeOf(i) + frameLength);
	// The decoder needs one earlier frame. Frames before it would replace sound of the previous clip.
	let first = 0;
	while (first < samples.length && endOf(first) <= all - frameLength) first += 1;
	if (first === samples.length) return { first, priming: 0 };
	return { first, priming: all - timeOf(first) };
}

interface Slot {
	/** Range of frame positions of the track, excluding `limit`. */
	place: number;
	limit: number;
	/** When the clip starts in the track, in samples. */
	start: number;
	rate: number;
	frameLength: number;
}

/** Fills the frame positions of a clip. Positions without a frame stay silent. */
function fill(origin: Origin, part: SoundPart, { first, priming }: Placing, slot: Slot): void {
	const { sound, source } = part;
	if (!sound) return;
	const { samples, timescale, edit } = sound;
	const { start, rate, frameLength } = slot;
	let { place } = slot;
	for (let i = first; i < samples.length && place < slot.limit; i += 1) {
		if (edit.end !== undefined && samples.decode[i] >= edit.end) return;
		const time = ((samples.decode[i] - samples.decode[first]) * rate) / timescale;
		const due = (start - priming + time) / frameLength;
		// A gap in the clip's sound is kept, and overlapping frames are dropped. Differences below one frame are
		// rounding.
		if (due > place + 1) place = Math.round(due);
		else if (due < place - 1) continue;
		if (place >= slot.limit) return;
		origin.source[place] = source;
		origin.sample[place] = i;
		place += 1;
	}
}
