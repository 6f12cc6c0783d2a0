/**
 * Plans the sound track. Audio frames have one length, which video frames do not share: audio frames that are only put one
 * behind another come later and later. So each clip gets the place on the grid that is nearest to its video. At each
 * joint the sound is at most half a frame off, and that never adds up. Pure.
 */
import type { ClipSound, JoinedFormat } from './chooseSound';
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { newOrigin, newTrack, OWN, type Origin, type PlannedSamples } from '../moviePlan';
import { soundEntry } from '../format/soundFormat';

/** What the plan needs to know of a clip, or of a file that brings the sound of the whole video. */
export interface SoundPart {
	/** Index of the file. */
	source: number;
	/** Undefined where this part is silent. */
	sound?: ClipSound;
	/** When its first video frame is due, on the clock of its own file. */
	videoStartSeconds: number;
	/** Its place in the joined video. */
	startSeconds: number;
	seconds: number;
}

/** Sound of one clip against the grid. Times are in samples of the track. */
interface Placing {
	/** First frame of the clip that is kept. */
	first: number;
	/** Time of that audio frame before the first video frame of the clip: what the encoder needs to warm up, mostly. */
	priming: number;
}

/** @throws JoinError */
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
	const ranges = [...places, end];
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
	// One frame warms the decoder up; what lies before it would only be in the way of the clip before.
	let first = 0;
	while (first + 1 < samples.length && timeOf(first + 1) <= all - frameLength) first += 1;
	return { first, priming: all - timeOf(first) };
}

interface Slot {
	/** Frames of the track, from `place` up to but without `limit`. */
	place: number;
	limit: number;
	/** When the clip starts in the track, in samples. */
	start: number;
	rate: number;
	frameLength: number;
}

/** Puts the frames of a clip into their places. Places that are left stay silent. */
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
		// A gap in the sound of the clip stays a gap; frames that overlap go. Rounded times are neither.
		if (due > place + 1) place = Math.round(due);
		else if (due < place - 1) continue;
		if (place >= slot.limit) return;
		origin.source[place] = source;
		origin.sample[place] = i;
		place += 1;
	}
}
