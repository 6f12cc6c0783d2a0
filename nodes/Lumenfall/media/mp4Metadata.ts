/**
 * Reads what a user wants to know from an MP4 while it streams by (ISO/IEC 14496-12).
 *
 * Only the `moov` box is kept; the picture and sound data pass through uncounted.
 */

export interface VideoMetadata {
	width?: number;
	height?: number;
	/** Playing time, to the millisecond. */
	seconds?: number;
	hasAudio?: boolean;
}

/** A 20-second clip has some 20 kB of `moov`; more than this is no video we know, and is not kept. */
const MAX_MOOV_BYTES = 16 * 1024 * 1024;
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

export class Mp4Reader {
	/** Bytes of the current header or of `moov`, while they are not complete. */
	private held: Buffer[] = [];
	private heldBytes = 0;
	private skipBytes = 0;
	private moovBytes = 0;
	private found: VideoMetadata = {};

	/** Takes the next piece of the file, of any size. */
	push(chunk: Buffer): void {
		let rest = chunk;
		while (rest.length > 0) {
			if (this.skipBytes > 0) {
				const skipped = Math.min(this.skipBytes, rest.length);
				this.skipBytes -= skipped;
				rest = rest.subarray(skipped);
			} else if (this.moovBytes > 0) {
				rest = this.hold(rest, this.moovBytes);
				if (this.heldBytes === this.moovBytes) {
					this.found = readMovie(this.release());
					this.moovBytes = 0;
				}
			} else {
				rest = this.readHeader(rest);
			}
		}
	}

	/** What is known so far: empty until the `moov` box has passed. */
	facts(): VideoMetadata {
		return this.found;
	}

	private readHeader(chunk: Buffer): Buffer {
		let rest = this.hold(chunk, HEADER_BYTES);
		if (this.heldBytes < HEADER_BYTES) return rest;

		const isLong = Buffer.concat(this.held).readUInt32BE(0) === 1;
		if (isLong) rest = this.hold(rest, LONG_HEADER_BYTES);
		if (isLong && this.heldBytes < LONG_HEADER_BYTES) return rest;

		const header = this.release();
		const size = isLong ? Number(header.readBigUInt64BE(8)) : header.readUInt32BE(0);
		const payload = size - header.length;
		const isMoov = header.toString('latin1', 4, 8) === 'moov';
		if (isMoov && payload > 0 && payload <= MAX_MOOV_BYTES) this.moovBytes = payload;
		// Size 0 means "to the end of the file"; a size too small for its own header is damage: nothing more to read.
		else this.skipBytes = payload >= 0 ? payload : Number.POSITIVE_INFINITY;
		return rest;
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

function readMovie(moov: Buffer): VideoMetadata {
	const facts: VideoMetadata = {};
	for (const { type, payload } of boxesIn(moov)) {
		if (type === 'mvhd') facts.seconds = readSeconds(payload);
		if (type !== 'trak') continue;

		const kind = boxAt(payload, 'mdia', 'hdlr')?.toString('latin1', 8, 12);
		facts.hasAudio = facts.hasAudio === true || kind === 'soun';
		const trackHeader = boxAt(payload, 'tkhd');
		if (kind === 'vide' && trackHeader && trackHeader.length >= 8) {
			// Width and height are the last two fields, as 16.16 fixed point.
			facts.width = Math.round(trackHeader.readUInt32BE(trackHeader.length - 8) / 65536);
			facts.height = Math.round(trackHeader.readUInt32BE(trackHeader.length - 4) / 65536);
		}
	}
	return facts;
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
	const payload = [...boxesIn(parent)].find((box) => box.type === first)?.payload;
	return payload && rest.length > 0 ? boxAt(payload, ...rest) : payload;
}

function* boxesIn(parent: Buffer): Generator<Box> {
	let at = 0;
	while (at + HEADER_BYTES <= parent.length) {
		const size = parent.readUInt32BE(at);
		if (size < HEADER_BYTES || at + size > parent.length) return;
		yield {
			type: parent.toString('latin1', at + 4, at + 8),
			payload: parent.subarray(at + HEADER_BYTES, at + size),
		};
		at += size;
	}
}
