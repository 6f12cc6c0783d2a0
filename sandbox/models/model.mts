/** USD per second of video, if all conditions of the entry are met. The first matching entry counts. */
interface Price {
	usdPerSecond: number;
	provider?: string;
	lines?: number;
	sound?: boolean;
	mode?: string;
}

/** Metadata of one model. */
export interface Model {
	id: string;
	name: string;
	creator: string;
	/** The providers. Requests are routed to the first one. */
	providers: string[];
	prices: Price[];
	maxSeconds: number;
	minSeconds?: number;
	/** The supported durations, if there is a list. */
	lengths?: number[];
	/** Only whole seconds. */
	wholeSeconds?: boolean;
	modes: string[];
	/** Supported shapes, as width divided by height. */
	ratios: string[];
	/** Supported short sides in pixels. */
	tiers: number[];
	aliases: string[];
	/** Maximum number of images per request. */
	maxImages?: number;
	maxPromptLength?: number;
	/** `on-demand`: with sound unless the request disables it. If absent, silent or unknown. */
	sound?: 'always' | 'on-demand';
	/** Supports an image for the last frame. */
	lastFrame?: boolean;
	/** Returns the same video for the same seed. */
	seed?: boolean;
}
