import type { ItemContext } from '../../../context';
import { buildRequest } from '../../../create/buildRequest';
import type { CreatedVideo } from '../../../create/createVideo';
import type { CreateInput } from '../../../create/decide';
import { reserveTogether } from '../../../create/reserveTogether';
import { failureFrom } from '../../../errors/nodeError';
import type { JobEntry } from '../../../job/jobEntry';
import { readImages } from '../../../parameters/openImages';
import type { StoryboardInput } from '../../../parameters/storyboardInput';
import type { SourceVideo } from '../../../request/sourceVideo';
import {
	withAdjusted,
	type RequestImages,
	type VideoRequest,
	type VideoSettings,
} from '../../../request/videoRequest';
import { once } from '../../../support/once';
import { resultOf, type Result } from '../../../support/result';
import { identify, inputOfPart, resumeOrCreate } from '../generate/resumeOrCreate';
import { storyboardErrors, type SceneFailure } from './storyboardErrors';

/** A scene whose price is reserved. */
export interface PreparedScene {
	prompt: string;
	/** The requested length. */
	seconds?: number;
	/** Absent if the scene failed in an earlier try. */
	entry?: JobEntry;
	/**
	 * Returns the video of the scene: that of an earlier try, or a new one. A second call returns the same video.
	 * @param previousId the video that it continues, if any
	 */
	open(previousId?: string): Promise<CreatedVideo>;
}

/**
 * Validates and quotes all scenes together. Nothing is created yet.
 * @param source that each later scene continues, if it continues one
 * @throws FailureError if a scene is invalid, or if the budget does not cover all of them
 */
export async function prepareScenes(
	context: ItemContext,
	form: StoryboardInput,
	source?: SourceVideo,
): Promise<PreparedScene[]> {
	const inputs = await readInputs(context, form, source);
	const rejections = await reserveTogether(context, inputs);
	const failures = rejections.flatMap((failure, index): SceneFailure[] =>
		failure ? [{ scene: index + 1, failure }] : [],
	);
	const problem =
		failures.length > 0
			? storyboardErrors.rejected(failures, inputs.length, videoIdsOf(inputs))
			: !source && whyDifferentShapes(inputs);
	if (problem) {
		releaseAll(inputs.map(({ entry }) => entry));
		throw problem;
	}
	return inputs.map((input) => toScene(context, input));
}

/** Returns the IDs of all created videos. */
export function videoIdsOf(scenes: Array<Pick<PreparedScene, 'entry'>>): string[] {
	return scenes.flatMap(({ entry }) => entry?.record.videoId ?? []);
}

/** Releases the reserved amounts of scenes that are not created. */
export function releaseAll(entries: Array<JobEntry | undefined>): void {
	for (const entry of entries) if (entry && !entry.mayHaveJob) entry.release();
}

/** Reads the request of every scene. Each has its own record. */
async function readInputs(
	context: ItemContext,
	form: StoryboardInput,
	source: SourceVideo | undefined,
): Promise<CreateInput[]> {
	const { scenes, rules, wait } = form;
	const images = await readSceneImages(context, form);
	const identity = identify(context, everyImage(images));
	const requests = await Promise.all(
		scenes.map(async ({ settings }, index) => {
			const build = () =>
				source && index > 0
					? continuingRequest(settings, source)
					: buildRequest(settings, images[index]);
			return await resultOf(Promise.resolve().then(build));
		}),
	);
	return requireAll(requests).map((request, index) =>
		inputOfPart(context, { ...identity, part: String(index + 1) }, request, { rules, wait }),
	);
}

/** Builds the request of a scene that continues the one before. It has the shape and the look of that video. */
function continuingRequest(settings: VideoSettings, source: SourceVideo): VideoRequest {
	const shape = { aspectRatio: undefined, resolution: undefined, customSize: undefined };
	return buildRequest({ ...settings, ...shape }, {}, source);
}

/** Reads the images of each scene: those of all scenes, and its own first frame. */
async function readSceneImages(
	context: ItemContext,
	{ scenes, continues, images: selection }: StoryboardInput,
): Promise<RequestImages[]> {
	const ofAll = await readImages(context, selection);
	const { isResized } = selection;
	const results = scenes.map(async ({ image }, index): Promise<RequestImages> => {
		// The look is that of the video that is continued.
		if (continues && index > 0) return {};
		if (image === undefined) return ofAll;
		const main = { file: image, parameter: `Image of Scene ${index + 1}` };
		const own = { main, isReference: false, referenceImages: [], isResized };
		return { ...ofAll, ...(await readImages(context, own)) };
	});
	return requireAll(await Promise.all(results.map(resultOf)));
}

/** @throws FailureError naming the scenes without a value */
function requireAll<Value>(results: Array<Result<Value>>): Value[] {
	const failures = results.flatMap((result, index): SceneFailure[] =>
		result.ok ? [] : [{ scene: index + 1, failure: failureFrom(result.error) }],
	);
	if (failures.length > 0) throw storyboardErrors.rejected(failures, results.length);
	return results.flatMap((result) => (result.ok ? [result.value] : []));
}

/** Returns each image once, for the identity of the request. */
function everyImage(images: RequestImages[]): RequestImages {
	const all = images.flatMap(({ image, referenceImages = [] }) => [
		...(image ? [image] : []),
		...referenceImages,
	]);
	return { referenceImages: [...new Set(all)] };
}

/**
 * Returns why the scenes have different shapes, if so. Such clips cannot be joined, so this is checked before they are
 * paid for.
 */
function whyDifferentShapes(inputs: CreateInput[]) {
	const requests = inputs.map(({ request, entry }) =>
		withAdjusted(request, entry.record.decision?.adjusted),
	);
	const [first, ...others] = requests.map(shapeOf);
	const different = others.findIndex((shape) => shape !== first);
	if (different >= 0)
		return storyboardErrors.differentShapes(different + 2, others[different], first);
	const models = [...new Set(requests.map(({ model }) => model))];
	return models.length > 1 && leavesShapeToModel(requests[0])
		? storyboardErrors.unknownShape(models)
		: undefined;
}

/** Returns the shape as text. Equal shapes have the same text. */
function shapeOf({ size, aspectRatio, resolution }: VideoRequest): string {
	if (size) return `the size ${size}`;
	const ratio = aspectRatio ? `the aspect ratio ${aspectRatio}` : 'the default aspect ratio';
	const tier = resolution ? `the resolution ${resolution}` : 'the default resolution';
	return `${ratio} and ${tier}`;
}

function leavesShapeToModel({ size, aspectRatio, resolution }: VideoRequest): boolean {
	return !size && (aspectRatio === undefined || resolution === undefined);
}

function toScene(context: ItemContext, input: CreateInput): PreparedScene {
	const { entry, request } = input;
	const { prompt, seconds } = request;
	const open = once((previousId?: string) => resumeOrCreate(context, input, previousId));
	return { prompt, seconds, entry, open };
}
