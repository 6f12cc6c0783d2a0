import { isAvailable, longestSeconds, nameOf, type ModelInfo } from './modelInfo';
import { lowestPrice } from './price';

/**
 * Returns one line per model of a list, with the most important values first: `Kling 3.0 · $0.084/s · 15 s · text,
 * image`. The editor truncates long lines, so a line contains the ID only if several models have the same name. The
 * price is the lowest in USD per second, with 'from' if some videos cost more, the duration the longest.
 */
export function pickerLines(models: ModelInfo[]): Array<{ name: string; value: string }> {
	const names = models.map(nameOf);
	const shared = new Set(names.filter((name, index) => names.indexOf(name) !== index));
	return models.map((info) => ({
		name: pickerLine(info, shared.has(nameOf(info))),
		value: info.id,
	}));
}

function pickerLine(info: ModelInfo, withId: boolean): string {
	const longest = longestSeconds(info);
	return [
		withId ? `${nameOf(info)} (${info.id})` : nameOf(info),
		!isAvailable(info) && 'not available',
		priceInWords(info),
		longest && `${longest} s`,
		inputsOf(info),
	]
		.filter(Boolean)
		.join(' · ');
}

/** Reports whether a model matches the search text: each word must be in its ID, name, aliases, creator or modes. */
export function matchesWords(info: ModelInfo, typed: string): boolean {
	const { id, name, creator, aliases, modes } = info;
	const searched = [id, name, creator, aliases, modes].flat().join(' ').toLowerCase();
	return typed
		.toLowerCase()
		.split(/\s+/)
		.every((word) => searched.includes(word));
}

/** Lists the inputs of the model. */
function inputsOf({ modes = [] }: ModelInfo): string {
	const inputs = modes.filter((mode) => mode.endsWith('-to-video'));
	return inputs.map((mode) => mode.replace('-to-video', '')).join(', ');
}

function priceInWords(info: ModelInfo): string | undefined {
	const lowest = lowestPrice(info);
	if (lowest === undefined) return undefined;
	if (lowest === 0) return 'free';
	const wholeCents = Number.isInteger(Math.round(lowest * 1e6) / 1e4);
	const isOnly = info.prices?.every(({ usdPerSecond }) => usdPerSecond === lowest) ?? false;
	return `${isOnly ? '' : 'from '}$${lowest.toFixed(wholeCents ? 2 : 3)}/s`;
}
