import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import type { Job } from '../job/job';
import { toVideoItem, type KnownDetails } from '../output/videoItem';
import type { FileTarget } from '../parameters/videoInput';
import { downloadErrors } from './downloadErrors';
import { toVideoItemWithFile } from './fetchFile';

/**
 * Returns the output item of a completed video.
 * @param target where the file goes; absent if only the URL is requested
 * @throws FailureError `noFile` if there is no URL, or an error of the download
 */
export async function deliverVideo(
	context: ItemContext,
	job: Job,
	target: FileTarget | undefined,
	known: KnownDetails,
): Promise<INodeExecutionData> {
	if (target) return await toVideoItemWithFile(context, job, target, known);
	if (!job.url) throw downloadErrors.noFile({ videoId: job.id, status: job.status });
	return toVideoItem(context.itemIndex, job, known);
}
