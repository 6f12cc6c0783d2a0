import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isAvailable, lowestOf } from './mergeInfo';
import { longestSeconds, type ModelInfo } from './modelInfo';

/** One line for the list of models: `Sora 2 (sora-2) · text, image · up to 20 s · 0.10 USD/s`. */
export function pickerLine(facts: ModelInfo): string {
	const { id, name } = facts;
	const longest = longestSeconds(facts);
	return [
		name && name !== id ? `${name} (${id})` : id,
		inputsOf(facts),
		longest && `up to ${longest} s`,
		priceInWords(facts),
		!isAvailable(facts) && 'not available on this server now',
	]
		.filter(Boolean)
		.join(' · ');
}

/** Whether a model is what somebody types: each word is found in its id, names, maker or modes. */
export function matchesWords(facts: ModelInfo, typed: string): boolean {
	const { id, name, creator, aliases, modes } = facts;
	const searched = [id, name, creator, aliases, modes].flat().join(' ').toLowerCase();
	return typed
		.toLowerCase()
		.split(/\s+/)
		.every((word) => searched.includes(word));
}

/** The item of a model; what is not known is left out. */
export function toModelItem(
	{ itemIndex }: { itemIndex: number },
	info: ModelInfo,
): INodeExecutionData {
	return { json: toModelJson(info), pairedItem: { item: itemIndex } };
}

function toModelJson(facts: ModelInfo): IDataObject {
	const { seconds, images, prices } = facts;
	const known: IDataObject = {
		id: facts.id,
		name: facts.name,
		creator: facts.creator,
		description: facts.description,
		status: facts.status,
		listed: facts.listed,
		aliases: facts.aliases,
		modes: facts.modes,
		maxSeconds: longestSeconds(facts),
		minSeconds: seconds?.min,
		allowedSeconds: seconds?.values,
		aspectRatios: facts.aspectRatios,
		resolutions: facts.resolutions,
		maxResolution: facts.maxLines && `${facts.maxLines}p`,
		sizes: facts.sizes,
		sound: facts.sound,
		maxImages: images?.max,
		imageRoles: images?.roles,
		imageFrames: images?.frames,
		imageTypes: images?.types,
		maxPromptLength: facts.maxPromptLength,
		pricePerSecond: lowestPrice(facts),
		prices: prices?.map((tier) => ({ ...tier })),
		currency: lowestPrice(facts) === undefined ? undefined : 'USD',
		factsFrom: facts.tableDate,
	};
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** What goes in, of the modes that make video. */
function inputsOf({ modes = [] }: ModelInfo): string {
	const inputs = modes.filter((mode) => mode.endsWith('-to-video'));
	return inputs.map((mode) => mode.replace('-to-video', '')).join(', ');
}

function priceInWords(facts: ModelInfo): string | undefined {
	const lowest = lowestPrice(facts);
	if (lowest === undefined) return undefined;
	if (lowest === 0) return 'free';
	const isOnly = facts.prices?.every(({ usdPerSecond }) => usdPerSecond === lowest) ?? false;
	const amount = lowest.toFixed(Number.isInteger(Math.round(lowest * 1e6) / 1e4) ? 2 : 3);
	return `${isOnly ? '' : 'from '}${amount} USD/s`;
}

function lowestPrice({ prices, startingPrice }: ModelInfo): number | undefined {
	return prices ? lowestOf(prices) : startingPrice;
}
