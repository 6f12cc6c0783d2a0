import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { FinishSuspended, ItemContext, Operation, PendingItem } from '../../context';
import { createdVideo, type CreatedVideo } from '../../create/createVideo';
import { findRecordedVideo } from '../../wait/findVideo';
import { requirePublicLinks } from '../../deliver/publicLink';
import { forOperation, optionsCollection, outputBinaryField } from '../../descriptions/common';
import { createOptions } from '../../descriptions/options';
import { sceneFields, sceneOptions } from '../../descriptions/sceneFields';
import {
	model,
	optionalImageFields,
	shapeFieldsWithImage,
	waitMode,
} from '../../descriptions/videoFields';
import { suspendOptions } from '../../descriptions/webhookOptions';
import { FailureError } from '../../errors/failure';
import { isPending } from '../../job/job';
import type { SuspendedPart } from '../../job/suspension';
import { toVideoJson } from '../../output/videoItem';
import { formOf } from '../../parameters/form';
import {
	readSceneDelivery,
	readStoryboardInput,
	type SceneDelivery,
	type StoryboardInput,
} from '../../parameters/storyboardInput';
import { once } from '../../support/once';
import { decideWait } from '../../wait/waitMode';
import { createScenes, generateScenes, type SceneResult } from './storyboard/generateScenes';
import { joinScenes } from './storyboard/joinScenes';
import { requireContinuable } from './storyboard/requireContinuable';
import { prepareScenes, type PreparedScene } from './storyboard/prepareScenes';

/** Descriptions of fields that apply to each scene. */
const OF_EACH_SCENE: Partial<Record<string, string>> = {
	imageSource:
		'Source of an image for all scenes. It becomes the first frame of each scene that has no image of its own.',
	seconds:
		'Length of each scene in seconds, if the scene has none of its own. Billed per second. Sora 2 supports up to 20.',
};

export const description: INodeProperties[] = forOperation('video', 'storyboard', [
	model,
	...sceneFields,
	...[...optionalImageFields, ...shapeFieldsWithImage].map((field) => ({
		...field,
		description: OF_EACH_SCENE[field.name] ?? field.description,
	})),
	{
		...waitMode,
		// Without waiting there is nothing to join.
		options: (waitMode.options as INodePropertyOptions[]).filter(({ value }) => value !== 'none'),
	},
	outputBinaryField,
	optionsCollection([...createOptions, ...sceneOptions, ...suspendOptions]),
]);

/** Generates the scenes of a storyboard, each as a separate video, and joins them into one video. */
export const execute: Operation = async (context) => {
	const form = readStoryboardInput(formOf(context));
	await requirePublicLinks(context.execution, form.target.publicLinkHours);
	const source = form.continues ? await requireContinuable(context, form) : undefined;
	const { mode, webhookUrl } = await decideWait(context, form.wait);
	const scenes = await prepareScenes(context, withWebhook(form, webhookUrl), source);
	if (mode === 'poll') return await generateAndJoin(context, scenes, form);

	const created = await createScenes(context, scenes, form);
	return areSuspendable(created, webhookUrl)
		? toPending(context, created, form)
		: await generateAndJoin(context, scenes, form);
};

function withWebhook(form: StoryboardInput, webhookUrl: string | undefined): StoryboardInput {
	const scenes = form.scenes.map((scene) => ({
		...scene,
		settings: { ...scene.settings, webhookUrl },
	}));
	return { ...form, scenes };
}

/** Joins the scenes that the execution was suspended for. Scenes that are still pending are polled. */
export const finish: FinishSuspended = async (context, videos) => {
	const delivery = readSceneDelivery(formOf(context));
	const scenes = videos.map((video) => toSuspendedScene(context, video));
	return await generateAndJoin(context, scenes, delivery);
};

async function generateAndJoin(
	context: ItemContext,
	scenes: PreparedScene[],
	delivery: SceneDelivery,
) {
	const results = await generateScenes(context, scenes, delivery);
	return await joinScenes(context, scenes, results, delivery);
}

/** Whether at least one scene is pending, and the webhook of this execution will be called for all pending ones. */
function areSuspendable(
	results: Array<SceneResult<CreatedVideo>>,
	webhookUrl: string | undefined,
): boolean {
	const pending = results.flatMap((result) =>
		'value' in result && isPending(result.value.job) ? [result.value] : [],
	);
	return pending.length > 0 && pending.every(({ entry }) => entry.isWebhookRegistered(webhookUrl));
}

function toPending(
	{ itemIndex }: ItemContext,
	created: Array<SceneResult<CreatedVideo>>,
	{ wait: { cancelOnStop } }: SceneDelivery,
): { pending: PendingItem } {
	return {
		pending: {
			videos: created.map((result) =>
				'value' in result ? { ...result.value, cancelOnStop } : result,
			),
			toItem: (videos) => ({
				json: {
					scenes: videos.map((video): IDataObject => {
						if ('job' in video) return toVideoJson(video.job, video.known);
						const { prompt, failure } = video;
						return { prompt, failure: { ...failure } };
					}),
				},
				pairedItem: { item: itemIndex },
			}),
		},
	};
}

function toSuspendedScene(context: ItemContext, video: SuspendedPart): PreparedScene {
	const { prompt } = video;
	if ('failure' in video)
		return { prompt, open: async () => await Promise.reject(new FailureError(video.failure)) };
	const entry = context.jobs.reopen(video.slot);
	const open = once(async () => {
		const job = await findRecordedVideo(context, entry, video.videoId);
		return createdVideo(context, entry, job, prompt);
	});
	return { prompt, entry, open };
}
