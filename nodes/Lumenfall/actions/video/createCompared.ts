import type { VideoMetrics } from '../../comparison/metrics';
import type { ComparedRequest, ComparedVideo } from '../../comparison/storePage';
import type { ItemContext } from '../../context';
import { buildRequest } from '../../create/buildRequest';
import type { CreateInput } from '../../create/decide';
import { reserveTogether } from '../../create/reserveTogether';
import { deliverVideo } from '../../deliver/deliverVideo';
import type { Failure } from '../../errors/failure';
import { failureFrom } from '../../errors/nodeError';
import type { Job } from '../../job/job';
import { withoutExtension } from '../../media/fileName';
import { statusOfFailure, toFailureJson } from '../../output/failedItem';
import { toVideoJson, type KnownDetails } from '../../output/videoItem';
import type { ComparisonInput } from '../../parameters/comparisonInput';
import { readImages } from '../../parameters/openImages';
import { rolesOf } from '../../request/requirements';
import type { VideoRequest } from '../../request/videoRequest';
import { waitAndDeliver } from './generate/waitAndDeliver';
import { identify, inputOfPart, resumeOrCreate } from './generate/resumeOrCreate';

/** One model of the comparison: its video, or why it has none. */
interface ComparedModel extends Omit<ComparedVideo, 'marks'> {
	failure?: Failure;
}

/** Creates all videos. Kept separate from the waiting, so that the images can be freed once they are sent. */
export async function createCompared(
	context: ItemContext,
	comparison: ComparisonInput,
): Promise<{ requested: ComparedRequest; videos: Array<Promise<ComparedModel>> }> {
	const inputs = await buildInputs(context, comparison);
	const rejections = await reserveTogether(context, inputs);
	return {
		requested: comparedRequestOf(inputs[0].request),
		videos: inputs.map((input, index) => {
			const failure = rejections[index];
			return failure
				? toFailedModel(context, knownOf(input.request), failure)
				: generateComparedVideo(context, input, comparison);
		}),
	};
}

/** Returns the settings that all models share, without the images, so that these can be freed. */
function comparedRequestOf(request: VideoRequest): ComparedRequest {
	const { prompt, seconds, aspectRatio, resolution, size, audio } = request;
	return { prompt, seconds, aspectRatio, resolution, size, audio, roles: rolesOf(request) };
}

/** Builds the request of every model. Each has its own record. */
async function buildInputs(
	context: ItemContext,
	{ models, settings, images: selection, rules, wait }: ComparisonInput,
): Promise<CreateInput[]> {
	const images = await readImages(context, selection);
	const identity = identify(context, images);
	return models.map((model) => {
		const request = buildRequest({ ...settings, model }, images);
		return inputOfPart(context, { ...identity, part: model }, request, { rules, wait });
	});
}

/** Not an async function: it would keep the request, and so its images, in memory during the wait. */
function generateComparedVideo(
	context: ItemContext,
	input: CreateInput,
	{ wait, target }: ComparisonInput,
): Promise<ComparedModel> {
	const known = knownOf(input.request);
	const { model } = known;
	const ownTarget = target && { ...target, fileName: nameFor(target.fileName, model) };
	const deliver = async (job: Job, details: KnownDetails) =>
		await deliverVideo(context, job, ownTarget, details);
	return resumeOrCreate(context, input)
		.then(async (created) => await waitAndDeliver(context, created, wait, deliver))
		.then(({ json, file }) => ({ model, metrics: json, file }))
		.catch(async (error: unknown) => await toFailedModel(context, known, failureFrom(error)));
}

type KnownRequest = Pick<VideoRequest, 'model' | 'prompt' | 'seconds'>;

/** Returns the parts of the request that its item contains, without its images. */
function knownOf({ model, prompt, seconds }: VideoRequest): KnownRequest {
	return { model, prompt, seconds };
}

async function toFailedModel(
	context: ItemContext,
	known: KnownRequest,
	failure: Failure,
): Promise<ComparedModel> {
	const metrics = await metricsOfFailedModel(context, known, failure);
	return { model: known.model, failure, metrics };
}

/** Adds the model to the file name. With the same name for all models, saved files would overwrite each other. */
function nameFor(fileName: string | undefined, model: string): string | undefined {
	return fileName && `${withoutExtension(fileName)}-${model}`;
}

/** Returns what is known of the video of a model that failed. */
async function metricsOfFailedModel(
	{ api, stop }: ItemContext,
	known: KnownRequest,
	reason: Failure,
): Promise<VideoMetrics> {
	const { kind, videoId } = reason;
	const failure = toFailureJson(reason);
	// A failed video may have been charged. On another server, the same ID is another video.
	const job =
		videoId && !stop.isStopped && kind !== 'serverChanged'
			? await api.getVideo(videoId).then(
					(response) => response.job,
					() => undefined,
				)
			: undefined;
	return job
		? toVideoJson(job, known, { failure })
		: { ...(videoId && { id: videoId }), status: statusOfFailure(reason), ...known, failure };
}
