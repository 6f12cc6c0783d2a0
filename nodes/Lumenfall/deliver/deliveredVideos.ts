import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { bareId, type Job } from '../job/job';
import { createQueue } from '../support/queue';
import { resultOf } from '../support/result';

/**
 * The videos that a workflow has delivered, in n8n's own store of processed items: its table `processed_data`, one list
 * per workflow. If the execution of a video was lost, the video is in the server's list, but not in this one.
 */

const SCOPE = 'workflow';
const LIST = { mode: 'entries' as const, maxEntries: 10_000 };
/** n8n reads the list, changes it and writes it back. Two executions of one process must not do so at the same time. */
const oneAtATime = createQueue();
/** Another process may overwrite the list at the same time. */
const MAX_TRIES = 3;

/**
 * Remembers the completed videos of a run. The videos are paid, so a failure is only logged: a video may then be found as
 * undelivered.
 */
export async function markDelivered(
	execution: IExecuteFunctions,
	output: INodeExecutionData[],
): Promise<void> {
	const ids = output.flatMap(({ json }) => (json.status === 'completed' ? idsIn(json) : []));
	let isNew = ids.length > 0;
	for (let tries = 0; isNew && tries < MAX_TRIES; tries++) {
		const result = await resultOf(oneAtATime(async () => await record(execution, ids)));
		if (!result.ok)
			execution.logger.warn(`Delivered videos could not be remembered: ${String(result.error)}`);
		isNew = result.ok && result.value.length > 0;
	}
}

/** Returns the ID of the video, or the IDs of the scenes that were joined into it. */
function idsIn({ id, scenes }: IDataObject): string[] {
	const parts = Array.isArray(scenes) ? (scenes as IDataObject[]) : [];
	return [id, ...parts.map((scene) => scene.id)].filter((one) => typeof one === 'string');
}

/** Returns the jobs whose video this workflow has not delivered. */
export async function withoutDelivered(execution: IExecuteFunctions, jobs: Job[]): Promise<Job[]> {
	if (jobs.length === 0) return [];
	const fresh = await oneAtATime(async () => {
		const ids = jobs.map(({ id }) => id);
		// n8n cannot check an item without recording it.
		const recorded = await record(execution, ids);
		if (recorded.length > 0) await execution.helpers.removeProcessed(recorded, SCOPE, LIST);
		return new Set(recorded);
	});
	return jobs.filter(({ id }) => fresh.has(bareId(id)));
}

/** Records IDs, and returns those that were not in the list before. */
async function record(execution: IExecuteFunctions, ids: string[]): Promise<string[]> {
	const values = ids.map(bareId);
	const { new: fresh } = await execution.helpers.checkProcessedAndRecord(values, SCOPE, LIST);
	return fresh.map(String);
}
