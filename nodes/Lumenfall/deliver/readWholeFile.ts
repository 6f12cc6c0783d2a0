import { createHash } from 'node:crypto';
import { failureOf, isTransient, type FailureError } from '../errors/failure';
import type { Runtime } from '../support/runtime';
import { networkReason } from '../transport/networkError';
import { downloadErrors } from './downloadErrors';
import { aboutFile, type RequestedFile } from './fileRefusal';
import type { Download } from './openSource';
import type { ReceivedFile } from './receivedFile';

/** Maximum number of attempts to read a file. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 1_000;

/** Where a file is read from. */
interface FileSource {
	/** The file, already open. */
	first: Download;
	/** Opens the same file again, from its beginning. */
	reopen(): Promise<Download>;
	/** Returns why a file of this size cannot be stored, if so. Called as the file grows. */
	whyTooLarge(bytes: number): Promise<string | undefined>;
	sleep: Runtime['sleep'];
}

/**
 * Yields the bytes of a file, completely or not at all. An interrupted download is retried internally and continues at
 * the same byte, so one file is stored and no partial file is left behind.
 * @param received gets every byte once, and decides whether the file is complete
 * @throws FailureError `downloadFailed`, or an error of `reopen`
 */
export async function* readWholeFile(
	{ first, reopen, whyTooLarge, sleep }: FileSource,
	received: ReceivedFile,
	requested: RequestedFile,
): AsyncGenerator<Buffer> {
	let download: Download | undefined = first;
	for (let attempt = 1; ; attempt++) {
		try {
			download ??= await reopen();
			yield* readOnce(download, received, whyTooLarge);
			return;
		} catch (error) {
			const failure = toFailure(error, requested);
			if (attempt >= ATTEMPTS || !isWorthAnotherTry(error, failure)) throw failure;
			await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
		} finally {
			download?.close();
			download = undefined;
		}
	}
}

/** What is wrong with the bytes that a server sent. */
class BrokenFile extends Error {
	/** @param isFinal whether the same file, read again, would not be better */
	constructor(
		cause: string,
		readonly isFinal = false,
	) {
		super(cause);
	}
}

/** Reads the file to its end. Yields the bytes that no earlier attempt has read. */
async function* readOnce(
	download: Download,
	received: ReceivedFile,
	whyTooLarge: FileSource['whyTooLarge'],
): AsyncGenerator<Buffer> {
	const checkSize = async (bytes: number) => {
		const cause = await whyTooLarge(bytes);
		if (cause !== undefined) throw new BrokenFile(cause, true);
	};
	const { announcedBytes } = download;
	if (announcedBytes !== undefined) await checkSize(announcedBytes);
	for await (const piece of newPieces(download, received)) {
		await checkSize(received.bytes + piece.length);
		received.push(piece);
		yield piece;
		if (received.isDamaged) throw new BrokenFile('the server sent a damaged file');
	}
	const cause = received.whyIncomplete(announcedBytes);
	if (cause !== undefined) throw new BrokenFile(cause);
}

/** Yields the new pieces of an attempt. The bytes read in earlier attempts must be the same again. */
async function* newPieces({ pieces }: Download, received: ReceivedFile): AsyncGenerator<Buffer> {
	const toSkip = received.bytes;
	const expected = received.digest();
	const again = createHash('sha256');
	let skipped = 0;
	for await (const piece of pieces) {
		const old = piece.subarray(0, toSkip - skipped);
		if (old.length > 0) {
			again.update(old);
			skipped += old.length;
			if (skipped === toSkip && !again.digest().equals(expected))
				throw new BrokenFile(
					'the server sent another file in response to the second request',
					true,
				);
		}
		if (old.length < piece.length) yield piece.subarray(old.length);
	}
	if (skipped < toSkip) throw new BrokenFile('the connection was cut');
}

/**
 * Returns the error for an attempt that failed. A connection that fails after the file was opened is a failed download,
 * not an unreachable server.
 */
function toFailure(error: unknown, requested: RequestedFile): FailureError {
	const failure = failureOf(error);
	if (failure && failure.kind !== 'network') return error as FailureError;
	const cause = failure ? (failure.cause ?? 'the connection was cut') : reasonOf(error);
	return downloadErrors.failed({ ...aboutFile(requested), cause });
}

function reasonOf(error: unknown): string {
	return error instanceof BrokenFile ? error.message : networkReason(error);
}

function isWorthAnotherTry(error: unknown, { failure: { kind } }: FailureError): boolean {
	if (error instanceof BrokenFile) return !error.isFinal;
	return kind === 'downloadFailed' || isTransient(kind);
}
