import type { INodeExecutionData } from 'n8n-workflow';
import type { FinishSuspended, ItemContext, PendingItem } from '../../../context';
import { buildRequest } from '../../../create/buildRequest';
import { createdVideo, type CreatedVideo } from '../../../create/createVideo';
import {
	allModelsUnavailable,
	createWithFallback,
	isFinalFailure,
	modelsAfter,
} from '../../../create/fallback';
import { prepareSource } from '../../../create/prepareSource';
import { requireKnownOutcome } from '../../../create/submit';
import { findRecordedVideo } from '../../../wait/findVideo';
import { deliverVideo, toDeliveredItem } from '../../../deliver/deliverVideo';
import { requirePublicLinks } from '../../../deliver/publicLink';
import { FailureError, type Failure } from '../../../errors/failure';
import { failureFrom, withVideoId } from '../../../errors/nodeError';
import { isPending } from '../../../job/job';
import type { JobEntry } from '../../../job/jobEntry';
import type { SuspendedVideo } from '../../../job/suspension';
import { toVideoItem } from '../../../output/videoItem';
import { formOf } from '../../../parameters/form';
import { readImages } from '../../../parameters/openImages';
import type { SourceSelection } from '../../../parameters/sourceVideo';
import { readVideoInput, type VideoInput } from '../../../parameters/videoInput';
import type { WaitSettings } from '../../../request/rules';
import type { VideoRequest, VideoSettings } from '../../../request/videoRequest';
import { resultOf } from '../../../support/result';
import { cancelOnStop } from '../../../wait/cancelVideo';
import { registerWithTrigger } from '../../../wait/registerWithTrigger';
import { decideWait } from '../../../wait/waitMode';
import { waitAndDeliver } from './waitAndDeliver';
import { identify, resumeRecorded } from './resumeOrCreate';

type Output = INodeExecutionData | { pending: PendingItem };

/**
 * Generates the video that the form describes: create once, wait, deliver. If a model is unavailable, the next of the
 * fallback models is used.
 */
export async function generateVideo(context: ItemContext): Promise<Output> {
	const form = readVideoInput(formOf(context));
	await requirePublicLinks(context.execution, form.target?.publicLinkHours);
	const input = await withWaitDecision(context, form);
	const created = await create(context, input, modelsOf(input), []);
	return await completeOrFallBack(context, input, created);
}

/** Returns the input with the wait mode that is possible here. */
async function withWaitDecision(context: ItemContext, form: VideoInput): Promise<VideoInput> {
	const { mode, webhookUrl } = await decideWait(context, form.wait);
	return {
		...form,
		wait: { ...form.wait, mode },
		settings: { ...form.settings, webhookUrl },
	};
}

/**
 * Delivers a video that the execution was suspended for. One that is still pending is polled. If it failed, the execution is
 * suspended for the video of a fallback model.
 */
export const finishSuspended: FinishSuspended = async (context, [video]) => {
	if ('failure' in video) throw new FailureError(video.failure);
	const entry = context.jobs.reopen(video.slot);
	// An earlier try of this run may have created the video of a fallback model since.
	const { videoId = video.videoId } = entry.record;
	return await finishVideo(context, entry, { ...video, videoId }).catch((error: unknown) => {
		throw withVideoId(error, videoId);
	});
};

async function finishVideo(
	context: ItemContext,
	entry: JobEntry,
	{ videoId, prompt }: SuspendedVideo,
): Promise<Output> {
	const form = readVideoInput(formOf(context));
	const input: VideoInput = { ...form, wait: { ...form.wait, mode: 'poll' } };
	const job = await findRecordedVideo(context, entry, videoId);
	const created = createdVideo(context, entry, job, prompt);
	const inputOfFallback = async () => {
		const decided = await resultOf(withWaitDecision(context, form));
		return decided.ok ? decided.value : input;
	};
	return await completeOrFallBack(context, input, created, inputOfFallback);
}

/** Returns the model of the form, then the fallback models, each once. */
function modelsOf({ settings, rules }: VideoInput): string[] {
	return [...new Set([settings.model, ...rules.fallbackModels])];
}

/**
 * Returns the video of this item: the one that an earlier try created, or a new one. The images are read here, so that
 * they can be freed before the wait.
 */
async function create(
	context: ItemContext,
	{ settings, images: selection, source, rules, wait }: VideoInput,
	models: string[],
	failures: Failure[],
): Promise<CreatedVideo> {
	const images = selection ? await readImages(context, selection) : {};
	const entry = context.jobs.open(identify(context, images, source), settings);
	const { decision } = entry.record;
	const resumed = await resumeRecorded(context, entry, settings.prompt);
	if (resumed) return resumed;
	const request = source
		? await buildChange(context, settings, source, entry)
		: buildRequest(settings, images);
	const candidates = source ? [request.model] : models;
	const queue = decision
		? [decision.model, ...modelsAfter(candidates, decision.model)]
		: candidates;
	const input = { request, entry, rules, timeoutMs: wait.timeoutMs };
	return await createWithFallback(context, input, queue, failures);
}

/**
 * Builds the request to extend or edit an earlier video. There is no fallback, because another model would make a
 * different video.
 */
async function buildChange(
	context: ItemContext,
	settings: VideoSettings,
	selection: SourceSelection,
	entry: JobEntry,
): Promise<VideoRequest> {
	// The earlier video may have expired by now. An unknown outcome of the create is reported before that.
	await requireKnownOutcome(context, entry);
	const { source, model } = await prepareSource(context, selection, settings.model);
	return buildRequest({ ...settings, model }, {}, source);
}

/** Waits for the video and delivers it. If the provider fails, tries the next model, provided the user allows it. */
async function completeOrFallBack(
	context: ItemContext,
	firstInput: VideoInput,
	first: CreatedVideo,
	inputOfFallback = async () => await Promise.resolve(firstInput),
): Promise<Output> {
	const failures: Failure[] = [];
	let input = firstInput;
	let created = first;
	for (;;) {
		const result = await resultOf(complete(context, input, created));
		if (result.ok) return result.value;
		const failure = failureFrom(result.error);
		if (!isFinalFailure(failure) || created.entry.record.isCompleted) throw result.error;
		failures.push(failure);
		const models = modelsAfter(modelsOf(input), created.model);
		// More failures than models: the server contradicts itself about one video.
		const isOver = models.length === 0 || failures.length >= modelsOf(input).length;
		if (!input.rules.fallbackOnFailure || isOver)
			throw new FailureError(allModelsUnavailable(failures));
		input = await inputOfFallback();
		created = await create(context, input, models, failures);
	}
}

async function complete(
	context: ItemContext,
	{ settings, wait, target }: VideoInput,
	created: CreatedVideo,
): Promise<Output> {
	const { job, entry, known } = created;
	const isSuspendable = entry.isWebhookRegistered(settings.webhookUrl) && isPending(job);
	if (wait.mode === 'webhook' && isSuspendable) return toPending(context, created, wait);
	if (wait.mode !== 'none') {
		const video = await waitAndDeliver(
			context,
			created,
			wait,
			async (completed, details) => await deliverVideo(context, completed, target, details),
		);
		return toDeliveredItem(context, video, target);
	}
	if (wait.cancelOnStop) await cancelOnStop(context, job.id, context.api.baseUrl);
	if (wait.triggerUrl) await registerWithTrigger(context, job.id, wait.triggerUrl);
	return toVideoItem(context.itemIndex, job, known);
}

function toPending(
	{ itemIndex }: ItemContext,
	{ job, entry, known }: CreatedVideo,
	{ cancelOnStop: isCancelledOnStop }: WaitSettings,
): { pending: PendingItem } {
	const video = { job, entry, known, cancelOnStop: isCancelledOnStop };
	return {
		pending: {
			videos: [video],
			toItem: ([current]) => toVideoItem(itemIndex, 'job' in current ? current.job : job, known),
		},
	};
}
