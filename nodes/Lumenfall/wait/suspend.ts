import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fail, withFacts } from '../errors/messages';
import { FailureError, type Failure } from '../errors/failure';
import { isPending, type Job } from '../job/job';
import {
	dropItems,
	suspendedItemOf,
	writeSuspension,
	type Suspension,
	type SuspendedItem,
} from '../job/suspension';
import { runInParallel } from '../support/parallel';
import { openDecisionEntry } from '../job/plan';
import { openApi } from '../transport/videoApi';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { cancelOnStop } from './cancelVideo';
import { toVideoItem } from '../output/videoItem';
import { runtimeOf } from '../support/runtime';
import { readItemsInParallel, readMaxWebhookWaitMinutes } from '../parameters/form';
import { hintDecision } from '../output/hints';
import type { CreatedVideo } from '../create/createVideo';
import { runIndexOf } from '../create/submit';

/** What an operation puts out instead of an item: a video that the server will call about. */
export class SuspendedVideo {
	constructor(
		readonly ordered: CreatedVideo,
		readonly cancelOnStop: boolean,
	) {}

	get job(): Job {
		return this.ordered.job;
	}

	seenAs(job: Job): SuspendedVideo {
		return new SuspendedVideo({ ...this.ordered, job }, this.cancelOnStop);
	}
}

/** What came of one item of the first pass. */
export type Outcome =
	| { parked: SuspendedVideo }
	| { output: INodeExecutionData[] }
	| { failed: Failure; output: INodeExecutionData[] };

/** The items of a run that has nothing to be parked for. */
export function outputsOf(outcomes: Outcome[]): INodeExecutionData[] | undefined {
	const items = outcomes.flatMap((outcome) => ('parked' in outcome ? [] : outcome.output));
	return outcomes.some((outcome) => 'parked' in outcome) ? undefined : items;
}

/**
 * The video this item was parked for, where the node goes on after its parking. Its request is neither made nor
 * compared again: an expression with a clock in it would make another one.
 * @throws FailureError the item's own, where it failed before the parking
 */
export async function findSuspended(context: ItemContext): Promise<CreatedVideo | undefined> {
	const { execution, itemIndex, api, cache, stop } = context;
	const store = execution.getContext('node');
	const slot = { runIndex: runIndexOf(execution, itemIndex), itemIndex };
	const place = suspendedItemOf(store, { ...slot, executionId: execution.getExecutionId() });
	if (!place) return undefined;
	dropItems(store);
	if ('failure' in place) throw new FailureError(place.failure);

	const { videoId, known, model, askedHash } = place;
	const { job } = await withRetry(async () => await api.getVideo(videoId), runtimeOf(stop)).catch(
		(error: unknown) => {
			throw withFacts(error, { videoId });
		},
	);
	const book = openDecisionEntry(store, slot, askedHash);
	// n8n has dropped the hints of the parked run with its items.
	if (book.known && !cache.isSecondPass) hintDecision(context, book.known);
	// The call has come already: a video that is behind it is waited for in the running execution.
	return { job, known, model, book, askedHash, calls: false };
}

/**
 * Parks the execution in n8n's database until the server calls or the time is up. Looks once more at every video
 * before: one that is done by now has called already, and was told that the execution still runs.
 * @returns what n8n shows for the parked node; undefined where every video has ended, so that the items can be put out
 * @throws FailureError `stopped`
 */
export async function suspendUnlessDone(
	context: Pick<ItemContext, 'execution' | 'stop'>,
	outcomes: Outcome[],
): Promise<INodeExecutionData[] | undefined> {
	const { execution, stop } = context;
	const seen = await lookAtAll(context, outcomes);
	if (stop.isStopped) return await giveUp(context, seen);
	const parking = describeParking(execution, seen);
	writeSuspension(execution.getContext('node'), parking);
	const mayEnd = seen.every((outcome) => !('parked' in outcome) || !isPending(outcome.parked.job));
	if (mayEnd) return undefined;

	// What n8n hands on when the time is up; it never shows this list of a node that was called.
	execution.getExecuteData().data = { main: [seen.flatMap(itemsOf)] };
	await execution.putExecutionToWait(new Date(parking.until));
	// Failed items are not shown: n8n would take one in the first place for a failed node and run it again.
	const shown = seen.flatMap((outcome, index) =>
		'parked' in outcome ? itemsOf(outcome, index) : [],
	);
	execution.logger.info(
		`Parked until ${parking.until}, or until ${shown.length} videos have ended`,
	);
	return shown;
}

async function lookAtAll(
	{ execution, stop }: Pick<ItemContext, 'execution' | 'stop'>,
	outcomes: Outcome[],
): Promise<Outcome[]> {
	const api = await openApi(execution);
	const look = async (outcome: Outcome): Promise<Outcome> => {
		if (!('parked' in outcome)) return outcome;
		const { parked } = outcome;
		const read = async () => (await api.getVideo(parked.job.id)).job;
		return { parked: parked.seenAs(await withRetry(read, runtimeOf(stop))) };
	};
	const looks = await runInParallel(
		outcomes,
		readItemsInParallel(execution),
		look,
		() => !stop.isStopped,
	);
	// A look that fails says nothing about the video.
	return looks.map((result, index) => (result?.ok ? result.value : outcomes[index]));
}

function describeParking(execution: IExecuteFunctions, outcomes: Outcome[]): Suspension {
	const places = outcomes.map((outcome): SuspendedItem | undefined => {
		if ('failed' in outcome) return { failure: outcome.failed };
		if (!('parked' in outcome)) return undefined;
		const { job, known, model, askedHash } = outcome.parked.ordered;
		return { videoId: job.id, known, model, askedHash };
	});
	return {
		executionId: execution.getExecutionId(),
		runIndex: runIndexOf(execution, 0),
		until: new Date(Date.now() + readMaxWebhookWaitMinutes(execution) * 60_000).toISOString(),
		jobs: Object.fromEntries(
			places.flatMap((place, index) => (place ? [[index, place] as const] : [])),
		),
		items: execution.getInputData(),
	};
}

/** One item per item, so that the pairing holds. */
function itemsOf(outcome: Outcome, itemIndex: number): INodeExecutionData[] {
	if (!('parked' in outcome)) return outcome.output;
	const { job, known } = outcome.parked.ordered;
	return [toVideoItem({ itemIndex }, job, known)];
}

/** A Stop came while the videos were ordered. */
async function giveUp(
	context: Pick<ItemContext, 'execution'>,
	outcomes: Outcome[],
): Promise<never> {
	const parked = outcomes.flatMap((outcome) => ('parked' in outcome ? [outcome.parked] : []));
	for (const { job, cancelOnStop: wish } of parked) if (wish) await cancelOnStop(context, job.id);
	throw fail('stopped', { videoId: parked[0].job.id });
}
