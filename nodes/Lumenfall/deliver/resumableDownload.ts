import { createHash } from 'node:crypto';
import { failureOf, isTransient, type FailureError } from '../errors/failure';
import { downloadErrors } from './downloadErrors';
import type { VideoMetadata } from '../media/mp4/metadata/movieMetadata';
import { Mp4Reader } from '../media/mp4/metadata/mp4Reader';
import { WEBM_START_BYTES, webmLength } from '../media/webmLength';
import { networkReason } from '../transport/networkError';
import type { Runtime } from '../support/runtime';
import { aboutFile, type RequestedFile } from './fileRefusal';
import type { Download } from './openSource';

/** Maximum number of attempts to read a file. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 1_000;
/** No supported video is larger. Without a limit, a response could be read forever. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;

/** Size and metadata of a file after its bytes were read. */
interface Passed {
	bytes: number;
	/** Empty for an image. */
	metadata: VideoMetadata;
}

interface ResumableDownload {
	pieces: AsyncGenerator<Buffer>;
	/** Size and metadata of what has been read so far. */
	passed(): Passed;
}

/**
 * Returns the bytes of a file, completely or not at all. An interrupted download is retried internally and continues at
 * the same byte, so one file is stored and no partial file is left behind. The file is complete by its content length
 * and by its own boxes or elements. A length in a JSON response does not count.
 * @param first the file, already open
 * @param reopen opens the same file again, from its beginning
 * @param mayGrowTo called as the file grows, with its bytes so far; rejects if it cannot be stored
 */
export function resumableDownload(
	first: Download,
	reopen: () => Promise<Download>,
	requested: RequestedFile,
	{ sleep, mayGrowTo }: { sleep: Runtime['sleep']; mayGrowTo(bytes: number): Promise<void> },
): ResumableDownload {
	const reader = new Mp4Reader();
	const hash = createHash('sha256');
	let bytes = 0;
	let start = Buffer.alloc(0);
	const broken = (cause: string) => downloadErrors.failed({ ...aboutFile(requested), cause });
	/**
	 * A connection that fails after the file was opened is reported as a failed download, not as an unreachable server.
	 */
	const brokenOff = (error: unknown) => {
		const { kind, cause } = failureOf(error) ?? {};
		if (kind === 'network') return broken(cause ?? 'the connection was cut');
		return kind === undefined ? broken(networkReason(error)) : (error as FailureError);
	};
	const isMp4 = ['video/mp4', 'video/quicktime'].includes(first.type);

	/** Yields the new pieces of one attempt. The bytes read in earlier attempts must be the same again. */
	async function* newPieces({ pieces }: Download): AsyncGenerator<Buffer> {
		const toSkip = bytes;
		const expected = hash.copy().digest();
		const again = createHash('sha256');
		let skipped = 0;
		for await (const piece of pieces) {
			const old = piece.subarray(0, Math.max(0, toSkip - skipped));
			if (old.length > 0) {
				again.update(old);
				skipped += old.length;
				if (skipped === toSkip && !again.digest().equals(expected))
					throw new FinalError(
						broken('the server sent another file in response to the second request'),
					);
			}
			if (old.length < piece.length) yield piece.subarray(old.length);
		}
		if (skipped < toSkip) throw broken('the connection was cut');
	}

	/** A file that is too large is not read again. */
	const checkSize = async (size: number) => {
		await mayGrowTo(size).catch((error: unknown) => {
			throw new FinalError(error as Error);
		});
	};

	async function* oneTry(download: Download): AsyncGenerator<Buffer> {
		const { announcedBytes } = download;
		if (announcedBytes !== undefined) await checkSize(announcedBytes);
		for await (const piece of newPieces(download)) {
			bytes += piece.length;
			if (bytes > MAX_FILE_BYTES) throw new FinalError(broken('it is larger than 4 GB'));
			await checkSize(bytes);
			hash.update(piece);
			reader.push(piece);
			if (start.length < WEBM_START_BYTES) start = Buffer.concat([start, piece]);
			yield piece;
			if (isMp4 && reader.ending() === 'damaged') throw broken('the server sent a damaged file');
		}
		if (announcedBytes !== undefined && bytes < announcedBytes)
			throw broken(`only ${bytes} of ${announcedBytes} bytes arrived`);
		const least = isMp4 ? reader.segmentsEnd : (webmLength(start) ?? 0);
		const isShort = announcedBytes === undefined && bytes < least;
		if (isShort || (isMp4 && reader.ending() !== 'whole'))
			throw broken(`the file ends too soon, after ${bytes} bytes`);
	}

	async function* pieces(): AsyncGenerator<Buffer> {
		let download: Download | undefined = first;
		for (let attempt = 1; ; attempt++) {
			try {
				download ??= await reopen();
				yield* oneTry(download);
				return;
			} catch (error) {
				if (error instanceof FinalError) throw error.failure;
				const failure = brokenOff(error);
				if (attempt >= ATTEMPTS || !isWorthAnotherTry(failure)) throw failure;
				await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
			} finally {
				download?.close();
				download = undefined;
			}
		}
	}

	return { pieces: pieces(), passed: () => ({ bytes, metadata: reader.metadata() }) };
}

/** An error that a retry of the same file cannot fix. */
class FinalError extends Error {
	constructor(readonly failure: Error) {
		super(failure.message);
	}
}

function isWorthAnotherTry(error: Error): boolean {
	const kind = failureOf(error)?.kind;
	return kind !== undefined && (kind === 'downloadFailed' || isTransient(kind));
}
