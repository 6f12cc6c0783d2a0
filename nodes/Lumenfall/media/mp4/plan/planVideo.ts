/**
 * Plans the video track: when each frame of each clip is decoded and shown. A pure function; frames are not changed.
 */
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { newOrigin, newTrack, type Part, type PlannedSamples } from '../moviePlan';
import type { VideoFormat } from '../format/videoFormat';

/** A finer timescale has no use, and some players calculate with 32 bits. */
const MAX_TIMESCALE = 10_000_000;
/** Used if no common timescale exists. Precise to about ten microseconds. */
const FALLBACK_TIMESCALE = 90_000;
const MAX_TICKS = 2 ** 31 - 1;

/**
 * Plans the video track of the joined video from the frames of its parts.
 * @throws JoinError if there are too many frames, or impossible times
 */
export function planVideo(parts: Part[]): PlannedSamples {
	const count = parts.reduce((sum, { frames }) => sum + frames.kept.length, 0);
	if (count > MAX_SAMPLES) throw joinErrors.movieTooLong();
	const timescale = commonTimescale(parts);
	const { entries, indexOf } = collectEntries(parts);
	const track = newTrack(count, timescale, entries);
	const origin = newOrigin(count);
	const times = planTimes(parts, count, timescale);

	const ranges: number[] = [];
	let out = 0;
	parts.forEach(({ clip, frames }, source) => {
		ranges.push(out);
		const { samples, formats } = clip.video;
		frames.kept.forEach((sample) => {
			const format = formats[samples.entry[sample]];
			if (!format) throw joinErrors.damaged(clip.name);
			origin.source[out] = source;
			origin.sample[out] = sample;
			track.size[out] = samples.size[sample];
			track.isKey[out] = samples.isKey[sample];
			track.entry[out] = indexOf(format.settings);
			track.duration[out] = times.decode[out + 1] - times.decode[out];
			track.shift[out] = times.shown[out] + times.delay - times.decode[out];
			out += 1;
		});
	});
	track.mediaStart = times.delay;
	track.length = times.length;
	return { track, origin, ranges: [...ranges, out] };
}

/** Returns the least common multiple of the timescales: with it, the times of all frames of all clips are exact. */
function commonTimescale(parts: Part[]): number {
	const exact = parts.reduce((all, { clip }) => leastCommonMultiple(all, clip.video.timescale), 1);
	// Durations have 32 bits, so one very long frame prevents a very fine timescale.
	const longest = parts.reduce((most, part) => Math.max(most, longestStep(part)), 0);
	return exact <= MAX_TIMESCALE && longest * exact < MAX_TICKS ? exact : FALLBACK_TIMESCALE;
}

/** Returns an upper bound for any duration or shift of a clip, in seconds. */
function longestStep({ clip: { video }, frames }: Part): number {
	const { samples, timescale } = video;
	let most = frames.hidden;
	for (let i = 0; i < samples.length; i += 1) {
		const gap = i > 0 ? samples.decode[i] - samples.decode[i - 1] : 0;
		most = Math.max(most, gap, samples.duration[i], Math.abs(samples.shift[i]));
	}
	return (most * 2) / timescale;
}

interface Times {
	/** Decoding times; one more than there are frames, for the end. */
	decode: Float64Array;
	/** Presentation times, without `delay`. */
	shown: Float64Array;
	/** How long the track runs before its first frame is shown, so that each frame is decoded in time. */
	delay: number;
	length: number;
}

function planTimes(parts: Part[], count: number, timescale: number): Times {
	const decode = new Float64Array(count + 1);
	const shown = new Float64Array(count);
	const ticks = (seconds: number) => Math.round(seconds * timescale);
	// Hidden frames of the first clip come before time zero of the video. Decoding times make room for them.
	const hidden = ticks(parts[0].frames.hidden / parts[0].clip.video.timescale);
	let next = 0;
	let free = 0;
	let delay = 0;
	for (const { clip, frames, startSeconds, seconds } of parts) {
		const { samples, timescale: own } = clip.video;
		const begin = next;
		const from = ticks(startSeconds) + (begin === 0 ? 0 : hidden);
		const to = ticks(startSeconds + seconds) + hidden;
		const firstDecode = samples.decode[frames.kept[0]];
		frames.kept.forEach((sample) => {
			const due = from + ticks((samples.decode[sample] - firstDecode) / own);
			decode[next] = Math.max(due, free);
			free = decode[next] + 1;
			shown[next] = ticks(startSeconds + (samples.shownAt(sample) - frames.start) / own);
			next += 1;
		});
		// All frames are decoded before the next clip starts, at least one tick apart.
		for (let i = next - 1, last = to - 1; i >= begin && decode[i] > last; i -= 1, last -= 1) {
			decode[i] = last;
		}
		if (decode[begin] < from) throw joinErrors.tooLong(clip.name);
		for (let i = begin; i < next; i += 1) delay = Math.max(delay, decode[i] - shown[i]);
		free = to;
	}
	const last = parts[parts.length - 1];
	const length = ticks(last.startSeconds + last.seconds);
	decode[count] = length + hidden;
	if (delay > MAX_TICKS) throw joinErrors.movieTooLong();
	return { decode, shown, delay, length };
}

/** Returns one sample entry per set of encoder settings. */
function collectEntries(parts: Part[]) {
	const formats: VideoFormat[] = [];
	const known = new Map<string, number>();
	for (const format of parts.flatMap(({ clip }) => clip.video.formats)) {
		const key = format.settings.toString('latin1');
		if (known.has(key)) continue;
		known.set(key, formats.length);
		formats.push(format);
	}
	return {
		entries: withOneType(formats),
		indexOf: (settings: Buffer) => known.get(settings.toString('latin1')) ?? 0,
	};
}

/** Entry types for settings in the sample entry only (`outside`), or also within samples (`anywhere`). */
const TYPES: Record<VideoFormat['codec'], { outside: string; anywhere: string }> = {
	'H.264': { outside: 'avc1', anywhere: 'avc3' },
	'H.265': { outside: 'hvc1', anywhere: 'hev1' },
	AV1: { outside: 'av01', anywhere: 'av01' },
};

/** Gives all entries the same type: FFmpeg drops samples whose entry type differs from that of the first entry. */
function withOneType(formats: VideoFormat[]): Buffer[] {
	const typeOf = ({ entry }: VideoFormat) => entry.toString('latin1', 4, 8);
	const [first] = formats;
	if (formats.every((format) => typeOf(format) === typeOf(first))) {
		return formats.map(({ entry }) => entry);
	}
	const { outside, anywhere } = TYPES[first.codec];
	// The usual type, which Apple's players require, means that all settings are in the entry.
	const type = formats.every(({ parameterSets }) => parameterSets.length > 0) ? outside : anywhere;
	return formats.map(({ entry }) =>
		Buffer.concat([entry.subarray(0, 4), Buffer.from(type, 'latin1'), entry.subarray(8)]),
	);
}

function leastCommonMultiple(a: number, b: number): number {
	return a > MAX_TIMESCALE ? a : (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
