import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import { failureOf } from '../errors/failure';
import { withVideoId } from '../errors/nodeError';
import type { FileVariant, Job } from '../job/job';
import { toVideoJson, type KnownDetails } from '../output/videoItem';
import type { FileTarget } from '../parameters/videoInput';
import { downloadFile, type DownloadedFile, type FileNaming } from './downloadFile';
import { publicUrlOf } from './publicLink';

/** Downloads the file of a finished job and returns the output item with the file and its metadata. */
export async function toVideoItemWithFile(
	context: ItemContext,
	job: Job,
	{ field, fileName, publicLinkHours, variant = 'video' }: FileTarget & { variant?: FileVariant },
	known: KnownDetails = {},
): Promise<INodeExecutionData> {
	const naming = { fileName, prompt: job.prompt ?? known.prompt };
	const { file, job: current } = await fetchFile(context, job, variant, naming);
	const { width, height, seconds, hasAudio } = file.metadata;
	const json = toVideoJson(current, known, {
		...(seconds !== undefined && { seconds }),
		...(width && height && { width, height }),
		...(hasAudio !== undefined && { hasAudio }),
		file: { name: file.binary.fileName, mimeType: file.binary.mimeType, bytes: file.bytes },
		...publicUrlOf(context.execution, file.binary, publicLinkHours),
	});
	return { json, binary: { [field]: file.binary }, pairedItem: { item: context.itemIndex } };
}

/** Downloads a file. If none of its URLs works, reads the job once more for new ones, because signed URLs expire. */
async function fetchFile(
	{ execution, api, runtime, stop }: ItemContext,
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
			const fresh = await api.getVideo(job.id).then(
				({ job: current }) => current,
				() => job,
			);
			if (!fresh.url || fresh.url === job.url) throw error;
			return await fetch(fresh);
		})
		.catch((error: unknown) => {
			throw withVideoId(error, job.id);
		});
}
