import type { INodeExecutionData } from 'n8n-workflow';
import { failureFrom } from '../errors/messages';
import { FailureError, type Failure, type FailureKind } from '../errors/failure';
import { isPending } from '../job/job';
import { buildRequest } from './buildRequest';
import type { ItemContext } from '../context';
import { cancelOnStop } from '../wait/cancelVideo';
import { toVideoItem } from '../output/videoItem';
import { mayFallBack, modelsAfter, allModelsUnavailable } from './fallback';
import { deliverVideo, type DeliveryOptions } from '../deliver/deliverVideo';
import { openDecision, createVideo, type CreatedVideo } from './createVideo';
import type { CreateRules } from '../parameters/createRules';
import { SuspendedVideo } from '../wait/suspend';
import type { RequestImages, VideoSettings } from '../request/videoRequest';

/** One video as the user wants it. */
export interface VideoInput {
	form: VideoSettings;
	/** Called for each model that is tried, so that pictures are in memory only while they are sent. */
	readPictures?: () => Promise<RequestImages>;
	rules: CreateRules;
	finishForm: DeliveryOptions;
	/** Whether the video is waited for. */
	waits: boolean;
	/** Whether that is done by parking, as far as the server will call. */
	parks: boolean;
	/** The video this item was parked for before. */
	parked?: CreatedVideo;
}

/**
 * Orders one video and finishes it: check against the model's facts, know the price, order once, wait, fetch the file.
 * Where the model cannot be had, the next of the fallback models is taken. Everything that can be wrong with the form is
 * found before the order.
 */
export async function createAndDeliver(
	context: ItemContext,
	wish: VideoInput,
): Promise<INodeExecutionData | SuspendedVideo> {
	const { fallbackModels, fallbackOnFailure } = wish.rules;
	const models = [...new Set([wish.form.model.trim(), ...fallbackModels])];
	const failed: Failure[] = [];
	let taken = wish.parked;
	for (let queue = models; ; ) {
		const ordered = taken ?? (await order(context, wish, queue, failed));
		taken = undefined;
		const end = await outcomeOf(complete(context, wish, ordered));
		if ('value' in end) return end.value;

		const failure = failureFrom(end.error);
		const hasFailed = FAILED_AT_PROVIDER.includes(failure.kind);
		queue = modelsAfter(models, ordered.model);
		if (!hasFailed) throw end.error;
		failed.push(failure);
		if (!fallbackOnFailure || queue.length === 0)
			throw new FailureError(allModelsUnavailable(failed));
	}
}

/** A job that ended so may go better with another model. */
const FAILED_AT_PROVIDER: FailureKind[] = ['providerFailed', 'modelUnavailable'];

async function complete(
	context: ItemContext,
	{ finishForm, waits, parks }: VideoInput,
	ordered: CreatedVideo,
): Promise<INodeExecutionData | SuspendedVideo> {
	if (parks && ordered.calls && isPending(ordered.job))
		return new SuspendedVideo(ordered, finishForm.wait.cancelOnStop);
	if (waits) return await finishCreated(context, finishForm, ordered);
	const { job, known } = ordered;
	if (finishForm.wait.cancelOnStop) await cancelOnStop(context, job.id);
	return toVideoItem(context, job, known);
}

/** Waits for an ordered video and notes what it did cost; where none comes of it, nothing is reserved for it any more. */
export async function finishCreated(
	context: ItemContext,
	form: DeliveryOptions,
	{ job, known, book }: CreatedVideo,
): Promise<INodeExecutionData> {
	const item = await deliverVideo(context, job, form, known).catch((error: unknown) => {
		const { kind } = failureFrom(error);
		if (FAILED_AT_PROVIDER.includes(kind) || kind === 'contentPolicy') book.forget();
		throw error;
	});
	if (typeof item.json.cost === 'number') book.settle(item.json.cost);
	return item;
}

/**
 * Orders from the first model of the queue that can be had. A job of an earlier try is taken up instead.
 * @param failed why models before the queue did not make the video
 */
async function order(
	context: ItemContext,
	wish: VideoInput,
	queue: string[],
	failed: Failure[],
): Promise<CreatedVideo> {
	const asked = buildRequest(wish.form, await wish.readPictures?.());
	const resumed = openDecision(context, asked).known?.model;
	const models = resumed === undefined ? queue : [resumed, ...modelsAfter(queue, resumed)];
	const patienceMs = wish.finishForm.wait.timeoutMs;

	const troubles = [...failed];
	for (const model of models) {
		const [first] = troubles;
		const fallback = first && { from: asked.model, reason: first.message };
		const candidate = { model, fallback };
		const end = await outcomeOf(createVideo(context, asked, wish.rules, patienceMs, candidate));
		if ('value' in end) return end.value;

		const failure = failureFrom(end.error);
		if (!mayFallBack(failure, model !== asked.model)) throw end.error;
		troubles.push(failure);
	}
	throw new FailureError(allModelsUnavailable(troubles));
}

async function outcomeOf<Value>(
	work: Promise<Value>,
): Promise<{ value: Value } | { error: unknown }> {
	return await work.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
