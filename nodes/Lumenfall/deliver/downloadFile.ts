import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { FailureError } from '../errors/failure';
import { downloadErrors } from './downloadErrors';
import { fileNameOf } from '../media/fileName';
import type { VideoMetadata } from '../media/mp4/metadata/movieMetadata';
import { resultOf } from '../support/result';
import type { Runtime } from '../support/runtime';
import { networkFailure, networkReason } from '../transport/networkError';
import { isRetryable, withRetry } from '../transport/retry';
import type { VideoApi } from '../transport/videoApi';
import { keepsFilesInMemory, MAX_DOWNLOAD_IN_MEMORY, STORE_FILES } from './memoryMode';
import { aboutFile, notThere, type RequestedFile } from './fileRefusal';
import { openSource, type Download } from './openSource';
import { readWholeFile } from './readWholeFile';
import { ReceivedFile } from './receivedFile';

export interface DownloadedFile {
	binary: IBinaryData;
	bytes: number;
	/** Empty for an image. */
	metadata: VideoMetadata;
}

export interface FileNaming {
	/** The file name from the form. */
	fileName?: string;
	prompt?: string;
}

/** What a download uses of its item. */
export interface DownloadContext {
	execution: IExecuteFunctions;
	api: VideoApi;
	runtime: Runtime;
}

/** Upper limit of URLs tried for one file. */
const MAX_SOURCES = 20;
/** Each broken file was read four times. A server that returns a new URL each time could go on for ever. */
const MAX_BROKEN_FILES = 4;
/** No supported video is larger. Without a limit, a response could be read forever. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;

/**
 * Streams the file of a finished job into n8n's binary store, completely or not at all. Tries the URLs of the file one
 * after another. The download is retried; the video is never created again.
 * @throws FailureError `downloadFailed`, `fileExpired`, `notReady`, `noFile`, `noVariant`, `network`, and other errors
 * of the server; never one that causes a new video
 */
export async function downloadFile(
	context: DownloadContext,
	requested: RequestedFile,
	naming: FileNaming,
): Promise<DownloadedFile> {
	const sources = sourcesOf(context.api, requested);
	const broken = new Set<string>();
	let failure: FailureError | undefined;
	while (sources.length > 0 && broken.size < MAX_BROKEN_FILES) {
		const open = async () => await openFirst(context.api, sources, broken, requested);
		const opened = await withRetry(open, context.runtime).catch((error: unknown) => {
			// The error of an interrupted download is more helpful than that of a URL without a file.
			throw failure ?? error;
		});
		const stored = await resultOf(store(context, opened, requested, naming));
		if (stored.ok) return stored.value;
		failure = networkFailure(stored.error);
		sources.splice(sources.indexOf(opened.source), 1);
		broken.add(opened.source);
	}
	throw failure ?? notThere(requested);
}

/**
 * Returns the URLs of a job's file in the order that the dialect prefers: the URLs that the job reports, and the
 * content route. Images of a video are only available at the content route.
 */
function sourcesOf(api: VideoApi, { job, variant }: RequestedFile): string[] {
	const named = job.fileUrls ?? (job.url ? [job.url] : []);
	const sources = api.dialect.fileSources.flatMap((source) => {
		if (source === 'content') return [api.contentUrl(job.id, variant)];
		return variant === 'video' ? named : [];
	});
	return [...new Set(sources)];
}

interface Opened {
	download: Download;
	source: string;
}

/**
 * Opens the first URL with a file of the requested kind. URLs found in a response are tried next.
 * @param broken URLs whose file is broken, which a response may contain again
 * @throws FailureError of a URL that is worth a retry, otherwise of the first URL. A URL without a file says the least: many
 * servers have no content route, and their job names the file
 */
async function openFirst(
	api: VideoApi,
	sources: string[],
	broken: ReadonlySet<string>,
	requested: RequestedFile,
): Promise<Opened> {
	const isNew = (url: string) => !sources.includes(url) && !broken.has(url);
	const failures: FailureError[] = [];
	for (let at = 0; at < Math.min(sources.length, MAX_SOURCES); at++) {
		const source = sources[at];
		const outcome = await openSource(api, source, requested).catch(networkFailure);
		if ('pieces' in outcome) return { download: outcome, source };
		if ('failure' in outcome) failures.push(outcome);
		else sources.splice(at + 1, 0, ...outcome.urls.filter(isNew));
	}
	const telling = failures.filter(({ failure }) => failure.kind !== 'noFile');
	const shown = telling.length > 0 ? telling : failures;
	throw shown.find(isRetryable) ?? shown[0] ?? notThere(requested);
}

async function store(
	{ execution, api, runtime }: DownloadContext,
	{ download, source: url }: Opened,
	requested: RequestedFile,
	{ fileName, prompt }: FileNaming,
): Promise<DownloadedFile> {
	const { type } = download;
	const { job, variant } = requested;
	const reopen = async () => {
		const again = await openSource(api, url, requested);
		if ('pieces' in again && again.type === type) return again;
		throw downloadErrors.failed({ ...aboutFile(requested), cause: 'the server sent another file' });
	};
	const received = new ReceivedFile(type);
	const source = {
		first: download,
		reopen,
		whyTooLarge: async (bytes: number) => await whyTooLarge(execution, bytes),
		sleep: runtime.sleep,
	};
	const name = fileNameOf({ type, id: job.id, prompt, typed: fileName, variant });
	// n8n replaces the error of a broken stream with its own, so the original error is kept here.
	let reason: unknown;
	const pieces = keepReason(
		readWholeFile(source, received, requested),
		(error) => (reason = error),
	);
	try {
		const content = await download.toBinary(pieces);
		const binary = await execution.helpers.prepareBinaryData(content, name, type);
		return { binary, bytes: received.bytes, metadata: received.metadata() };
	} catch (error) {
		const cause = networkReason(error);
		throw reason ?? downloadErrors.failed({ ...aboutFile(requested), cause });
	} finally {
		download.close();
	}
}

async function* keepReason(
	pieces: AsyncGenerator<Buffer>,
	keep: (error: unknown) => void,
): AsyncGenerator<Buffer> {
	try {
		yield* pieces;
	} catch (error) {
		keep(error);
		throw networkFailure(error);
	}
}

/** Returns why a file of this size cannot be stored, if so. */
async function whyTooLarge(
	execution: IExecuteFunctions,
	bytes: number,
): Promise<string | undefined> {
	if (bytes > MAX_FILE_BYTES) return 'it is larger than 4 GB';
	if (bytes <= MAX_DOWNLOAD_IN_MEMORY || !(await keepsFilesInMemory(execution))) return undefined;
	const size = Math.round(bytes / 1024 / 1024);
	return `it is ${size} MB large, and this n8n keeps files in memory. ${STORE_FILES}`;
}
