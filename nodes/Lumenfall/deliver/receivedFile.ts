import { createHash } from 'node:crypto';
import type { VideoMetadata } from '../media/mp4/metadata/movieMetadata';
import { Mp4Reader } from '../media/mp4/metadata/mp4Reader';
import { WEBM_START_BYTES, webmLength } from '../media/webmLength';
import type { Download } from './openSource';

/**
 * The bytes of a file that were read so far, by one attempt or by several. They tell whether the file is complete: by
 * its content length, and by its own boxes or elements. A length in a JSON response does not count.
 */
export class ReceivedFile {
	/** How many bytes were read. */
	bytes = 0;
	private start = Buffer.alloc(0);
	private readonly hash = createHash('sha256');
	private readonly reader = new Mp4Reader();
	private readonly isMp4: boolean;

	constructor(type: Download['type']) {
		this.isMp4 = type === 'video/mp4' || type === 'video/quicktime';
	}

	/** Reads the next piece of the file, of any size. */
	push(piece: Buffer): void {
		this.bytes += piece.length;
		this.hash.update(piece);
		this.reader.push(piece);
		if (this.start.length < WEBM_START_BYTES) this.start = Buffer.concat([this.start, piece]);
	}

	/** Returns the SHA-256 hash of the bytes. */
	digest(): Buffer {
		return this.hash.copy().digest();
	}

	/** Returns the metadata read so far. Empty for an image. */
	metadata(): VideoMetadata {
		return this.reader.metadata();
	}

	/** Whether further bytes cannot complete the file. */
	get isDamaged(): boolean {
		return this.isMp4 && this.reader.ending() === 'damaged';
	}

	/**
	 * Returns why the file cannot end here. Undefined if it is complete.
	 * @param announcedBytes the content length, if there is one
	 */
	whyIncomplete(announcedBytes: number | undefined): string | undefined {
		const { bytes, isMp4, reader } = this;
		if (announcedBytes !== undefined && bytes < announcedBytes)
			return `only ${bytes} of ${announcedBytes} bytes arrived`;
		const least = isMp4 ? reader.segmentsEnd : (webmLength(this.start) ?? 0);
		const isShort = announcedBytes === undefined && bytes < least;
		return isShort || (isMp4 && reader.ending() !== 'whole')
			? `the file ends too soon, after ${bytes} bytes`
			: undefined;
	}
}
