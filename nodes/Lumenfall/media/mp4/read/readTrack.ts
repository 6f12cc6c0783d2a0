/** Reads one track of an index (`trak`): its timescale, its edit list, its format and its samples. */
import type { Edit, SoundTrack, Track, VideoTrack } from '../clip';
import { joinErrors } from '../joinErrors';
import { MAX_SAMPLES } from '../limits';
import { timescaleOf, versionedNumber, type TrackBox } from '../box/movieBoxes';
import { boxesIn, DamagedIndex, findBox, needBox, type Box } from '../box/readBoxes';
import { countSamples, readSampleTables } from './readSampleTables';
import { SampleTable } from '../samples';
import { readSoundFormat } from '../format/soundFormat';
import { isVideoSupported, readVideoFormat, videoCodecName } from '../format/videoFormat';

/** Returns the first track of a kind that a player would play. */
export function chooseTrack(
	tracks: TrackBox[],
	kind: 'vide' | 'soun',
	isFragmented: boolean,
): TrackBox | undefined {
	const all = tracks.filter(
		(track) => track.kind === kind && (isFragmented || countSamples(track.stbl) > 0),
	);
	const isPlayable = (track: TrackBox) =>
		kind === 'soun' || entriesOf(track).some(({ type }) => isVideoSupported(type));
	return (
		all.find((track) => track.isEnabled && isPlayable(track)) ??
		// A cover image is also a video track, so a track that cannot be joined is the last choice.
		all.find(isPlayable) ??
		all[0]
	);
}

/**
 * Reads a video track with its samples.
 * @param movieTimescale of the times in its edit list, in ticks per second
 * @throws JoinError, DamagedIndex or a RangeError
 */
export function readVideoTrack(
	track: TrackBox,
	clip: string,
	movieTimescale: number,
	isFragmented: boolean,
): VideoTrack {
	const entries = entriesOf(track);
	for (const { type } of entries) {
		if (type === 'encv') throw joinErrors.encrypted(clip);
		if (!isVideoSupported(type)) throw joinErrors.unsupportedVideo(clip, videoCodecName(type));
	}
	return {
		...readBasics(track, clip, movieTimescale, isFragmented),
		formats: entries.map(({ type, payload }) => readVideoFormat(type, payload)),
		matrix: track.matrix,
		displaySize: track.displaySize,
	};
}

/**
 * Reads a sound track with its samples.
 * @param movieTimescale of the times in its edit list, in ticks per second
 * @throws JoinError, DamagedIndex or a RangeError
 */
export function readSoundTrack(
	track: TrackBox,
	clip: string,
	movieTimescale: number,
	isFragmented: boolean,
): SoundTrack {
	const [first, ...others] = entriesOf(track).map(({ type, payload }) =>
		readSoundFormat(type, payload),
	);
	const format = 'format' in first ? first.format : first.unsupported;
	const isMixed = others.length > 0;
	return {
		...readBasics(track, clip, movieTimescale, isFragmented),
		format: isMixed ? 'several formats' : format,
	};
}

function entriesOf({ stbl }: TrackBox): Box[] {
	const entries = [...boxesIn(needBox(stbl, 'stsd'), 8)];
	if (entries.length === 0) throw new DamagedIndex();
	return entries;
}

function readBasics(
	{ trak, stbl }: TrackBox,
	clip: string,
	movieTimescale: number,
	isFragmented: boolean,
): Track {
	const timescale = timescaleOf(needBox(trak, 'mdia', 'mdhd'));
	const samples = new SampleTable(MAX_SAMPLES);
	readSampleTables(stbl, samples);
	const edit = readEdit(findBox(trak, 'edts', 'elst'), clip, movieTimescale, timescale);
	// In a fragmented file, the length in the edit list was written before the fragments, so it is wrong.
	if (isFragmented) delete edit.end;
	return { timescale, samples, edit };
}

const NORMAL_RATE = 0x10000;

function readEdit(
	elst: Buffer | undefined,
	clip: string,
	movieTimescale: number,
	timescale: number,
): Edit {
	const edit: Edit = { delaySeconds: 0 };
	if (!elst) return edit;
	const isLong = elst[0] === 1;
	const entryBytes = isLong ? 20 : 12;
	const count = elst.readUInt32BE(4);
	let isFirst = true;
	for (let i = 0; i < count; i += 1) {
		const at = 8 + i * entryBytes;
		const length = versionedNumber(elst, at);
		const start = isLong ? Number(elst.readBigInt64BE(at + 8)) : elst.readInt32BE(at + 4);
		const rate = elst.readUInt32BE(at + entryBytes - 4);
		const seconds = length / movieTimescale;
		if (start === -1 && isFirst) {
			edit.delaySeconds += seconds;
			continue;
		}
		// A delay at the end has no effect.
		if (start === -1 && i === count - 1) break;
		const goesOn = !isFirst && edit.end !== undefined && Math.abs(start - edit.end) <= 1;
		if (start < 0 || (!isFirst && !goesOn) || (rate !== NORMAL_RATE && rate !== 0)) {
			throw joinErrors.severalEdits(clip);
		}
		if (isFirst) edit.start = start;
		// A length of 0 means up to the end.
		edit.end = length > 0 ? start + seconds * timescale : undefined;
		isFirst = false;
	}
	return edit;
}
