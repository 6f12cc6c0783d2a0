/** USD per second of video, where everything that is named here holds; the first that fits counts. */
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
	/** Providers, the first one being where requests are routed to. */
	providers: string[];
	prices: Price[];
	maxSeconds: number;
	minSeconds?: number;
	/** Where only these lengths are made. */
	lengths?: number[];
	/** Only whole seconds. */
	wholeSeconds?: boolean;
	modes: string[];
	/** Supported shapes, width to height. */
	ratios: string[];
	/** Supported short sides in pixels. */
	tiers: number[];
	aliases: string[];
	/** Most images of one request. */
	maxImages?: number;
	maxPromptLength?: number;
	/** `on-demand`: unless the request says otherwise. Silent, or unknown, where this is absent. */
	sound?: 'always' | 'on-demand';
	/** Supports an image for the last frame. */
	lastFrame?: boolean;
	/** Repeats a video for the same seed. */
	seed?: boolean;
}
