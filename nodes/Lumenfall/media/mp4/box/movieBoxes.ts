/** Reads the fields of a `moov` box that both the metadata and joining need (ISO/IEC 14496-12, section 8). */
import { MAX_TRACKS } from '../limits';
import { boxesIn, DamagedIndex, findBox, needBox } from './readBoxes';

/** How a video is displayed. */
export interface Display {
	/** Rotation and mirroring: nine numbers of four bytes. */
	matrix: Buffer;
	/** Width and height before rotation, in pixels as 16.16 fixed point. */
	displaySize: [number, number];
}

/** A track of the index, before its samples are read. */
export interface TrackBox extends Display {
	id: number;
	/** The handler: `vide`, `soun` or another. */
	kind: string;
	isEnabled: boolean;
	trak: Buffer;
	/** The sample tables. */
	stbl: Buffer;
}

/**
 * Lists the tracks of a `moov` box without reading their samples. Tracks without media are left out.
 * @throws DamagedIndex or a RangeError
 */
export function listTracks(moov: Buffer): TrackBox[] {
	return traksIn(moov).flatMap((trak) => {
		const stbl = findBox(trak, 'mdia', 'minf', 'stbl');
		return stbl ? [{ kind: kindOf(trak), trak, stbl, ...readTrackHeader(trak) }] : [];
	});
}

/**
 * Returns the `trak` boxes of a `moov` box, as many as a video has.
 * @throws DamagedIndex if there are more boxes than any real file has
 */
export function traksIn(moov: Buffer): Buffer[] {
	const traks = [...boxesIn(moov)].filter(({ type }) => type === 'trak');
	return traks.slice(0, MAX_TRACKS).map(({ payload }) => payload);
}

/**
 * Returns the handler of a track: `vide`, `soun` or another.
 * @throws DamagedIndex if it is missing
 */
export function kindOf(trak: Buffer): string {
	return needBox(trak, 'mdia', 'hdlr').toString('latin1', 8, 12);
}

/** Bytes of matrix, width and height, which end a track header. */
const DISPLAY_BYTES = 44;

/**
 * Reads the header of a track.
 * @throws DamagedIndex or a RangeError
 */
export function readTrackHeader(trak: Buffer): Display & Pick<TrackBox, 'id' | 'isEnabled'> {
	const tkhd = needBox(trak, 'tkhd');
	const display = tkhd.length - DISPLAY_BYTES;
	if (display < 0) throw new DamagedIndex();
	return {
		id: tkhd.readUInt32BE(afterDates(tkhd)),
		isEnabled: (tkhd[3] & 1) === 1,
		// A copy, so that the index can be forgotten.
		matrix: Buffer.from(tkhd.subarray(display, display + 36)),
		displaySize: [tkhd.readUInt32BE(display + 36), tkhd.readUInt32BE(display + 40)],
	};
}

/** Returns the size of a video after rotation, in pixels. */
export function shownSize({ matrix, displaySize }: Display): { width: number; height: number } {
	const [width, height] = displaySize.map((value) => Math.round(value / 65536));
	// The matrix is [a b u; c d v; x y w]. In a rotation by 90 degrees, b is larger than a.
	const isTurned = Math.abs(matrix.readInt32BE(4)) > Math.abs(matrix.readInt32BE(0));
	return isTurned ? { width: height, height: width } : { width, height };
}

/**
 * Returns the timescale of a movie (`mvhd`) or of a track (`mdhd`): ticks per second.
 * @throws DamagedIndex if it is 0
 */
export function timescaleOf(header: Buffer): number {
	const timescale = header.readUInt32BE(afterDates(header));
	if (timescale === 0) throw new DamagedIndex();
	return timescale;
}

/** Returns the duration of a movie in its timescale, as `mvhd` has it. */
export function movieDuration(mvhd: Buffer): number {
	return versionedNumber(mvhd, afterDates(mvhd) + 4);
}

/** Reads a number of 32 bits, or of 64 bits in version 1 of a box. */
export function versionedNumber(box: Buffer, at: number): number {
	return box[0] === 1 ? Number(box.readBigUInt64BE(at)) : box.readUInt32BE(at);
}

/** Returns where the fields of `mvhd`, `tkhd` and `mdhd` begin that follow the two dates. */
function afterDates(header: Buffer): number {
	return header[0] === 1 ? 20 : 12;
}
