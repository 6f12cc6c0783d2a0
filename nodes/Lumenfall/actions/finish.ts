import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fail } from '../errors/catalogue';
import type { Job } from '../job/job';
import type { ActionContext } from './action';
import { toItemWithFile } from './deliver';
import { toItem, type Known } from './describe';
import { readOptions, readOutputField, readText, readWaitWishes } from './form';
import { waitForVideo, type WaitWishes } from './waitForVideo';

/** What the user wants of a video that is being made. */
export interface FinishForm {
	wishes: WaitWishes;
	/** Where the file goes; absent where only the address is wanted. */
	target?: { field: string; fileName?: string };
}

/** @param waits whether the file is fetched at all; a field that is not used is not checked */
export function readFinishForm(
	execution: IExecuteFunctions,
	itemIndex: number,
	waits = true,
): FinishForm {
	const options = readOptions(execution, itemIndex);
	const wishes = readWaitWishes(options);
	const wantsFile = waits && readText(execution, 'output', itemIndex) !== 'url';
	if (!wantsFile) return { wishes };
	const field = readOutputField(execution, itemIndex);
	return { wishes, target: { field, fileName: options.fileName } };
}

/** Waits for the video and puts it out as the user wants it. */
export async function finish(
	context: ActionContext,
	start: Job,
	{ wishes, target }: FinishForm,
	known: Known = {},
): Promise<INodeExecutionData> {
	const { job, timing } = await waitForVideo(context, start, wishes);
	if (target) return await toItemWithFile(context, job, target, { ...known, timing });
	if (!job.url) throw fail('noFile', { videoId: job.id, status: job.status });
	return toItem(context, job, { ...known, timing });
}
