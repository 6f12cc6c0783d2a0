import type { UnsupportedValues } from '../models/limits';
import type { Options } from './form';

/** What the user allows before a video is ordered. */
export interface CreateRules {
	unsupportedValues: UnsupportedValues;
	/** USD. */
	maxCost?: number;
	/** USD, for all items of a run together. */
	maxRunCost?: number;
	/** In the order in which they are tried. */
	fallbackModels: string[];
	/** Whether a video that fails at the provider is also tried with the next model. */
	fallbackOnFailure: boolean;
}

export function readCreateRules(options: Options): CreateRules {
	const { unsupportedValues, maxCost, maxRunCost, fallbackModels, fallbackOnFailure } = options;
	return {
		unsupportedValues,
		...(maxCost !== undefined && { maxCost }),
		...(maxRunCost !== undefined && { maxRunCost }),
		fallbackModels,
		fallbackOnFailure,
	};
}
