import { fail } from '../errors/catalogue';
import { isPending } from '../job/job';
import type { Action } from './action';
import { toItemWithFile } from './deliver';
import { readExistingVideo } from './existingVideo';
import { readOptions, readOutputField, readVariant } from './form';

/** Fetches the file of a finished video, or a picture of it where the server has one. */
export const download: Action = async (context) => {
	const { execution, itemIndex, api } = context;
	const field = readOutputField(execution, itemIndex);
	const variant = readVariant(execution, itemIndex);
	const { fileName } = readOptions(execution, itemIndex);
	const job = await readExistingVideo(context);

	if (isPending(job)) throw fail('notReady', { videoId: job.id, status: job.status });
	if (job.phase !== 'completed') throw api.failureOfJob(job);
	return await toItemWithFile(context, job, { field, fileName, variant });
};
