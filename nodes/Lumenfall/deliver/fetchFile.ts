import type { INodeExecutionData } from 'n8n-workflow';
import { withFacts } from '../errors/messages';
import { failureOf } from '../errors/failure';
import type { Job } from '../job/job';
import { downloadFile, type DownloadedFile, type FileRequest } from './downloadFile';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { toVideoJson, type Known } from '../output/videoItem';
import { runtimeOf } from '../support/runtime';

/** Where the file goes in the item. */
export interface FileTarget {
	field: string;
	fileName?: string;
	variant?: FileRequest['variant'];
}

/** Fetches the file of a finished job and makes the item that carries both. */
export async function toVideoItemWithFile(
	context: ItemContext,
	job: Job,
	{ field, fileName, variant = 'video' }: FileTarget,
	known: Known = {},
): Promise<INodeExecutionData> {
	const wish = { variant, fileName, prompt: job.prompt ?? known.prompt };
	const { file, job: current } = await fetchFile(context, job, wish);
	const { width, height, seconds, hasAudio } = file.facts;
	const json = toVideoJson(current, known, {
		...(seconds !== undefined && { seconds }),
		...(width && height && { width, height }),
		...(hasAudio !== undefined && { hasAudio }),
		file: { name: file.binary.fileName, mimeType: file.binary.mimeType, bytes: file.bytes },
	});
	return { json, binary: { [field]: file.binary }, pairedItem: { item: context.itemIndex } };
}

/** The download is repeated by itself; the video is never made again. An address that went stale is asked for anew. */
async function fetchFile(
	{ execution, api, stop }: ItemContext,
	job: Job,
	wish: FileRequest,
): Promise<{ file: DownloadedFile; job: Job }> {
	const fetch = async (from: Job) =>
		await withRetry(async () => await downloadFile(execution, api, from, wish), runtimeOf(stop));

	return await fetch(job)
		.then((file) => ({ file, job }))
		.catch(async (error: unknown) => {
			stop.throwIfStopped();
			const isStale = failureOf(error)?.kind === 'fileExpired' && job.url !== undefined;
			const fresh = isStale ? (await api.getVideo(job.id)).job : job;
			if (!fresh.url || fresh.url === job.url) throw error;
			return { file: await fetch(fresh), job: fresh };
		})
		.catch((error: unknown) => {
			throw withFacts(error, { videoId: job.id });
		});
}
