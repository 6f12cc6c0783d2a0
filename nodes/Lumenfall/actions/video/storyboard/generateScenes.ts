import type { ItemContext } from '../../../context';
import type { CreatedVideo } from '../../../create/createVideo';
import { deliverFile, type DeliveredFile } from '../../../deliver/deliverVideo';
import { failureFrom } from '../../../errors/nodeError';
import type { Failure } from '../../../errors/failure';
import { runErrors } from '../../../errors/runErrors';
import { withoutExtension } from '../../../media/fileName';
import type { SceneDelivery } from '../../../parameters/storyboardInput';
import { runInParallel } from '../../../support/parallel';
import { cancelAllOnStop } from '../../../wait/cancelVideo';
import { waitAndDeliver } from '../generate/waitAndDeliver';
import { releaseAll, videoIdsOf, type PreparedScene } from './prepareScenes';
import { storyboardErrors, type SceneFailure } from './storyboardErrors';

/** The result of one scene. */
export type SceneResult<Value> = { value: Value } | { failure: Failure; prompt: string };

/**
 * Creates the videos of all scenes, without waiting for them.
 * @throws FailureError if a scene has no video and failed scenes are not left out
 */
export async function createScenes(
	context: ItemContext,
	scenes: PreparedScene[],
	delivery: SceneDelivery,
): Promise<Array<SceneResult<CreatedVideo>>> {
	const created: CreatedVideo[] = [];
	const open = async (scene: PreparedScene) => {
		const video = await scene.open();
		created.push(video);
		return video;
	};
	return await workOn(context, scenes, delivery, open).catch(async (error: unknown) => {
		// Nobody waits for them any more.
		if (delivery.wait.cancelOnStop) await cancelAllOnStop(context, created);
		throw error;
	});
}

/**
 * Creates the videos of all scenes, polls and downloads them.
 * @throws FailureError if a scene has no video and failed scenes are not left out
 */
export async function generateScenes(
	context: ItemContext,
	scenes: PreparedScene[],
	delivery: SceneDelivery,
): Promise<Array<SceneResult<DeliveredFile>>> {
	const { wait, target } = delivery;
	const base = target.fileName && withoutExtension(target.fileName);
	// Set only if the scenes are generated one after the other.
	let previousId: string | undefined;
	return await workOn(context, scenes, delivery, async (scene, index) => {
		const created = await scene.open(previousId);
		const clip = { fileName: base && `${base}-scene-${index + 1}` };
		const video = await waitAndDeliver(
			context,
			created,
			wait,
			async (job, known) => await deliverFile(context, job, clip, known),
		);
		if (delivery.continues) previousId = created.job.id;
		return video;
	});
}

/**
 * Processes the scenes in parallel, up to the limit of the run, or one after the other if each continues the one before.
 * After a failure that ends the item, no further scene is started.
 */
async function workOn<Value>(
	context: ItemContext,
	scenes: PreparedScene[],
	{ leavesOutFailed, continues }: SceneDelivery,
	work: (scene: PreparedScene, index: number) => Promise<Value>,
): Promise<Array<SceneResult<Value>>> {
	const { settings, stop } = context;
	let hasFailed = false;
	const run = async (scene: PreparedScene, index: number) =>
		await work(scene, index).catch((error: unknown) => {
			hasFailed = true;
			throw error;
		});
	const limit = continues ? 1 : settings.itemsInParallel;
	const mayStart = () => !stop.isStopped && (leavesOutFailed || !hasFailed);
	const results = await runInParallel(scenes, limit, run, mayStart);

	releaseAll(scenes.filter((_, index) => !results[index]).map(({ entry }) => entry));
	const failures = results.flatMap((result, index): SceneFailure[] =>
		result?.ok === false ? [{ scene: index + 1, failure: failureFrom(result.error) }] : [],
	);
	const isComplete = results.some((result) => result?.ok) && !stop.isStopped;
	if (!isComplete || (failures.length > 0 && !leavesOutFailed))
		throw storyboardErrors.failed(
			failures.length > 0 ? failures : [{ scene: 1, failure: failureFrom(runErrors.stopped()) }],
			scenes.length,
			videoIdsOf(scenes),
		);
	return results.map((result, index): SceneResult<Value> => {
		if (result?.ok) return { value: result.value };
		const failure = failureFrom(result ? result.error : runErrors.stopped());
		return { failure, prompt: scenes[index].prompt };
	});
}
