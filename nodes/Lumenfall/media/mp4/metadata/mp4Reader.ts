/**
 * Reads the metadata of an MP4 file while it is streamed (ISO/IEC 14496-12).
 *
 * Only the `moov` box and indexes of segments are kept. Video and sound data are passed over.
 */

import { HEADER_BYTES, LONG_HEADER_BYTES, readBoxHeader, type BoxHeader } from '../box/readBoxes';
import {
	bytesOfSegments,
	readMovie,
	unlessDamaged,
	type Movie,
	type VideoMetadata,
} from './movieMetadata';

/**
 * State of the file at the last byte read.
 * - `whole`: the file is complete. Further bytes do not matter.
 * - `cut`: the file ends inside a box or a fragment, or before its index and media data.
 * - `damaged`: the next bytes are not MP4, so more bytes cannot help.
 */
type Mp4Ending = 'whole' | 'cut' | 'damaged';

/**
 * Boxes that are kept, and their maximum size in bytes. A 20-second clip has a `moov` box of about 20 kB. A larger box is
 * passed over.
 */
const KEPT: Partial<Record<string, number>> = { moov: 16 * 1024 * 1024, sidx: 1024 * 1024 };
/** Boxes in front of the media data of a fragment. */
const BEFORE_MEDIA = ['moof', 'styp', 'sidx'];

/** Reads one file, piece by piece. */
export class Mp4Reader {
	/** Bytes of the current header or kept box, until it is complete. */
	private held: Buffer[] = [];
	private heldBytes = 0;
	/** Bytes of the current box that are still to be passed over. */
	private skipBytes = 0;
	/** Size of the current box if it is kept, else 0. */
	private keptBytes = 0;
	private bytes = 0;
	private movie: Movie = { metadata: {}, sampleBytes: 0 };
	private announcedEnd = 0;
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
		this.bytes += chunk.length;
		while (rest.length > 0) {
			if (this.skipBytes > 0) {
				const skipped = Math.min(this.skipBytes, rest.length);
				this.skipBytes -= skipped;
				if (this.openMdatBytes !== undefined) this.openMdatBytes += skipped;
				rest = rest.subarray(skipped);
			} else if (this.keptBytes > 0) {
				rest = this.hold(rest, this.keptBytes);
				if (this.heldBytes === this.keptBytes) this.readKept(this.bytes - rest.length);
			} else {
				rest = this.readHeader(rest);
			}
		}
	}

	/** Returns the metadata read so far: empty until the `moov` box is complete. */
	metadata(): VideoMetadata {
		const { metadata, fragmentSeconds } = this.movie;
		// The other duration of a fragmented file may be that of its first part.
		return this.seen.has('moof') ? { ...metadata, seconds: fragmentSeconds } : metadata;
	}

	/**
	 * Where the last segment ends that an index announces, 0 without one. A file that ends after a fragment looks whole
	 * otherwise. An index may be wrong, so it counts only if nothing else shows the length of the file.
	 */
	get segmentsEnd(): number {
		return this.announcedEnd;
	}

	/**
	 * Whether the bytes read so far are a complete file. Boxes contain their length, so a truncated file is detected
	 * without a content length.
	 */
	ending(): Mp4Ending {
		// This media data has no length of its own, so the index shows how much of it there must be.
		if (this.openMdatBytes !== undefined)
			return this.seen.has('moov') && this.openMdatBytes >= this.movie.sampleBytes
				? 'whole'
				: 'cut';

		const hasMovie = this.seen.has('moov') && this.seen.has('mdat');
		if (this.seen.has('moof')) {
			// After a fragment, only another box may follow.
			if (this.isDamaged) return 'damaged';
			return hasMovie && this.isBetweenFragments ? 'whole' : 'cut';
		}
		// After media data without fragments, anything may follow: padding, or text of the server.
		if (this.isDamaged) return hasMovie ? 'whole' : 'damaged';
		return hasMovie && (!this.isInsideBox || this.isBehindMovie) ? 'whole' : 'cut';
	}

	private get isInsideBox(): boolean {
		return this.skipBytes > 0 || this.keptBytes > 0;
	}

	/** The beginning of a header counts as the beginning of another fragment. */
	private get isBetweenFragments(): boolean {
		return !this.isInsideBox && this.heldBytes === 0 && !BEFORE_MEDIA.includes(this.box);
	}

	/** Text behind the movie looks like the header of a box that is not complete. */
	private get isBehindMovie(): boolean {
		const hasAllMedia = this.mediaBytes >= this.movie.sampleBytes;
		return hasAllMedia && !['moov', 'mdat'].includes(this.box);
	}

	/**
	 * Reads a kept box. What is damaged in it says nothing.
	 * @param position of the first byte after the box
	 */
	private readKept(position: number): void {
		const payload = this.release();
		this.keptBytes = 0;
		if (this.box === 'moov') {
			this.movie = readMovie(payload);
		} else {
			const bytes = unlessDamaged(() => bytesOfSegments(payload)) ?? 0;
			this.announcedEnd = Math.max(this.announcedEnd, position + bytes);
		}
	}

	private readHeader(chunk: Buffer): Buffer {
		let rest = chunk;
		for (const bytes of [HEADER_BYTES, LONG_HEADER_BYTES]) {
			rest = this.hold(rest, bytes);
			const header = readBoxHeader(Buffer.concat(this.held));
			if (!header) continue;
			this.release();
			this.enterBox(header);
			break;
		}
		return rest;
	}

	private enterBox({ type, size, headerBytes }: BoxHeader): void {
		const payload = size - headerBytes;
		const isBox = /^[A-Za-z0-9 \xa9_.-]{4}$/.test(type);
		this.box = type;
		if (type === 'mdat' && payload > 0) this.mediaBytes += payload;
		if (isBox) this.seen.add(type);
		if (isBox && payload > 0 && payload <= (KEPT[type] ?? 0)) {
			this.keptBytes = payload;
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
