import { failureOf } from '../errors/failure';
import { isPending } from '../job/job';
import type { Action } from './action';
import { toItem } from './describe';
import { readExistingVideo } from './existingVideo';

/**
 * Asks the server to stop a running video. A finished one is left alone: on some servers the same call would delete
 * it. Cancelling is best effort, and no server promises that a cancelled video costs nothing.
 */
export const cancel: Action = async (context) => {
	const { api } = context;
	const job = await readExistingVideo(context);
	if (!isPending(job)) return toItem(context, job, {}, { cancelled: job.status === 'cancelled' });

	await api.cancelVideo(job.id);
	const after = await api.getVideo(job.id).catch((error: unknown) => {
		// Servers that drop a cancelled job know it no more.
		if (failureOf(error)?.kind === 'videoNotFound') return { job: { ...job, status: 'cancelled' } };
		throw error;
	});
	return toItem(context, after.job, {}, { cancelled: after.job.status !== 'completed' });
};
