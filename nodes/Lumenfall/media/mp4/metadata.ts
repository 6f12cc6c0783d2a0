/**
 * Reads what a user wants to know from an MP4 while it streams by (ISO/IEC 14496-12).
 *
 * Only the `moov` box is kept; the video and sound data pass through uncounted.
 */

export interface VideoMetadata {
	/** As the video is seen: sides change places where a phone was turned. */
	width?: number;
	height?: number;
	/** Playing time, to the millisecond. */
	seconds?: number;
	hasAudio?: boolean;
}

/**
 * How the bytes so far end. `cut`: inside a box, or before the film and its index were there. `damaged`: what follows is
 * no MP4, so more bytes cannot help. `whole`: everything is there; what may follow is of no use.
 */
export type Mp4Ending = 'whole' | 'cut' | 'damaged';

/** A 20-second clip has some 20 kB of `moov`; more than this is no video we know, and is not kept. */
const MAX_MOOV_BYTES = 16 * 1024 * 1024;
/** No video has more tracks; what comes after them is not read. */
const MAX_TRACKS = 32;
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

export class Mp4Reader {
	/** Bytes of the current header or of `moov`, while they are not complete. */
	private held: Buffer[] = [];
	private heldBytes = 0;
	private skipBytes = 0;
	private moovBytes = 0;
	private movie: Movie = { metadata: {}, sampleBytes: 0 };
	private readonly seen = new Set<string>();
	/** Bytes of a film whose box goes on to the end of the file. */
	private openMdatBytes?: number;
	private isDamaged = false;

	/** Takes the next piece of the file, of any size. */
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

	/** What is known so far: empty until the `moov` box has passed. */
	metadata(): VideoMetadata {
		return this.movie.metadata;
	}

	/** Whether the bytes so far are a whole file. A box says its length, so a file that ends early is told without its own. */
	ending(): Mp4Ending {
		const hasFilm = this.seen.has('moov') && this.seen.has('mdat');
		const isInside = this.skipBytes > 0 || this.moovBytes > 0;
		if (this.openMdatBytes !== undefined) {
			const isAllThere = this.seen.has('moov') && this.openMdatBytes >= this.movie.sampleBytes;
			return isAllThere ? 'whole' : 'cut';
		}
		// Behind a fragment another one is expected; behind a film there may be padding.
		if (this.isDamaged) return hasFilm && !this.seen.has('moof') ? 'whole' : 'damaged';
		return hasFilm && !isInside ? 'whole' : 'cut';
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
		if (isBox) this.seen.add(type);
		if (isBox && type === 'moov' && payload > 0 && payload <= MAX_MOOV_BYTES) {
			this.moovBytes = payload;
		} else if (isBox && payload >= 0) {
			this.skipBytes = payload;
		} else {
			// Size 0 means "to the end of the file"; a size too small for its own header is damage: nothing more to read.
			this.skipBytes = Number.POSITIVE_INFINITY;
			if (isBox && size === 0 && type === 'mdat') this.openMdatBytes = 0;
			else this.isDamaged = true;
		}
	}

	/** Keeps bytes until `wanted` are there, and gives back what is left over. */
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
	/** What the frames and sounds of all tracks take together. */
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

/** The matrix and the two sides stand at the end of a track header, as 16.16 fixed point. */
const MATRIX_BYTES = 36;
const SIDES_BYTES = 8;

function readSides(header: Buffer): Pick<VideoMetadata, 'width' | 'height'> {
	const sides = header.length - SIDES_BYTES;
	if (sides < 0) return {};
	const width = Math.round(header.readUInt32BE(sides) / 65536);
	const height = Math.round(header.readUInt32BE(sides + 4) / 65536);
	const matrix = sides - MATRIX_BYTES;
	if (matrix < 0) return { width, height };
	// [a b u; c d v; x y w]: turned by a quarter, x is made of y.
	const isTurned = Math.abs(header.readInt32BE(matrix + 4)) > Math.abs(header.readInt32BE(matrix));
	return isTurned ? { width: height, height: width } : { width, height };
}

/** The sum of a table of sample sizes: one size for all, or one for each. */
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
	// A fragmented file says 0 here and its length nowhere; an unknown length is all ones.
	const isKnown = timescale > 0 && duration > 0 && duration < 0xffffffff;
	return isKnown ? Math.round((duration / timescale) * 1000) / 1000 : undefined;
}

function boxAt(parent: Buffer, ...path: string[]): Buffer | undefined {
	const [first, ...rest] = path;
	for (const { type, payload } of boxesIn(parent))
		if (type === first) return rest.length > 0 ? boxAt(payload, ...rest) : payload;
	return undefined;
}

/** No box of a video has more of them; thousands of tiny ones are there to cost time. */
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
