/**
 * Joins MP4 files into one without decoding, and without holding more of them in memory than their indexes.
 *
 * Every file is read twice: once for its index, once for its data. Everything is planned in between, so that the index
 * of the joined video can come first.
 */
import { shownSize } from './box/movieBoxes';
import { checkVideo, displayOf } from './plan/checkVideo';
import { chooseSound, joinedFormat, type JoinedFormat } from './plan/chooseSound';
import type { Breathe, Clip, ClipSource } from './clip';
import { joinErrors } from './joinErrors';
import { Layout, type Laid } from './plan/layOut';
import { MAX_MEDIA_BYTES, MAX_SAMPLES, MAX_SECONDS } from './limits';
import type { Part, PlannedSamples } from './moviePlan';
import { planSound, type SoundPart } from './plan/planSound';
import { planVideo } from './plan/planVideo';
import { readClip } from './read/readClip';
import { readSoundFile } from './read/readSoundFile';
import type { SampleTable } from './samples';
import { chooseFrames } from './plan/shownFrames';
import { silentFrame } from './format/silence';
import type { VideoFormat } from './format/videoFormat';
import { writeIndex } from './write/writeIndex';
import { writeMovie } from './write/writeMovie';

/** How clips are joined. */
export interface JoinOptions {
	/** Keeps the sound of the clips, has no sound, or uses the sound of a file. */
	sound: 'keep' | 'none' | ClipSource;
	/** If the sound of a clip does not match the others, the join fails, or the clip is silent. */
	differentSound: 'refuse' | 'leaveOut';
	/** Maximum length of each clip in seconds. */
	maxClipSeconds?: number;
	/** Called between slices of work, so that the process can do other work. Throws to stop. */
	breathe: Breathe;
}

/** The joined video: its metadata, and its file when it is read. */
export interface JoinedVideo {
	seconds: number;
	/** Width and height as displayed, after rotation, in pixels. */
	width: number;
	height: number;
	hasAudio: boolean;
	/** The clips in their order, with their start in the joined video in seconds. */
	clips: Array<{ name: string; startsAt: number; seconds: number }>;
	/** Size of the file in bytes. */
	bytes: number;
	/** Yields the file. Can be used once. Reads the clips a second time. */
	content(): AsyncGenerator<Buffer>;
}

const BRANDS: Record<VideoFormat['codec'], string> = {
	'H.264': 'avc1',
	'H.265': 'hvc1',
	AV1: 'av01',
};

/**
 * Plans the joined video. Nothing is written until its content is read.
 * @throws JoinError if the clips cannot be joined
 */
export async function joinClips(sources: ClipSource[], options: JoinOptions): Promise<JoinedVideo> {
	if (sources.length === 0) throw joinErrors.noClips();
	const { breathe } = options;
	const clips = await readClips(sources, options.sound === 'keep', breathe);
	checkVideo(clips);
	const parts = arrange(clips, options.maxClipSeconds);
	const video = planVideo(parts);
	await breathe();
	const sound = await planJoinedSound(parts, options);
	await breathe();

	const layout = new Layout();
	if (sound) layOutSound(layout, sound, options.sound);
	for (let source = 0; source < parts.length; source += 1) {
		layOutClip(layout, source, parts, video, sound?.isOfClips ? sound : undefined);
		await breathe();
	}
	if (layout.bytes > MAX_MEDIA_BYTES) throw joinErrors.movieTooLarge(layout.bytes);

	const [first] = clips;
	const display = displayOf(first);
	const index = writeIndex({
		brand: BRANDS[first.video.formats[0].codec],
		video: video.track,
		...display,
		sound: sound?.planned.track,
		mediaBytes: layout.bytes,
	});
	const files = typeof options.sound === 'string' ? sources : [...sources, options.sound];
	const { startSeconds, seconds } = parts[parts.length - 1];
	return {
		seconds: startSeconds + seconds,
		...shownSize(display),
		hasAudio: sound !== undefined,
		clips: parts.map((part) => ({
			name: part.clip.name,
			startsAt: part.startSeconds,
			seconds: part.seconds,
		})),
		bytes: index.length + layout.bytes,
		content: () => writeMovie(index, layout.pieces, files, breathe),
	};
}

async function readClips(
	sources: ClipSource[],
	withSound: boolean,
	breathe: Breathe,
): Promise<Clip[]> {
	const clips: Clip[] = [];
	let samples = 0;
	for (const source of sources) {
		const clip = await readClip(source, withSound, breathe);
		samples += clip.video.samples.length + (clip.sound?.samples.length ?? 0);
		// All indexes are in memory together, so their sum is limited too.
		if (samples > 2 * MAX_SAMPLES) throw joinErrors.movieTooLong();
		clips.push(clip);
		await breathe();
	}
	return clips;
}

/** Places the clips one after another. The length of a clip is that of its video track. */
function arrange(clips: Clip[], maxClipSeconds: number | undefined): Part[] {
	let startSeconds = 0;
	return clips.map((clip, i) => {
		const frames = chooseFrames(clip, i === 0, maxClipSeconds);
		const seconds = (frames.end - frames.start) / clip.video.timescale;
		const part = { clip, frames, startSeconds, seconds };
		startSeconds += seconds;
		if (startSeconds > MAX_SECONDS) throw joinErrors.movieTooLong();
		return part;
	});
}

interface JoinedSound {
	planned: PlannedSamples;
	format: JoinedFormat;
	/** The samples of each file, as read from its index. */
	samplesOf: Map<number, SampleTable>;
	/** Whether the sound comes from the clips, and not from a file of its own. */
	isOfClips: boolean;
}

async function planJoinedSound(
	parts: Part[],
	{ sound, differentSound, breathe }: JoinOptions,
): Promise<JoinedSound | undefined> {
	if (sound === 'none') return undefined;
	if (sound === 'keep') {
		const clips = parts.map(({ clip }) => clip);
		const chosen = chooseSound(clips, differentSound === 'leaveOut');
		if (!chosen) return undefined;
		const sounds = parts.map((part, i) => soundPartOf(part, i, chosen.sounds[i]));
		return joinedSound(sounds, chosen, true);
	}
	const file = await readSoundFile(sound, breathe);
	const { startSeconds, seconds } = parts[parts.length - 1];
	const whole: SoundPart = {
		source: parts.length,
		sound: file,
		videoStartSeconds: 0,
		startSeconds: 0,
		seconds: startSeconds + seconds,
	};
	return joinedSound([whole], joinedFormat(file), false);
}

function soundPartOf(
	{ clip, frames, startSeconds, seconds }: Part,
	source: number,
	sound: SoundPart['sound'],
): SoundPart {
	const { edit, timescale } = clip.video;
	const videoStartSeconds = edit.delaySeconds + (frames.start - (edit.start ?? 0)) / timescale;
	return { source, sound, videoStartSeconds, startSeconds, seconds };
}

function joinedSound(parts: SoundPart[], format: JoinedFormat, isOfClips: boolean): JoinedSound {
	const samplesOf = new Map<number, SampleTable>();
	for (const { source, sound } of parts) {
		if (sound) samplesOf.set(source, sound.samples);
	}
	return { planned: planSound(parts, format), format, samplesOf, isOfClips };
}

/** Silence comes first, then the sound file if there is one, because both are small compared with the video. */
function layOutSound(layout: Layout, sound: JoinedSound, source: JoinOptions['sound']): void {
	const { planned: samples, format, samplesOf } = sound;
	layout.addOwn(samples, silentFrame(format.format, format.frameLength));
	if (typeof source === 'string') return;
	samplesOf.forEach((table, i) =>
		layout.addFile(i, source.name, [{ ...samples, samples: table, range: rangeOf(samples, 0) }]),
	);
}

function layOutClip(
	layout: Layout,
	source: number,
	parts: Part[],
	video: PlannedSamples,
	sound: JoinedSound | undefined,
): void {
	const { clip } = parts[source];
	const { samples, formats } = clip.video;
	// Some players read only the first sample entry. If the settings differ, they need them in front of every key
	// frame.
	const isMixed = video.track.entries.length > 1;
	const insertionAt = isMixed ? (sample: number) => formats[samples.entry[sample]] : undefined;
	const tracks: Laid[] = [{ ...video, samples, range: rangeOf(video, source), insertionAt }];
	const soundSamples = sound?.samplesOf.get(source);
	if (sound && soundSamples) {
		const range = rangeOf(sound.planned, source);
		tracks.push({ ...sound.planned, samples: soundSamples, range });
	}
	layout.addFile(source, clip.name, tracks);
}

function rangeOf({ ranges }: PlannedSamples, part: number): [number, number] {
	return [ranges[part], ranges[part + 1]];
}
