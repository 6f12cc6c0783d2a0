import type { INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../context';
import type { Job } from '../job/job';
import { toVideoItem, type KnownDetails } from '../output/videoItem';
import type { FileTarget } from '../parameters/videoInput';
import { noteForItem } from '../output/showHint';
import { toVideoItemWithFile } from './videoItemWithFile';

const NO_URL =
	"The server returns no URL of the file. Use the operation 'Download' with the ID of the video, or choose 'File' in 'Output'.";

/**
 * Returns the output item of a completed video.
 * @param target where the file goes; absent if only the URL is requested
 * @throws FailureError an error of the download
 */
export async function deliverVideo(
	context: ItemContext,
	job: Job,
	target: FileTarget | undefined,
	known: KnownDetails,
): Promise<INodeExecutionData> {
	if (target) return await toVideoItemWithFile(context, job, target, known);
	// The video is paid for: an error would end the workflow, and hide the ID with which it can still be downloaded.
	if (!job.url) noteForItem(context.execution, context.itemIndex, NO_URL);
	return toVideoItem(context.itemIndex, job, known);
}
