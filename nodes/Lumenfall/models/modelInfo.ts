import type { ImageRole } from '../request/requirements';

/** The supported durations in seconds: either a list or a range. */
export interface Durations {
	values?: number[];
	min?: number;
	max?: number;
	/** Only whole seconds. */
	whole?: boolean;
}

/** USD per second of video, for requests that meet all conditions of the tier. */
export interface PriceTier {
	usdPerSecond: number;
	resolution?: string;
	audio?: boolean;
	mode?: string;
	/** The provider's slug, e.g. `fal`. */
	provider?: string;
}

/** All known information about one model. Unknown fields are absent, and unknown limits are not enforced. */
export interface ModelInfo {
	id: string;
	name?: string;
	creator?: string;
	description?: string;
	aliases?: string[];
	/** The server's own status, e.g. `active`. */
	status?: string;
	/** Whether the server's list contains the model. Absent without a list. */
	listed?: boolean;
	/** Whether the model creates videos. Absent if the server does not report its output. */
	makesVideo?: boolean;
	/** For example `text-to-video` and `image-to-video`. */
	modes?: string[];
	seconds?: Durations;
	/** For example `16:9`. */
	aspectRatios?: string[];
	/** For example `720p`. */
	resolutions?: string[];
	/** The largest short side in pixels, if there is no list of resolutions. */
	maxShortSide?: number;
	/** In pixels, e.g. `1280x720`. */
	sizes?: string[];
	/**
	 * Lumenfall's size tokens (docs/protocols/lumenfall.md#size-aspect-ratio-and-resolution): accepted if entered, never chosen by
	 * 'Use Nearest'.
	 */
	sizeTokens?: string[];
	/** `optional` if the request decides. */
	sound?: 'always' | 'optional';
	images?: {
		max?: number;
		roles?: ImageRole[];
		/** The supported frames, if it is unknown whether references are supported. */
		frames?: ImageRole[];
		types?: string[];
		/** References without a first frame are known to be supported. */
		references?: true;
	};
	/** In characters. */
	maxPromptLength?: number;
	/** The owner in the model list, a program or an organization, e.g. `vllm`. */
	owner?: string;
	/** The model's own parameters for a video, e.g. `input_video`. */
	videoParameters?: string[];
	/** The supported factors and levels of creativity of a model that upscales videos. */
	upscale?: { min?: number; max?: number; creativity?: number[] };
	prices?: PriceTier[];
	/** The lowest price per second in USD, if the other tiers are unknown. */
	startingPrice?: number;
	/** The date of the built-in profiles, if some of this information comes from them. */
	tableDate?: string;
}

/** Returns the longest supported duration in seconds, if it is known. */
export function longestSeconds({ seconds }: ModelInfo): number | undefined {
	return seconds?.values ? Math.max(...seconds.values) : seconds?.max;
}

/** Returns the name that messages use. */
export function nameOf({ name, id }: ModelInfo): string {
	return name ?? id;
}

/** The words of servers for a model that creates no videos. */
const SWITCHED_OFF = /disabled|retired|inactive|unavailable|maintenance|offline|discontinued/i;

/** Reports whether the server's list shows the model as available. A deprecated model does not count. */
export function isAvailable({ listed, status = '' }: ModelInfo): boolean {
	return listed !== false && !SWITCHED_OFF.test(status) && !/deprecated/i.test(status);
}

/** Reports whether the server's list shows that the model creates no videos now. A deprecated model still works. */
export function isSwitchedOff({ listed, status = '' }: ModelInfo): boolean {
	return listed === true && SWITCHED_OFF.test(status);
}
