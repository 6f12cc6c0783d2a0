import { fail } from '../../errors/messages';
import { isPending } from '../../job/job';
import type { Operation } from '../../context';
import { toVideoItemWithFile } from '../../deliver/fetchFile';
import { findVideo } from '../../deliver/findVideo';
import { readOptions, readOutputField, readVariant } from '../../parameters/form';

/** Fetches the file of a finished video, or a picture of it where the server has one. */
export const download: Operation = async (context) => {
	const { execution, itemIndex, api } = context;
	const field = readOutputField(execution, itemIndex);
	const variant = readVariant(execution, itemIndex);
	const { fileName } = readOptions(execution, itemIndex);
	const job = await findVideo(context);

	if (isPending(job)) throw fail('notReady', { videoId: job.id, status: job.status });
	if (job.phase !== 'completed') throw api.failureOfJob(job);
	return await toVideoItemWithFile(context, job, { field, fileName, variant });
};
