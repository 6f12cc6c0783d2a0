import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ItemContext } from '../../context';
import { joinFiles, type JoinedFile } from '../../deliver/joinFiles';
import { publicUrlOf } from '../../deliver/publicLink';
import type { Failure } from '../../errors/failure';
import { failureFrom } from '../../errors/nodeError';
import { withoutUndefined } from '../../output/videoItem';
import { inputFileOf } from '../../parameters/clips';
import type { SceneDelivery } from '../../parameters/storyboardInput';
import { resultOf } from '../../support/result';
import { roundUsd } from '../../support/usd';
import { CLIP, type SceneResult } from './generateScenes';
import { storyboardErrors } from './storyboardErrors';

/**
 * Joins the clips of the scenes, and returns the item of the storyboard.
 * @param videoIds the videos of the scenes, for an error
 * @throws FailureError if the clips cannot be joined
 */
export async function joinScenes(
	{ execution, itemIndex, stop }: ItemContext,
	results: Array<SceneResult<INodeExecutionData>>,
	{ target, clipFieldPrefix, ifSoundDiffers }: SceneDelivery,
	videoIds: string[],
): Promise<INodeExecutionData> {
	const made = results.flatMap((result, index) =>
		'value' in result ? [{ ...result.value, scene: index + 1 }] : [],
	);
	const join = async () =>
		await joinFiles(execution, stop, {
			clips: await Promise.all(
				made.map(
					async ({ binary, scene }) =>
						await inputFileOf(execution, binary![CLIP], `Scene ${scene}`),
				),
			),
			sound: 'keep',
			differentSound: ifSoundDiffers,
			fileName: target.fileName,
			usualName: 'storyboard',
		});
	const joined = await resultOf(join());
	if (!joined.ok) throw storyboardErrors.notJoined(failureFrom(joined.error), videoIds);

	const { binary, json, clips } = joined.value;
	const fieldOf = (index: number) => clipFieldPrefix && `${clipFieldPrefix}${index + 1}`;
	const placeOf = new Map(made.map(({ scene }, index) => [scene, clips[index]]));
	const scenes = results.map((result, index) =>
		'value' in result
			? toScene(result.value.json, placeOf.get(index + 1)!, fieldOf(index))
			: toFailedScene(result.failure, result.prompt),
	);
	const clipFiles = results.flatMap((result, index) => {
		const field = fieldOf(index);
		return field && 'value' in result ? [[field, result.value.binary![CLIP]]] : [];
	});
	const items = made.map((item) => item.json);
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
			scenes,
			...publicUrlOf(execution, binary, target.publicLinkHours),
		},
		binary: { ...Object.fromEntries(clipFiles), [target.field]: binary },
		pairedItem: { item: itemIndex },
	};
}

function toScene(
	{ id, model, prompt, cost, adjusted }: IDataObject,
	{ startsAt, seconds }: JoinedFile['clips'][number],
	field?: string,
): IDataObject {
	return withoutUndefined({ id, model, prompt, seconds, cost, startsAt, adjusted, field });
}

/**
 * Returns the entry of a scene that is left out. Its reason is not called `error`, because n8n treats an item with an
 * `error` as failed.
 */
function toFailedScene(
	{ kind, message, advice, code, videoId, status = 'failed' }: Failure,
	prompt: string,
): IDataObject {
	const failure = withoutUndefined({ kind, message, advice, code });
	return withoutUndefined({ id: videoId, status, prompt, failure });
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
