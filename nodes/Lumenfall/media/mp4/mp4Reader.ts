/**
 * Reads the metadata of an MP4 file while it is streamed (ISO/IEC 14496-12).
 *
 * Only the `moov` box is kept. Video and sound data are passed over.
 */

import { roundSeconds } from '../../support/duration';

export interface VideoMetadata {
	/** Size as displayed: width and height are swapped if the video is rotated by 90 degrees. */
	width?: number;
	height?: number;
	/** Duration, rounded to milliseconds. */
	seconds?: number;
	hasAudio?: boolean;
}

/**
 * State of the file at the last byte read.
 * - `whole`: the file is complete. Further bytes do not matter.
 * - `cut`: the file ends inside a box, or before its index and media data.
 * - `damaged`: the next bytes are not MP4, so more bytes cannot help.
 */
export type Mp4Ending = 'whole' | 'cut' | 'damaged';

/** A 20-second clip has a `moov` box of about 20 kB. A box larger than this is not kept. */
const MAX_MOOV_BYTES = 16 * 1024 * 1024;
/** No video has more tracks. Further tracks are not read. */
const MAX_TRACKS = 32;
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

export class Mp4Reader {
	/** Bytes of the current header or `moov` box, until it is complete. */
	private held: Buffer[] = [];
	private heldBytes = 0;
	private skipBytes = 0;
	private moovBytes = 0;
	private movie: Movie = { metadata: {}, sampleBytes: 0 };
	private readonly seen = new Set<string>();
	/** Media data read so far, if its box extends to the end of the file. */
	private openMdatBytes?: number;
	/** Size of all media data boxes so far, and the type of the current box. */
	private mediaBytes = 0;
	private box = '';
	private isDamaged = false;

	/** Reads the next piece of the file, of any size. */
	push(chunk: Buffer): void {
		let rest = chunk;
		while (rest.length > 0) {
			if (this.skipBytes > 0) {
				const skipped = Math.min(this.skipBytes, rest.length);
				this.skipBytes -= skipped;
				if (this.openMdatBytes !== undefined) this.openMdatBytes += skipped;
				rest = rest.subarray(skipped);
			} else if (this.moovBytes > 0) {
				rest = this.hold(rest, this.moovBytes);
				if (this.heldBytes === this.moovBytes) {
					this.movie = readMovie(this.release());
					this.moovBytes = 0;
				}
			} else {
				rest = this.readHeader(rest);
			}
		}
	}

	/** Returns the metadata read so far: empty until the `moov` box is complete. */
	metadata(): VideoMetadata {
		return this.movie.metadata;
	}

	/**
	 * Whether the bytes read so far are a complete file. Boxes contain their length, so a truncated file is detected
	 * without a content length.
	 */
	ending(): Mp4Ending {
		const hasMovie = this.seen.has('moov') && this.seen.has('mdat');
		const isFragmented = this.seen.has('moof');
		// The beginning of a header counts in a fragmented file only, in which another fragment may be missing.
		const isInside =
			this.skipBytes > 0 || this.moovBytes > 0 || (isFragmented && this.heldBytes > 0);
		if (this.openMdatBytes !== undefined) {
			const isAllThere = this.seen.has('moov') && this.openMdatBytes >= this.movie.sampleBytes;
			return isAllThere ? 'whole' : 'cut';
		}
		// After a fragment, another box must follow. After media data without fragments, padding is allowed.
		if (this.isDamaged) return hasMovie && !isFragmented ? 'whole' : 'damaged';
		// Text behind the movie looks like the header of a box that is not complete.
		const hasAll = !isFragmented && this.mediaBytes >= this.movie.sampleBytes;
		const isBehind = hasMovie && hasAll && !['moov', 'mdat'].includes(this.box);
		return hasMovie && (!isInside || isBehind) ? 'whole' : 'cut';
	}

	private readHeader(chunk: Buffer): Buffer {
		let rest = this.hold(chunk, HEADER_BYTES);
		if (this.heldBytes < HEADER_BYTES) return rest;

		const isLong = Buffer.concat(this.held).readUInt32BE(0) === 1;
		if (isLong) rest = this.hold(rest, LONG_HEADER_BYTES);
		if (isLong && this.heldBytes < LONG_HEADER_BYTES) return rest;

		const header = this.release();
		const type = header.toString('latin1', 4, 8);
		const size = isLong ? Number(header.readBigUInt64BE(8)) : header.readUInt32BE(0);
		this.enterBox(type, size, size - header.length);
		return rest;
	}

	private enterBox(type: string, size: number, payload: number): void {
		const isBox = /^[A-Za-z0-9 \xa9_.-]{4}$/.test(type);
		this.box = type;
		if (type === 'mdat' && payload > 0) this.mediaBytes += payload;
		if (isBox) this.seen.add(type);
		if (isBox && type === 'moov' && payload > 0 && payload <= MAX_MOOV_BYTES) {
			this.moovBytes = payload;
		} else if (isBox && payload >= 0) {
			this.skipBytes = payload;
		} else {
			// Size 0 means that the box extends to the end of the file. A size smaller than the header is damage, so
			// reading stops.
			this.skipBytes = Number.POSITIVE_INFINITY;
			if (isBox && size === 0 && type === 'mdat') this.openMdatBytes = 0;
			else this.isDamaged = true;
		}
	}

	/** Keeps bytes until `wanted` bytes are held, and returns the rest. */
	private hold(chunk: Buffer, wanted: number): Buffer {
		const taken = chunk.subarray(0, Math.max(0, wanted - this.heldBytes));
		this.held.push(taken);
		this.heldBytes += taken.length;
		return chunk.subarray(taken.length);
	}

	private release(): Buffer {
		const all = Buffer.concat(this.held);
		this.held = [];
		this.heldBytes = 0;
		return all;
	}
}

interface Box {
	type: string;
	payload: Buffer;
}

interface Movie {
	metadata: VideoMetadata;
	/** Total size of the samples of all tracks. */
	sampleBytes: number;
}

function readMovie(moov: Buffer): Movie {
	const metadata: VideoMetadata = {};
	let sampleBytes = 0;
	let tracks = 0;
	for (const { type, payload } of boxesIn(moov)) {
		if (type === 'mvhd') metadata.seconds = readSeconds(payload);
		if (type !== 'trak') continue;
		if (++tracks > MAX_TRACKS) break;

		const media = boxAt(payload, 'mdia');
		const kind = media && boxAt(media, 'hdlr')?.toString('latin1', 8, 12);
		metadata.hasAudio = metadata.hasAudio === true || kind === 'soun';
		sampleBytes += bytesOfSamples(media && boxAt(media, 'minf', 'stbl', 'stsz'));
		const trackHeader = boxAt(payload, 'tkhd');
		if (kind === 'vide' && trackHeader) Object.assign(metadata, readSides(trackHeader));
	}
	return { metadata, sampleBytes };
}

/** The matrix, width and height are at the end of a track header, as 16.16 fixed point. */
const MATRIX_BYTES = 36;
const SIDES_BYTES = 8;

function readSides(header: Buffer): Pick<VideoMetadata, 'width' | 'height'> {
	const sides = header.length - SIDES_BYTES;
	if (sides < 0) return {};
	const width = Math.round(header.readUInt32BE(sides) / 65536);
	const height = Math.round(header.readUInt32BE(sides + 4) / 65536);
	const matrix = sides - MATRIX_BYTES;
	if (matrix < 0) return { width, height };
	// The matrix is [a b u; c d v; x y w]. In a rotation by 90 degrees, b is larger than a.
	const isTurned = Math.abs(header.readInt32BE(matrix + 4)) > Math.abs(header.readInt32BE(matrix));
	return isTurned ? { width: height, height: width } : { width, height };
}

/** Returns the sum of a table of sample sizes: one size for all samples, or one for each. */
function bytesOfSamples(table: Buffer | undefined): number {
	if (!table || table.length < 12) return 0;
	const sizeOfAll = table.readUInt32BE(4);
	const count = table.readUInt32BE(8);
	if (sizeOfAll > 0) return sizeOfAll * count;
	let bytes = 0;
	const end = Math.min(table.length, 12 + count * 4) - 3;
	for (let at = 12; at < end; at += 4) bytes += table.readUInt32BE(at);
	return bytes;
}

function readSeconds(mvhd: Buffer): number | undefined {
	const isLong = mvhd[0] === 1;
	if (mvhd.length < (isLong ? 32 : 20)) return undefined;
	const timescale = mvhd.readUInt32BE(isLong ? 20 : 12);
	const duration = isLong ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
	// In a fragmented file the duration is 0. An unknown duration has all bits set.
	const isKnown = timescale > 0 && duration > 0 && duration < 0xffffffff;
	return isKnown ? roundSeconds(duration / timescale) : undefined;
}

function boxAt(parent: Buffer, ...path: string[]): Buffer | undefined {
	const [first, ...rest] = path;
	for (const { type, payload } of boxesIn(parent))
		if (type === first) return rest.length > 0 ? boxAt(payload, ...rest) : payload;
	return undefined;
}

/** No box of a real video has more child boxes. Thousands of tiny boxes are an attack on processing time. */
const MAX_BOXES = 1_000;

function* boxesIn(parent: Buffer): Generator<Box> {
	let at = 0;
	for (let box = 0; box < MAX_BOXES && at + HEADER_BYTES <= parent.length; box++) {
		const size = parent.readUInt32BE(at);
		if (size < HEADER_BYTES || at + size > parent.length) return;
		yield {
			type: parent.toString('latin1', at + 4, at + 8),
			payload: parent.subarray(at + HEADER_BYTES, at + size),
		};
		at += size;
	}
}
