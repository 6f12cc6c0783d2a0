import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../../context';
import type { DeliveredFile } from '../../../deliver/deliverVideo';
import { joinFiles, type JoinedFile } from '../../../deliver/joinFiles';
import { publicUrlOf } from '../../../deliver/publicLink';
import type { Failure } from '../../../errors/failure';
import { failureFrom } from '../../../errors/nodeError';
import { statusOfFailure, toFailureJson } from '../../../output/failedItem';
import type { VideoJson } from '../../../output/videoItem';
import { inputFileOf } from '../../../parameters/clips';
import type { SceneDelivery } from '../../../parameters/storyboardInput';
import { resultOf } from '../../../support/result';
import { roundSeconds } from '../../../support/duration';
import { roundUsd } from '../../../support/usd';
import { withoutUndefined } from '../../../support/withoutUndefined';
import type { SceneResult } from './generateScenes';
import { findClipsToJoin, type SceneClip } from './clipsToJoin';
import { videoIdsOf, type PreparedScene } from './prepareScenes';
import { storyboardErrors } from './storyboardErrors';

/** A scene with its clip. */
interface MadeScene {
	/** Its position among all scenes, from 0. */
	index: number;
	json: VideoJson;
	clip: IBinaryData;
	requestedSeconds?: number;
}

/**
 * Joins the clips of the scenes, and returns the item of the storyboard.
 * @param results of the scenes, by position
 * @throws FailureError if the clips cannot be joined
 */
export async function joinScenes(
	context: ItemContext,
	scenes: PreparedScene[],
	results: Array<SceneResult<DeliveredFile>>,
	delivery: SceneDelivery,
): Promise<INodeExecutionData> {
	const { target, clipFieldPrefix } = delivery;
	const made = results.flatMap((result, index): MadeScene[] => {
		if (!('value' in result)) return [];
		const { json, file } = result.value;
		return [{ index, json, clip: file.binary, requestedSeconds: scenes[index].seconds }];
	});
	const joining = await resultOf(joinMade(context, made, delivery));
	if (!joining.ok) throw storyboardErrors.notJoined(failureFrom(joining.error), videoIdsOf(scenes));

	const { joined, places } = joining.value;
	const { binary, json } = joined;
	const fieldOf = (index: number) => clipFieldPrefix && `${clipFieldPrefix}${index + 1}`;
	const videos = made.map((scene) => scene.json);
	const entries = new Map(
		made.map(({ index, json: video }, order) => [
			index,
			toScene(video, places[order], fieldOf(index)),
		]),
	);
	return {
		json: {
			...withoutUndefined({
				status: 'completed',
				model: sameOf(videos, 'model'),
				...json,
				estimatedCost: sumOf(videos, 'estimatedCost'),
				cost: sumOf(videos, 'cost'),
				currency: sameOf(videos, 'currency'),
			}),
			scenes: results.map((result, index) =>
				'value' in result ? entries.get(index) : toFailedScene(result.failure, result.prompt),
			),
			...publicUrlOf(context.execution, binary, target.publicLinkHours),
		},
		binary: {
			...(clipFieldPrefix &&
				Object.fromEntries(made.map(({ index, clip }) => [fieldOf(index), clip]))),
			[target.field]: binary,
		},
		pairedItem: { item: context.itemIndex },
	};
}

/** The position of a scene in the joined video, in seconds. */
interface Place {
	startsAt: number;
	seconds: number;
}

/** Joins the clips, and returns the place of each of these scenes. */
async function joinMade(
	{ execution, stop }: ItemContext,
	made: MadeScene[],
	{ target, continues, ifSoundDiffers }: SceneDelivery,
): Promise<{ joined: JoinedFile; places: Place[] }> {
	const groups = continues
		? findClipsToJoin(made.map(toSceneClip))
		: made.map((_, last) => ({ last, offsets: [0] }));
	const clips = groups.map(async ({ last }) => {
		const { clip, index } = made[last];
		return await inputFileOf(execution, clip, `Scene ${index + 1}`);
	});
	const joined = await joinFiles(execution, stop, {
		clips: await Promise.all(clips),
		sound: 'keep',
		differentSound: ifSoundDiffers,
		fileName: target.fileName,
		usualName: 'storyboard',
	});
	const places = groups.flatMap(({ offsets }, group) => placesIn(joined.clips[group], offsets));
	return { joined, places };
}

function toSceneClip({ json: { seconds }, requestedSeconds }: MadeScene): SceneClip {
	return { seconds, requestedSeconds };
}

/** The places of the scenes of one file. Each ends where the next one starts. */
function placesIn({ startsAt, seconds }: Place, offsets: number[]): Place[] {
	return offsets.map((offset, order) => ({
		startsAt: roundSeconds(startsAt + offset),
		seconds: roundSeconds((offsets[order + 1] ?? seconds) - offset),
	}));
}

function toScene(
	{ id, model, prompt, cost, adjusted }: VideoJson,
	{ startsAt, seconds }: Place,
	field?: string,
): IDataObject {
	return withoutUndefined({ id, model, prompt, seconds, cost, startsAt, adjusted, field });
}

/** Returns the entry of a scene that is left out. */
function toFailedScene(failure: Failure, prompt: string): IDataObject {
	return withoutUndefined({
		id: failure.videoId,
		status: statusOfFailure(failure),
		prompt,
		failure: toFailureJson(failure),
	});
}

/** Returns the sum of the amounts of all scenes, in one currency. Undefined if one of them is unknown. */
function sumOf(videos: VideoJson[], name: 'cost' | 'estimatedCost'): number | undefined {
	if (new Set(videos.map(({ currency }) => currency)).size > 1) return undefined;
	const amounts = videos.map((video) => video[name]);
	return amounts.every((amount) => amount !== undefined)
		? roundUsd(amounts.reduce((sum, amount) => sum + amount, 0))
		: undefined;
}

/** Returns the value that all scenes share. Undefined if they differ. */
function sameOf(videos: VideoJson[], name: 'model' | 'currency'): string | undefined {
	const values = new Set(videos.map((video) => video[name]));
	return values.size === 1 ? [...values][0] : undefined;
}
