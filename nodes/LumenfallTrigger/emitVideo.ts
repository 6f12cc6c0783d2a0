import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Operation, ItemContext } from '../Lumenfall/context';
import { downloadErrors } from '../Lumenfall/deliver/downloadErrors';
import { deliverFile, toDeliveredItem } from '../Lumenfall/deliver/deliverVideo';
import { toVideoItem } from '../Lumenfall/output/videoItem';
import { formOf, type Form } from '../Lumenfall/parameters/form';
import { readOptions } from '../Lumenfall/parameters/options';
import { failureOf } from '../Lumenfall/errors/failure';
import { failureFrom, withVideoId } from '../Lumenfall/errors/nodeError';
import { isPending, type Job } from '../Lumenfall/job/job';
import { supportsDetails, toFailedItem } from '../Lumenfall/output/failedItem';
import { resultOf } from '../Lumenfall/support/result';
import { withRetry } from '../Lumenfall/transport/retry';
import { eventOf } from './events';
import { readEvents } from './readForm';
import { findSample } from './sampleVideo';

/**
 * Returns the output item of a video that has ended, as the operation 'Get' or 'Download' does. The video is read again,
 * because neither a delivery nor a list contains everything.
 */
export const emitVideo: Operation = async (context) => {
	const { execution, itemIndex } = context;
	const events = readEvents(formOf(context));
	const input = execution.getInputData();
	const { id, event } = input[itemIndex].json;
	// A test run in the editor starts with an empty item if there was no delivery.
	const ended = id === undefined ? await findSample(context, events) : { id: String(id), event };
	const emitted = emit(context, ended.id, ended.event);
	if (input.length === 1) return await emitted;
	// One poll may find several videos. A failed download of one must not affect the others.
	const result = await resultOf(emitted);
	if (result.ok) return result.value;
	return toFailedItem(failureFrom(result.error), itemIndex, supportsDetails(execution));
};

async function emit(
	context: ItemContext,
	id: string,
	event: IDataObject['event'],
): Promise<INodeExecutionData> {
	const form = formOf(context);
	const job = await lookUp(context, id, event);
	const wantsFile = form.flag('download', 'Download Video', true);
	const item =
		wantsFile && job.phase === 'completed'
			? await downloadItem(context, form, job)
			: toVideoItem(context.itemIndex, job);
	return { ...item, json: { ...item.json, event: event ?? eventOf(job) } };
}

async function downloadItem(
	context: ItemContext,
	form: Form,
	job: Job,
): Promise<INodeExecutionData> {
	const field = form.binaryField();
	const { fileName } = readOptions(form);
	return toDeliveredItem(context, await deliverFile(context, job, { fileName }), { field });
}

/**
 * Reads the video, again if the API does not report its end yet. The server may have deleted a cancelled one:
 * docs/protocols/lumenfall.md#cancelled-videos.
 * @param event absent if the video may be pending
 */
async function lookUp(
	{ api, runtime }: ItemContext,
	id: string,
	event: IDataObject['event'],
): Promise<Job> {
	const read = async () => {
		const job = underOwnId((await api.getVideo(id)).job);
		if (event !== undefined && isPending(job))
			throw downloadErrors.notReady({ videoId: id, status: job.status });
		return job;
	};
	return await withRetry(read, runtime).catch((error: unknown): Job => {
		if (event === 'video.cancelled' && failureOf(error)?.kind === 'videoNotFound')
			return { id, phase: 'cancelled', status: 'cancelled' };
		throw withVideoId(error, id);
	});
}

/**
 * Returns the job with the ID of the API. Deliveries may use `req_…` for a video that the API calls `video_…`:
 * docs/protocols/lumenfall.md#video-ids.
 */
function underOwnId({ reportedId, ...job }: Job): Job {
	return { ...job, id: reportedId ?? job.id };
}
