import type { ImageRole } from '../request/requested';

/** The lengths a model makes, in seconds. Either a list, or a range. */
export interface Durations {
	values?: number[];
	min?: number;
	max?: number;
	/** Only whole seconds. */
	whole?: boolean;
}

/** USD per second of video, for the requests that meet all its conditions. */
export interface PriceTier {
	usdPerSecond: number;
	resolution?: string;
	audio?: boolean;
	mode?: string;
	/** Slug of the provider, e.g. `fal`. */
	provider?: string;
}

/** Everything that is known of one model. A fact that is not known is absent, and then nothing is refused for it. */
export interface ModelInfo {
	id: string;
	name?: string;
	creator?: string;
	description?: string;
	aliases?: string[];
	/** The server's own word, e.g. `active`. */
	status?: string;
	/** Whether the server's list has it now; absent where there is no list. */
	listed?: boolean;
	/** Whether it makes video, where the server says what it makes. */
	makesVideo?: boolean;
	/** `text-to-video`, `image-to-video` and the like. */
	modes?: string[];
	seconds?: Durations;
	/** `16:9` and the like. */
	aspectRatios?: string[];
	/** `720p` and the like. */
	resolutions?: string[];
	/** Where no list is known: the most lines the shorter side can have. */
	maxShortSide?: number;
	/** In pixels. */
	sizes?: string[];
	/**
	 * Lumenfall's size tokens (docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution): accepted if entered, never chosen by
	 * 'Use Nearest'.
	 */
	sizeTokens?: string[];
	/** `optional` where the request decides. */
	sound?: 'always' | 'optional';
	images?: {
		max?: number;
		roles?: ImageRole[];
		/** Where only the frames it takes are known: references are another matter. */
		frames?: ImageRole[];
		types?: string[];
		/** Known to take references without a first frame. */
		references?: true;
	};
	/** In characters. */
	maxPromptLength?: number;
	prices?: PriceTier[];
	/** The lowest price per second in USD, where the tiers above it are not known. */
	startingPrice?: number;
	/** The date of the table, where some of this comes from it. */
	tableDate?: string;
}

/** The longest video a model makes, where that is known. */
export function longestSeconds({ seconds }: ModelInfo): number | undefined {
	return seconds?.values ? Math.max(...seconds.values) : seconds?.max;
}

/** How messages call it. */
export function nameOf({ name, id }: ModelInfo): string {
	return name ?? id;
}
