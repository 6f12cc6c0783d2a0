/** Plans the video track: when each frame of each clip is decoded and shown. Pure, and no frame is touched. */
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { newOrigin, newTrack, type Part, type PlannedSamples } from '../moviePlan';
import type { VideoFormat } from '../format/videoFormat';

/** Finer clocks than this are no use, and some players reckon in 32 bits. */
const MAX_TIMESCALE = 10_000_000;
/** To the microsecond or so, where no common clock exists. */
const FALLBACK_TIMESCALE = 90_000;
const MAX_TICKS = 2 ** 31 - 1;

/** @throws JoinError */
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

/** The least common multiple: on that clock every frame of every clip is exactly on time. */
function commonTimescale(parts: Part[]): number {
	const exact = parts.reduce((all, { clip }) => leastCommonMultiple(all, clip.video.timescale), 1);
	// Durations have 32 bits, so a single very long frame rules out a very fine clock.
	const longest = parts.reduce((most, part) => Math.max(most, longestStep(part)), 0);
	return exact <= MAX_TIMESCALE && longest * exact < MAX_TICKS ? exact : FALLBACK_TIMESCALE;
}

/** An upper bound, in seconds, for any duration or shift a clip brings. */
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
	/** One more than there are frames: the end comes last. */
	decode: Float64Array;
	/** Without `delay`. */
	shown: Float64Array;
	/** How long the track must run before its first frame is shown, so that every one is decoded in time. */
	delay: number;
	length: number;
}

function planTimes(parts: Part[], count: number, timescale: number): Times {
	const decode = new Float64Array(count + 1);
	const shown = new Float64Array(count);
	const ticks = (seconds: number) => Math.round(seconds * timescale);
	// What the first clip hides comes before time zero of the video; decoding times make room for it.
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
		// All are decoded before the next clip starts, one tick apart at least.
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

/** One sample entry for each set of encoder settings. */
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

/** Types that differ only in whether settings may also stand in the samples. */
const TYPES: Record<VideoFormat['codec'], { outside: string; anywhere: string }> = {
	'H.264': { outside: 'avc1', anywhere: 'avc3' },
	'H.265': { outside: 'hvc1', anywhere: 'hev1' },
	AV1: { outside: 'av01', anywhere: 'av01' },
};

/** FFmpeg drops every sample whose entry has another type than the first, so all get the same. */
function withOneType(formats: VideoFormat[]): Buffer[] {
	const typeOf = ({ entry }: VideoFormat) => entry.toString('latin1', 4, 8);
	const [first] = formats;
	if (formats.every((format) => typeOf(format) === typeOf(first))) {
		return formats.map(({ entry }) => entry);
	}
	const { outside, anywhere } = TYPES[first.codec];
	// The usual type, which Apple's players want, promises that the settings are in the entry.
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
