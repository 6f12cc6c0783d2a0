import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Job } from '../job/job';
import type { ItemContext } from '../context';
import { downloadErrors } from './downloadErrors';
import { toVideoItemWithFile } from './fetchFile';
import { toVideoItem, type Known } from '../output/videoItem';
import { readOptions, readOutputField, readText, readWaitOptions } from '../parameters/form';
import { waitForVideo, type WaitOptions } from '../wait/waitForVideo';

/** What the user wants of a video that is being made. */
export interface DeliveryOptions {
	wait: WaitOptions;
	/** Where the file goes; absent where only the address is wanted. */
	target?: { field: string; fileName?: string };
}

/** @param waits whether the file is fetched at all; a field that is not used is not checked */
export function readDeliveryOptions(
	execution: IExecuteFunctions,
	itemIndex: number,
	waits = true,
): DeliveryOptions {
	const options = readOptions(execution, itemIndex);
	const wait = readWaitOptions(options);
	const wantsFile = waits && readText(execution, 'output', itemIndex) !== 'url';
	if (!wantsFile) return { wait };
	const field = readOutputField(execution, itemIndex);
	return { wait, target: { field, fileName: options.fileName } };
}

/** Waits for the video and puts it out as the user wants it. */
export async function deliverVideo(
	context: ItemContext,
	start: Job,
	{ wait, target }: DeliveryOptions,
	known: Known = {},
): Promise<INodeExecutionData> {
	const { job, timing } = await waitForVideo(context, start, wait);
	if (target) return await toVideoItemWithFile(context, job, target, { ...known, timing });
	if (!job.url) throw downloadErrors.noFile({ videoId: job.id, status: job.status });
	return toVideoItem(context, job, { ...known, timing });
}
