import type { Action, ActionContext } from '../Lumenfall/actions/action';
import { toItemWithFile } from '../Lumenfall/actions/deliver';
import { toItem } from '../Lumenfall/actions/describe';
import { doorsOf } from '../Lumenfall/actions/doors';
import { readOptions, readOutputField } from '../Lumenfall/actions/form';
import { withFacts } from '../Lumenfall/errors/catalogue';
import { failureOf } from '../Lumenfall/errors/failure';
import type { Job } from '../Lumenfall/job/job';
import { withRetry } from '../Lumenfall/transport/retry';

/**
 * Makes the item of a video the server has called about, as the operation 'Get' or 'Download' would: a delivery is
 * only a hint, and has neither cost nor times.
 */
export const putOutVideo: Action = async (context) => {
	const { execution, itemIndex } = context;
	const { id, event } = execution.getInputData()[itemIndex].json;
	const job = await lookUp(context, String(id), event === 'video.cancelled');

	const wantsFile = execution.getNodeParameter('download', itemIndex, true) === true;
	const item =
		wantsFile && job.phase === 'completed'
			? await toItemWithFile(context, job, {
					field: readOutputField(execution, itemIndex),
					fileName: readOptions(execution, itemIndex).fileName,
				})
			: toItem(context, job);
	return { ...item, json: { ...item.json, event } };
};

/** A cancelled video may be gone from the server (lumenfall-api section 4.2). */
async function lookUp(
	{ api, stop }: ActionContext,
	id: string,
	wasCancelled: boolean,
): Promise<Job> {
	return await withRetry(async () => (await api.getVideo(id)).job, doorsOf(stop)).catch(
		(error: unknown): Job => {
			if (wasCancelled && failureOf(error)?.kind === 'videoNotFound')
				return { id, phase: 'failed', status: 'cancelled' };
			throw withFacts(error, { videoId: id });
		},
	);
}
