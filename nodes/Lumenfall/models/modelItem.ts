import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { longestSeconds, type ModelInfo } from './modelInfo';
import { lowestPrice } from './price';
import { withoutUndefined } from '../support/withoutUndefined';

/** Returns the item of a model. Unknown fields are left out. */
export function toModelItem(itemIndex: number, info: ModelInfo): INodeExecutionData {
	return { json: toModelJson(info), pairedItem: { item: itemIndex } };
}

function toModelJson(info: ModelInfo): IDataObject {
	const { seconds, images, prices } = info;
	return withoutUndefined<IDataObject>({
		id: info.id,
		name: info.name,
		creator: info.creator,
		description: info.description,
		status: info.status,
		listed: info.listed,
		aliases: info.aliases,
		modes: info.modes,
		maxSeconds: longestSeconds(info),
		minSeconds: seconds?.min,
		allowedSeconds: seconds?.values,
		aspectRatios: info.aspectRatios,
		resolutions: info.resolutions,
		maxResolution: info.maxShortSide && `${info.maxShortSide}p`,
		sizes: info.sizes,
		sound: info.sound,
		maxImages: images?.max,
		imageRoles: images?.roles,
		imageFrames: images?.frames,
		imageTypes: images?.types,
		maxPromptLength: info.maxPromptLength,
		minUpscaleFactor: info.upscale?.min,
		maxUpscaleFactor: info.upscale?.max,
		creativityLevels: info.upscale?.creativity,
		pricePerSecond: lowestPrice(info),
		prices: prices?.map((tier) => ({ ...tier })),
		currency: lowestPrice(info) === undefined ? undefined : 'USD',
		factsFrom: info.tableDate,
	});
}
