import type { INodeExecutionData } from 'n8n-workflow';
import type { PendingItem, PendingVideo, RunContext } from '../context';
import type { Failure } from '../errors/failure';
import { runErrors } from '../errors/runErrors';
import { isPending } from '../job/job';
import {
	writeSuspension,
	type SuspendedItem,
	type SuspendedPart,
	type Suspension,
} from '../job/suspension';
import { runInParallel } from '../support/parallel';
import { withRetry } from '../transport/retry';
import { openApi } from '../transport/videoApi';
import { cancelAllOnStop } from './cancelVideo';

/** The outcome of one item before the run is suspended. */
export type ItemOutcome =
	| { pending: PendingItem }
	| { output: INodeExecutionData[] }
	| { failure: Failure; output: INodeExecutionData[] };

/**
 * Suspends the execution in n8n's database until the webhook is delivered, or until the deadline. Checks every video
 * once more first. The delivery of a video that has ended by now was already rejected, because the execution was still
 * running.
 * @returns what n8n shows for the suspended node. `shown` is undefined if every video has ended, so that the items can
 * be finished immediately
 * @throws FailureError `stopped`
 */
export async function suspendUnlessDone(
	run: RunContext,
	outcomes: ItemOutcome[],
): Promise<{ shown?: INodeExecutionData[]; suspension: Suspension }> {
	const { execution } = run;
	const current = await checkAll(run, outcomes);
	if (run.stop.isStopped) return await cancelAll(run, current);
	const suspension = suspensionFor(run, current);
	writeSuspension(execution.getContext('node'), suspension);
	const videos = videosOf(current);
	if (!videos.some(({ job }) => isPending(job))) return { suspension };

	// n8n outputs this at the deadline, and ignores it when a webhook resumes.
	execution.getExecuteData().data = { main: [current.flatMap(itemsOf)] };
	await execution.putExecutionToWait(new Date(suspension.until));
	// Failed items are not shown: if the first item is a failed one, n8n treats the node as failed and runs it again.
	const shown = current.flatMap((outcome) => ('pending' in outcome ? itemsOf(outcome) : []));
	execution.logger.info(
		`Suspended until ${suspension.until}, or until ${videos.length} videos have ended`,
	);
	return { shown, suspension };
}

async function checkAll(
	{ execution, settings, stop, runtime }: RunContext,
	outcomes: ItemOutcome[],
): Promise<ItemOutcome[]> {
	const api = await openApi(execution);
	const check = async ({ job }: PendingVideo) =>
		await withRetry(async () => (await api.getVideo(job.id)).job, runtime);
	const videos = videosOf(outcomes);
	const limit = settings.itemsInParallel;
	const checks = await runInParallel(videos, limit, check, () => !stop.isStopped);
	const current = new Map<unknown, PendingVideo>();
	checks.forEach((result, index) => {
		// If a status check fails, the earlier state of the video is kept.
		if (result?.ok) current.set(videos[index], { ...videos[index], job: result.value });
	});
	return outcomes.map((outcome) => {
		if (!('pending' in outcome)) return outcome;
		const { pending } = outcome;
		const checked = pending.videos.map((video) => current.get(video) ?? video);
		return { pending: { ...pending, videos: checked } };
	});
}

/** All videos that the run waits for. */
function videosOf(outcomes: ItemOutcome[]): PendingVideo[] {
	return outcomes
		.flatMap((outcome) => ('pending' in outcome ? outcome.pending.videos : []))
		.filter((video) => 'job' in video);
}

function suspensionFor(
	{ execution, settings, runIndex, runtime }: RunContext,
	outcomes: ItemOutcome[],
): Suspension {
	const items = outcomes.flatMap((outcome, index): Array<[number, SuspendedItem]> => {
		if ('failure' in outcome) return [[index, { failure: outcome.failure }]];
		if (!('pending' in outcome))
			return outcome.output.some(hasFileInMemory) ? [] : [[index, { output: outcome.output }]];
		return [[index, { videos: outcome.pending.videos.map(toSuspended) }]];
	});
	const since = runtime.wallTime();
	const until = since + settings.webhookWaitMinutes * 60_000;
	return {
		executionId: execution.getExecutionId(),
		runIndex,
		since: new Date(since).toISOString(),
		until: new Date(until).toISOString(),
		items: Object.fromEntries(items),
		input: execution.getInputData(),
	};
}

/** Such a file is part of the item, and n8n would store it twice. So it is downloaded again instead. */
function hasFileInMemory({ binary = {} }: INodeExecutionData): boolean {
	return Object.values(binary).some(({ id }) => id === undefined);
}

function toSuspended(video: PendingItem['videos'][number]): SuspendedPart {
	if ('failure' in video) return video;
	const { job, entry, known } = video;
	return { videoId: job.id, slot: entry.slot, prompt: known.prompt ?? '' };
}

/** Returns the output items of one input item. */
function itemsOf(outcome: ItemOutcome): INodeExecutionData[] {
	if (!('pending' in outcome)) return outcome.output;
	const { videos, toItem } = outcome.pending;
	return [toItem(videos)];
}

/** Cancels the created videos that the run would have waited for, after the user's Stop. */
export async function cancelPending(
	run: Pick<RunContext, 'execution'>,
	outcomes: ItemOutcome[],
): Promise<void> {
	await cancelAllOnStop(
		run,
		videosOf(outcomes).filter(({ cancelOnStop }) => cancelOnStop),
	);
}

async function cancelAll(run: RunContext, outcomes: ItemOutcome[]): Promise<never> {
	await cancelPending(run, outcomes);
	throw runErrors.stopped({ videoId: videosOf(outcomes)[0].job.id });
}
