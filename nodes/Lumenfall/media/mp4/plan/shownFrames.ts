/**
 * Decides which frames of a clip are part of the joined video: those that the clip shows, up to the requested length.
 */
import type { Clip, VideoTrack } from '../clip';
import { joinErrors } from '../joinErrors';
import { MAX_SECONDS } from '../limits';

/** All times in the timescale of the track. */
export interface ShownFrames {
	/** Indexes of the samples, in decoding order. */
	kept: Uint32Array;
	/** Presentation time of the first frame shown. */
	start: number;
	/** End of the last frame shown. */
	end: number;
	/** How far hidden frames reach back before the first shown frame. They are only needed for decoding. */
	hidden: number;
}

/**
 * Returns the frames of a clip that are part of the joined video.
 * @param isFirst whether this is the first clip, the only one that can have hidden frames at its start
 * @param maxSeconds maximum length. A longer clip is cut at the last position before it at which no frame needs a
 * later one
 * @throws JoinError
 */
export function chooseFrames(clip: Clip, isFirst: boolean, maxSeconds?: number): ShownFrames {
	const { video, name } = clip;
	if (video.samples.isKey[0] !== 1) throw joinErrors.noKeyFrame(name);
	const range = shownByEdit(video);
	if (range.to <= range.from) throw joinErrors.noVideo(name);
	if (range.hidden > 0 && !isFirst) {
		throw joinErrors.hiddenStart(name, range.hidden / video.timescale);
	}
	const cut = cutAt(video, range, maxSeconds);
	const seconds = (cut.end - range.start) / video.timescale;
	const span = longestSpan(video) / video.timescale;
	if (!(seconds > 0) || !(span <= MAX_SECONDS)) throw joinErrors.tooLong(name);
	return {
		kept: keptIn(video, range, cut.to),
		start: range.start,
		end: cut.end,
		hidden: range.hidden,
	};
}

interface Range {
	/** Range of samples, excluding `to`. */
	from: number;
	to: number;
	/** Presentation time of the first frame shown. */
	start: number;
	hidden: number;
}

/** Returns the samples that the edit list shows, and those needed to decode them. */
function shownByEdit({ samples, edit }: VideoTrack): Range {
	const startsTooEarly = (i: number) =>
		edit.start !== undefined && samples.shownAt(i) + samples.lastsFor(i) / 2 < edit.start;
	// Lengths in an edit list are rounded, so a frame counts as shown if half of it is shown.
	const endsTooLate = (i: number) =>
		edit.end !== undefined && samples.shownAt(i) + samples.lastsFor(i) / 2 > edit.end;

	let first = -1;
	let last = -1;
	let start = Number.POSITIVE_INFINITY;
	for (let i = 0; i < samples.length; i += 1) {
		if (startsTooEarly(i) || endsTooLate(i)) continue;
		if (first < 0) first = i;
		last = i;
		start = Math.min(start, samples.shownAt(i));
	}
	let from = Math.max(first, 0);
	while (from > 0 && !(samples.isKey[from] === 1 && samples.shownAt(from) <= start)) from -= 1;

	const range = { from, to: last + 1, start, hidden: 0 };
	for (let i = from; i < range.to; i += 1) {
		if (isLeading(samples, range, i)) continue;
		range.hidden = Math.max(range.hidden, start - samples.shownAt(i));
	}
	return range;
}

/**
 * Whether a frame is displayed before the key frame that precedes it in the file, and is not shown. No other frame is
 * decoded from it.
 */
function isLeading(samples: VideoTrack['samples'], { from, start }: Range, i: number): boolean {
	return samples.shownAt(i) < samples.shownAt(from) && samples.shownAt(i) < start;
}

function keptIn({ samples }: VideoTrack, range: Range, to: number): Uint32Array {
	const kept = new Uint32Array(to - range.from);
	let count = 0;
	for (let i = range.from; i < to; i += 1) {
		if (isLeading(samples, range, i)) continue;
		kept[count] = i;
		count += 1;
	}
	return kept.subarray(0, count);
}

/**
 * Returns where the clip ends. A cut is clean if every frame before it is displayed before every frame after it. Frames
 * are decoded from earlier ones, so then no frame lacks another one.
 */
function cutAt(
	{ samples, timescale }: VideoTrack,
	{ from, to, start }: Range,
	maxSeconds?: number,
): { to: number; end: number } {
	let end = start;
	for (let i = from; i < to; i += 1) {
		end = Math.max(end, samples.shownAt(i) + samples.lastsFor(i));
	}
	if (maxSeconds === undefined || end - start <= maxSeconds * timescale) return { to, end };

	const earliestFrom = new Float64Array(to + 1).fill(Number.POSITIVE_INFINITY);
	for (let i = to - 1; i >= from; i -= 1) {
		earliestFrom[i] = Math.min(earliestFrom[i + 1], samples.shownAt(i));
	}
	let best: { to: number; end: number } | undefined;
	let latest = Number.NEGATIVE_INFINITY;
	for (let i = from + 1; i < to; i += 1) {
		latest = Math.max(latest, samples.shownAt(i - 1));
		const cut = { to: i, end: earliestFrom[i] };
		if (latest >= cut.end || cut.end <= start) continue;
		const fits = cut.end - start <= maxSeconds * timescale + 1;
		// The part up to the first clean cut is always kept, even if it exceeds the limit.
		if (fits || !best) best = cut;
		if (!fits) break;
	}
	return best ?? { to, end };
}

/** Returns the longest time between any two moments of the clip, shown or not. */
function longestSpan({ samples }: VideoTrack): number {
	let least = Number.POSITIVE_INFINITY;
	let most = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < samples.length; i += 1) {
		least = Math.min(least, samples.decode[i], samples.shownAt(i));
		most = Math.max(most, samples.decode[i], samples.shownAt(i) + samples.lastsFor(i));
	}
	return most - least;
}
