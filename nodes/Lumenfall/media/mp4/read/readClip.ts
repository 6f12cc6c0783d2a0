/** Reads the index of one MP4 file. Video and sound data are skipped. */
import { describeFile } from '../../fileType';
import type { Breathe, Clip, ClipSource, SoundTrack, Track, VideoTrack } from '../clip';
import { ForwardReader } from './forwardReader';
import { asJoinError, joinErrors } from '../joinErrors';
import { MAX_INDEX_BYTES, MAX_TOP_LEVEL_BOXES } from '../limits';
import { listTracks, timescaleOf, type TrackBox } from '../box/movieBoxes';
import {
	DamagedIndex,
	findBox,
	LONG_HEADER_BYTES,
	needBox,
	readBoxHeader,
	type BoxHeader,
} from '../box/readBoxes';
import { readDefaults, readFragment, type FragmentedTrack } from './readFragment';
import { chooseTrack, readSoundTrack, readVideoTrack } from './readTrack';

/** Boxes that a file of the MP4 family can start with. */
const FIRST_BOXES = ['ftyp', 'styp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'uuid'];
const BOXES_PER_BREATH = 500;

/**
 * Reads a clip from start to end, and no further than necessary.
 * @param withSound whether the sound track is read
 * @throws JoinError, also for a file that is damaged, incomplete or not MP4
 */
export async function readClip(
	source: ClipSource,
	withSound: boolean,
	breathe: Breathe,
): Promise<Clip> {
	const { name } = source;
	const { video, sound } = await readTracks(source, { video: true, sound: withSound }, breathe);
	if (!video) throw joinErrors.noVideo(name);
	return { name, video, sound };
}

interface RequestedTracks {
	video: boolean;
	sound: boolean;
}

interface Tracks {
	video?: VideoTrack;
	sound?: SoundTrack;
}

/**
 * Reads the first track of each requested kind.
 * @throws JoinError
 */
export async function readTracks(
	source: ClipSource,
	requested: RequestedTracks,
	breathe: Breathe,
): Promise<Tracks> {
	const reader = new ForwardReader(await source.open());
	try {
		return await new FileReader(source, reader, requested).read(breathe);
	} catch (error) {
		throw asJoinError(error, joinErrors.damaged(source.name));
	} finally {
		await reader.close();
	}
}

/** The index of the file, and what its fragments need. */
interface Index extends Tracks {
	fragmented?: Map<number, FragmentedTrack>;
}

class FileReader {
	private index?: Index;

	constructor(
		private readonly source: ClipSource,
		private readonly reader: ForwardReader,
		private readonly requested: RequestedTracks,
	) {}

	async read(breathe: Breathe): Promise<Tracks> {
		await this.checkType();
		for (let boxes = 1; await this.readBox(); boxes += 1) {
			if (boxes === MAX_TOP_LEVEL_BOXES) throw joinErrors.tooLong(this.source.name);
			if (boxes % BOXES_PER_BREATH === 0) await breathe();
			if (this.isKnownWhole()) break;
		}
		const { name, bytes = this.reader.position } = this.source;
		if (!this.index) throw joinErrors.noIndex(name);
		const usable = (track?: Track) => {
			if (!track || track.samples.length === 0) return false;
			checkInside(track, bytes, name);
			return true;
		};
		const { video, sound } = this.index;
		return { video: usable(video) ? video : undefined, sound: usable(sound) ? sound : undefined };
	}

	/**
	 * Whether the file is read completely: the index is known, it has no fragments, and the size of the file is known.
	 */
	private isKnownWhole(): boolean {
		return this.index !== undefined && !this.index.fragmented && this.source.bytes !== undefined;
	}

	private async checkType(): Promise<void> {
		const start = await this.reader.peek(LONG_HEADER_BYTES);
		if (FIRST_BOXES.includes(start.toString('latin1', 4, 8))) return;
		throw joinErrors.notMp4(this.source.name, describeFile(start));
	}

	/** Reads or skips one top-level box. False at the end of the file. */
	private async readBox(): Promise<boolean> {
		const { reader, source } = this;
		const start = reader.position;
		const header = readBoxHeader(await reader.peek(LONG_HEADER_BYTES));
		if (!header) return false;
		const length = header.size - header.headerBytes;
		if (header.size !== 0 && length < 0) return this.endOfBoxes();
		await reader.skip(header.headerBytes);

		if (header.type === 'moov' && !this.index) {
			this.index = this.readIndex(await this.readWhole(header));
		} else if (header.type === 'moof' && this.index?.fragmented) {
			readFragment(await this.readWhole(header), start, this.index.fragmented);
		} else {
			const skip = header.size === 0 ? Number.POSITIVE_INFINITY : length;
			const skipped = await reader.skip(skip);
			const isCut = skipped < skip && header.size !== 0;
			if (isCut && (header.type === 'mdat' || !this.index)) throw joinErrors.truncated(source.name);
		}
		return true;
	}

	/** Some programs append bytes after the last box. They are ignored. */
	private endOfBoxes(): false {
		if (!this.index) throw new DamagedIndex();
		return false;
	}

	private async readWhole({ size, headerBytes }: BoxHeader): Promise<Buffer> {
		if (size === 0 || size > MAX_INDEX_BYTES) throw joinErrors.tooLong(this.source.name);
		const payload = await this.reader.read(size - headerBytes);
		if (payload.length < size - headerBytes) throw joinErrors.truncated(this.source.name);
		return payload;
	}

	private readIndex(moov: Buffer): Index {
		const { name } = this.source;
		const movieTimescale = timescaleOf(needBox(moov, 'mvhd'));
		const mvex = findBox(moov, 'mvex');
		const isFragmented = mvex !== undefined;

		const boxes = listTracks(moov);
		const choose = (kind: 'vide' | 'soun', isWanted: boolean) =>
			isWanted ? chooseTrack(boxes, kind, isFragmented) : undefined;
		const videoBox = choose('vide', this.requested.video);
		const soundBox = choose('soun', this.requested.sound);
		const video = videoBox && readVideoTrack(videoBox, name, movieTimescale, isFragmented);
		const sound = soundBox && readSoundTrack(soundBox, name, movieTimescale, isFragmented);
		if (!mvex) return { video, sound };

		const defaults = readDefaults(mvex);
		const fragmented = new Map<number, FragmentedTrack>();
		const add = (trackBox?: TrackBox, track?: Track) => {
			if (!trackBox || !track) return;
			const usual = defaults.get(trackBox.id) ?? { entry: 1, duration: 0, size: 0, flags: 0 };
			fragmented.set(trackBox.id, { samples: track.samples, defaults: usual });
		};
		add(videoBox, video);
		add(soundBox, sound);
		return { video, sound, fragmented };
	}
}

/** @throws JoinError if a sample is beyond the end of the file */
function checkInside({ samples }: Track, fileBytes: number, name: string): void {
	for (let i = 0; i < samples.length; i += 1) {
		const end = samples.offset[i] + samples.size[i];
		if (samples.offset[i] < 0) throw new DamagedIndex();
		if (!(end <= fileBytes)) throw joinErrors.truncated(name);
	}
}
