import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../context';
import { joinFiles, type JoinedFile } from '../../deliver/joinFiles';
import { publicUrlOf } from '../../deliver/publicLink';
import type { Failure } from '../../errors/failure';
import { failureFrom } from '../../errors/nodeError';
import { statusOfFailure, toFailureJson } from '../../output/failedItem';
import { inputFileOf } from '../../parameters/clips';
import type { SceneDelivery } from '../../parameters/storyboardInput';
import { resultOf } from '../../support/result';
import { roundSeconds } from '../../support/duration';
import { roundUsd } from '../../support/usd';
import { withoutUndefined } from '../../support/withoutUndefined';
import { CLIP, type SceneResult } from './generateScenes';
import { findClipsToJoin, type SceneClip } from './clipsToJoin';
import { videoIdsOf, type PreparedScene } from './prepareScenes';
import { storyboardErrors } from './storyboardErrors';

/** A scene with its clip. */
interface MadeScene {
	/** Its position among all scenes, from 0. */
	index: number;
	json: IDataObject;
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
	results: Array<SceneResult<INodeExecutionData>>,
	delivery: SceneDelivery,
): Promise<INodeExecutionData> {
	const { target, clipFieldPrefix } = delivery;
	const made = results.flatMap((result, index): MadeScene[] => {
		if (!('value' in result)) return [];
		const { json, binary } = result.value;
		return [{ index, json, clip: binary![CLIP], requestedSeconds: scenes[index].seconds }];
	});
	const joining = await resultOf(joinMade(context, made, delivery));
	if (!joining.ok) throw storyboardErrors.notJoined(failureFrom(joining.error), videoIdsOf(scenes));

	const { joined, places } = joining.value;
	const { binary, json } = joined;
	const fieldOf = (index: number) => clipFieldPrefix && `${clipFieldPrefix}${index + 1}`;
	const items = made.map((scene) => scene.json);
	return {
		json: {
			...withoutUndefined({
				status: 'completed',
				model: sameOf(items, 'model'),
				...json,
				estimatedCost: sumOf(items, 'estimatedCost'),
				cost: sumOf(items, 'cost'),
				currency: sameOf(items, 'currency'),
			}),
			scenes: results.map((result, index) => {
				if (!('value' in result)) return toFailedScene(result.failure, result.prompt);
				return toScene(result.value.json, places.get(index)!, fieldOf(index));
			}),
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

/** Joins the clips, and returns the place of each scene by its position. */
async function joinMade(
	{ execution, stop }: ItemContext,
	made: MadeScene[],
	{ target, continues, ifSoundDiffers }: SceneDelivery,
): Promise<{ joined: JoinedFile; places: Map<number, Place> }> {
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
	return { joined, places: new Map(places.map((place, order) => [made[order].index, place])) };
}

function toSceneClip({ json: { seconds }, requestedSeconds }: MadeScene): SceneClip {
	return { ...(typeof seconds === 'number' && { seconds }), requestedSeconds };
}

/** The places of the scenes of one file. Each ends where the next one starts. */
function placesIn({ startsAt, seconds }: Place, offsets: number[]): Place[] {
	return offsets.map((offset, order) => ({
		startsAt: roundSeconds(startsAt + offset),
		seconds: roundSeconds((offsets[order + 1] ?? seconds) - offset),
	}));
}

function toScene(
	{ id, model, prompt, cost, adjusted }: IDataObject,
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
function sumOf(items: IDataObject[], name: string): number | undefined {
	if (new Set(items.map(({ currency }) => currency)).size > 1) return undefined;
	const amounts = items.map((item) => item[name]);
	return amounts.every((amount) => typeof amount === 'number')
		? roundUsd(amounts.reduce((sum, amount) => sum + amount, 0))
		: undefined;
}

function sameOf(items: IDataObject[], name: string): IDataObject[string] {
	const values = new Set(items.map((item) => item[name]));
	return values.size === 1 ? [...values][0] : undefined;
}
