/** Decides which clips contribute their sound to the joined video, and in which format. */
import type { Clip, SoundTrack } from '../clip';
import { joinErrors } from '../joinErrors';
import type { SoundFormat } from '../format/soundFormat';

/** Sound of a clip that goes into the joined video. */
export interface ClipSound extends SoundTrack {
	format: SoundFormat;
}

/** The format of a joined sound track. */
export interface JoinedFormat {
	format: SoundFormat;
	/** Samples per frame, at the rate of the format. */
	frameLength: number;
}

/** The sound of the joined video. Its format is that of the first clip whose sound can be joined. */
interface ChosenSound extends JoinedFormat {
	/** One per clip; undefined if the clip is silent. */
	sounds: Array<ClipSound | undefined>;
}

/**
 * Decides which clips have sound in the joined video.
 * @param leaveOut whether a clip with a different sound format is made silent instead of refused
 * @returns undefined if no clip has sound
 * @throws JoinError
 */
export function chooseSound(clips: Clip[], leaveOut: boolean): ChosenSound | undefined {
	const sounds = clips.map(({ name, sound }) => {
		if (!sound || isJoinable(sound)) return sound;
		if (!leaveOut) throw joinErrors.unsupportedSound(name, String(sound.format));
		return undefined;
	});
	const first = sounds.findIndex((sound) => sound !== undefined);
	const reference = sounds[first];
	if (!reference) return undefined;
	const words = describe(reference);
	const fitting = sounds.map((sound, i) => {
		if (!sound || describe(sound) === words) return sound;
		if (!leaveOut)
			throw joinErrors.differentSound(clips[i].name, describe(sound), clips[first].name, words);
		return undefined;
	});
	return { ...joinedFormat(reference), sounds: fitting };
}

/** Returns the format of a joined track that has the same format as this sound. */
export function joinedFormat(sound: ClipSound): JoinedFormat {
	return { format: sound.format, frameLength: frameLengthOf(sound) };
}

/** Reports whether the format of a sound track can be joined. */
export function isJoinable(sound: SoundTrack): sound is ClipSound {
	return typeof sound.format !== 'string';
}

/**
 * Returns everything that must be the same within one track, as text. The bytes of two configs may differ and mean the
 * same.
 */
function describe(sound: ClipSound): string {
	const { codec, rate, channels } = sound.format;
	const length = frameLengthOf(sound);
	const isUsual = codec !== 'AAC' && codec !== 'HE-AAC' ? codec === 'MP3' : length === 1024;
	const layout = channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`;
	return `${codec} ${rate} Hz ${layout}${isUsual ? '' : ` in frames of ${length}`}`;
}

const SHORTEST_OPUS = 120;
const LONGEST_OPUS = 5760;
const USUAL_OPUS = 960;

/** Returns the most frequent frame length, if the format leaves it open. The first or last sample may be shorter. */
function frameLengthOf({ format, samples, timescale }: ClipSound): number {
	if (format.frameLength > 0) return format.frameLength;
	const counts = new Map<number, number>();
	let best = USUAL_OPUS;
	for (let i = 0; i < samples.length; i += 1) {
		const length = Math.round((samples.duration[i] * format.rate) / timescale);
		if (length % SHORTEST_OPUS !== 0 || length === 0 || length > LONGEST_OPUS) continue;
		const count = (counts.get(length) ?? 0) + 1;
		counts.set(length, count);
		if (count > (counts.get(best) ?? 0)) best = length;
	}
	return best;
}
