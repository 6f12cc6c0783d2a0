import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { withVideoId } from '../errors/nodeError';
import type { FileVariant, Job } from '../job/job';
import { noteForItem } from '../output/showHint';
import { toVideoJson, type KnownDetails, type VideoJson } from '../output/videoItem';
import { downloadFile, type DownloadedFile, type FileNaming } from './downloadFile';
import { publicUrlOf } from './publicLink';
import type { FileTarget } from '../request/rules';

/** A completed video and what is output of it. */
export interface DeliveredVideo {
	/** As the server reported it last. */
	job: Job;
	json: VideoJson;
	/** The stored file; absent if only the URL is requested. */
	file?: DownloadedFile;
}

export interface DeliveredFile extends DeliveredVideo {
	file: DownloadedFile;
}

const NO_URL =
	"The server returns no URL of the file. Use the operation 'Download' with the ID of the video, or choose 'File' in 'Output'.";

/**
 * Delivers the URL of a completed video, or its file.
 * @param target where the file goes; absent if only the URL is requested
 * @param known details that the server may not report
 * @throws FailureError an error of the download, with the video's ID
 */
export async function deliverVideo(
	context: ItemContext,
	job: Job,
	target: FileTarget | undefined,
	known: KnownDetails,
): Promise<DeliveredVideo> {
	if (target) return await deliverFile(context, job, target, known);
	// The video is paid for: an error would end the workflow, and hide the ID with which it can still be downloaded.
	if (!job.url) noteForItem(context.execution, context.itemIndex, NO_URL);
	return { job, json: toVideoJson(job, known) };
}

/**
 * Downloads and stores the file of a completed video, and reads its metadata.
 * @throws FailureError an error of the download, with the video's ID
 */
export async function deliverFile(
	context: ItemContext,
	job: Job,
	{
		fileName,
		publicLinkHours,
		variant = 'video',
	}: Omit<FileTarget, 'field'> & { variant?: FileVariant },
	known: KnownDetails = {},
): Promise<DeliveredFile> {
	const naming = { fileName, prompt: job.prompt ?? known.prompt };
	const { file, job: current } = await downloadWithFreshUrls(context, job, variant, naming);
	const { width, height, seconds, hasAudio } = file.metadata;
	const json = toVideoJson(current, known, {
		...(seconds !== undefined && { seconds }),
		...(width && height && { width, height }),
		...(hasAudio !== undefined && { hasAudio }),
		file: { name: file.binary.fileName, mimeType: file.binary.mimeType, bytes: file.bytes },
		...publicUrlOf(context.execution, file.binary, publicLinkHours),
	});
	return { job: current, json, file };
}

/**
 * Downloads a file. If none of its URLs works, reads the job once more for new ones, because signed URLs expire.
 * @returns the file, and the job as it was read last
 * @throws FailureError with the video's ID
 */
async function downloadWithFreshUrls(
	{ execution, api, jobs, runtime, stop }: ItemContext,
	job: Job,
	variant: FileVariant,
	naming: FileNaming,
): Promise<{ file: DownloadedFile; job: Job }> {
	const context = { execution, api, runtime };
	const fetch = async (from: Job) => ({
		file: await downloadFile(context, { job: from, variant }, naming),
		job: from,
	});
	return await fetch(job)
		.catch(async (error: unknown) => {
			stop.throwIfStopped();
			if (!job.url || failureOf(error)?.kind === 'serverChanged') throw error;
			const fresh = await api
				.getVideo(job.id)
				.then(({ job: current }) => {
					jobs.requireOwn(current);
					return current;
				})
				.catch(() => job);
			if (!fresh.url || fresh.url === job.url) throw error;
			return await fetch(fresh);
		})
		.catch((error: unknown) => {
			throw withVideoId(error, job.id);
		});
}

/**
 * Returns the output item of a delivered video.
 * @param target the binary field of the file; absent if only the URL is requested
 */
export function toDeliveredItem(
	{ itemIndex }: ItemContext,
	{ json, file }: { json: IDataObject; file?: Pick<DownloadedFile, 'binary'> },
	target: Pick<FileTarget, 'field'> | undefined,
): INodeExecutionData {
	return {
		json,
		...(file && target && { binary: { [target.field]: file.binary } }),
		pairedItem: { item: itemIndex },
	};
}
