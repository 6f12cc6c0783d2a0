import { withFacts } from '../errors/catalogue';
import { failureOf } from '../errors/failure';
import { isPending, type Job } from '../job/job';
import { withRetry } from '../transport/retry';
import type { Action, ActionContext } from './action';
import { askToCancel } from './askToCancel';
import { toItem } from './describe';
import { doorsOf } from './doors';
import { readExistingVideo } from './existingVideo';

/** Asks the server to stop a running video. A finished one is left alone: on some servers the same call would delete it. */
export const cancel: Action = async (context) => {
	const job = await readExistingVideo(context);
	const after = isPending(job) ? await cancelRunning(context, job) : job;
	const hasEnded = !isPending(after) && after.phase !== 'completed';
	return toItem(context, after, {}, { cancelled: hasEnded });
};

async function cancelRunning({ api, stop }: ActionContext, job: Job): Promise<Job> {
	const look = async () => (await api.getVideo(job.id)).job;
	return await askToCancel(api, job.id)
		.then(async () => await withRetry(look, doorsOf(stop)))
		.catch((error: unknown) => {
			// Servers that drop a cancelled job know it no more.
			if (failureOf(error)?.kind !== 'videoNotFound') throw withFacts(error, { videoId: job.id });
			return { ...job, phase: 'failed', status: 'cancelled' };
		});
}
