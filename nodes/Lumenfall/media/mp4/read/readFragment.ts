/** Reads the samples that a movie fragment adds (`moof`, ISO/IEC 14496-12 section 8.8). */
import { versionedNumber } from '../box/movieBoxes';
import { boxesIn, findBox, needBox } from '../box/readBoxes';
import type { SampleTable } from '../samples';

/** Default values of a track's samples, used unless a fragment overrides them (`trex`). */
interface FragmentDefaults {
	/** Number of the sample entry, from 1. */
	entry: number;
	duration: number;
	size: number;
	flags: number;
}

/** A track to which fragments add samples. */
export interface FragmentedTrack {
	samples: SampleTable;
	defaults: FragmentDefaults;
}

/** Flags of `tfhd`. */
const BASE_OFFSET = 0x1;
const DEFAULT_ENTRY = 0x2;
const DEFAULT_DURATION = 0x8;
const DEFAULT_SIZE = 0x10;
const DEFAULT_FLAGS = 0x20;
const BASE_IS_MOOF = 0x20000;

/** Flags of `trun`. */
const DATA_OFFSET = 0x1;
const FIRST_FLAGS = 0x4;
const SAMPLE_DURATION = 0x100;
const SAMPLE_SIZE = 0x200;
const SAMPLE_FLAGS = 0x400;
const SAMPLE_SHIFT = 0x800;

const NOT_KEY = 0x10000;

/**
 * Reads the default values of each track, by track ID.
 * @throws DamagedIndex or a RangeError
 */
export function readDefaults(mvex: Buffer): Map<number, FragmentDefaults> {
	const defaults = new Map<number, FragmentDefaults>();
	for (const { type, payload } of boxesIn(mvex)) {
		if (type !== 'trex') continue;
		const [track, entry, duration, size, flags] = [4, 8, 12, 16, 20].map((at) =>
			payload.readUInt32BE(at),
		);
		defaults.set(track, { entry, duration, size, flags });
	}
	return defaults;
}

/**
 * Adds the samples of a fragment to its tracks.
 * @param moofOffset position of the fragment in the file
 * @throws DamagedIndex or a RangeError if the fragment is damaged
 */
export function readFragment(
	moof: Buffer,
	moofOffset: number,
	tracks: Map<number, FragmentedTrack>,
): void {
	let end = moofOffset;
	for (const { type, payload: traf } of boxesIn(moof)) {
		if (type !== 'traf') continue;
		const { trackId, base, defaults } = readHeader(needBox(traf, 'tfhd'), moofOffset, end, tracks);
		const track = tracks.get(trackId);
		// Tracks that are not joined are read too, because the data of the next track may start after theirs.
		const samples = track?.samples;
		let time = Math.max(samples?.decodeEnd ?? 0, readStart(findBox(traf, 'tfdt')));
		let place = base;
		for (const { type: kind, payload: trun } of boxesIn(traf)) {
			if (kind === 'trun')
				({ place, time } = readRun(trun, { base, place, time }, defaults, samples));
		}
		end = place;
	}
}

function readHeader(
	tfhd: Buffer,
	moofOffset: number,
	end: number,
	tracks: Map<number, FragmentedTrack>,
) {
	const flags = tfhd.readUInt32BE(0);
	const trackId = tfhd.readUInt32BE(4);
	const from = tracks.get(trackId)?.defaults;
	let at = 8;
	let base = flags & BASE_IS_MOOF ? moofOffset : end;
	if (flags & BASE_OFFSET) {
		base = Number(tfhd.readBigUInt64BE(at));
		at += 8;
	}
	const own = (flag: number, otherwise = 0) => {
		if (!(flags & flag)) return otherwise;
		at += 4;
		return tfhd.readUInt32BE(at - 4);
	};
	// The order of reading is that of the fields in the box.
	const defaults: FragmentDefaults = {
		entry: own(DEFAULT_ENTRY, from?.entry ?? 1),
		duration: own(DEFAULT_DURATION, from?.duration),
		size: own(DEFAULT_SIZE, from?.size),
		flags: own(DEFAULT_FLAGS, from?.flags),
	};
	return { trackId, base, defaults };
}

function readStart(tfdt: Buffer | undefined): number {
	if (!tfdt) return 0;
	return versionedNumber(tfdt, 4);
}

interface RunState {
	base: number;
	place: number;
	time: number;
}

function readRun(
	trun: Buffer,
	start: RunState,
	defaults: FragmentDefaults,
	samples: SampleTable | undefined,
): { place: number; time: number } {
	const flags = trun.readUInt32BE(0);
	const count = trun.readUInt32BE(4);
	let at = 8;
	const next = () => {
		at += 4;
		return trun.readUInt32BE(at - 4);
	};
	let place = flags & DATA_OFFSET ? start.base + (next() | 0) : start.place;
	let time = start.time;
	const firstFlags = flags & FIRST_FLAGS ? next() : defaults.flags;
	// For a track that is not joined, the number of samples is unlimited and costs no bytes in the file, so it is not
	// looped over.
	if (!samples && !(flags & SAMPLE_SIZE)) return { place: place + count * defaults.size, time };

	for (let i = 0; i < count; i += 1) {
		const duration = flags & SAMPLE_DURATION ? next() : defaults.duration;
		const size = flags & SAMPLE_SIZE ? next() : defaults.size;
		const usual = i === 0 ? firstFlags : defaults.flags;
		const sampleFlags = flags & SAMPLE_FLAGS ? next() : usual;
		const shift = flags & SAMPLE_SHIFT ? next() | 0 : 0;
		const isKey = (sampleFlags & NOT_KEY) === 0;
		samples?.push({
			offset: place,
			size,
			decode: time,
			duration,
			shift,
			isKey,
			entry: defaults.entry - 1,
		});
		place += size;
		time += duration;
	}
	return { place, time };
}
