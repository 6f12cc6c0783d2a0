import { catalogue, textAndImage } from './catalogue.mts';

/** Whether the gateway routes a model; a retired one is unknown to it. */
export type ModelState = 'present' | 'disabled' | 'retired';

/** USD per second of video, where everything that is named here holds; the first that fits counts. */
interface Price {
	usdPerSecond: number;
	lines?: number;
	sound?: boolean;
	mode?: string;
}

/** What the sandbox knows about a model. */
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
	/** Most pictures of one request. */
	maxImages?: number;
	maxPromptLength?: number;
	/** `on-demand`: unless the request says otherwise. Silent, or not known, where this is absent. */
	sound?: 'always' | 'on-demand';
	/** Also takes the picture on which the video ends. */
	lastFrame?: boolean;
	/** Repeats a video for the same seed. */
	seed?: boolean;
}

export function listModels(): Model[] {
	return catalogue;
}

/** Finds a model by slug or alias; `provider/slug` forces a provider. */
export function findModel(slug: string): Model | undefined {
	const [provider, name] = slug.includes('/') ? slug.split('/', 2) : [undefined, slug];
	const model = catalogue.find(({ id, aliases }) => id === name || aliases.includes(name));
	if (!model || provider === undefined) return model;
	return model.providers.includes(provider) ? { ...model, providers: [provider] } : undefined;
}

/** The model of that name, or one that can do everything: self-hosted servers name theirs freely. */
export function anyModel(slug: string): Model {
	return (
		findModel(slug) ?? {
			id: slug,
			name: slug,
			creator: 'somebody',
			providers: ['somebody'],
			prices: [{ usdPerSecond: 0.1 }],
			maxSeconds: Infinity,
			modes: textAndImage,
			ratios: ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'],
			tiers: [480, 720, 1080],
			aliases: [],
		}
	);
}

/** The slug that a misspelt one probably meant. */
export function similarModel(slug: string): string | undefined {
	const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
	return catalogue.find(({ id }) => plain(slug).startsWith(plain(id).slice(0, 4)))?.id;
}

/** What a second of this video costs, in USD. */
export function pricePerSecond(
	model: Model,
	{ lines, mode, sound = true }: { lines: number; mode: string; sound?: boolean },
): number {
	const hasSound = model.sound === 'on-demand' ? sound : true;
	const price = model.prices.find(
		(tier) =>
			lines <= (tier.lines ?? lines) &&
			(tier.sound ?? hasSound) === hasSound &&
			(tier.mode ?? mode) === mode,
	);
	return price!.usdPerSecond;
}

/** The lowest price, as model pages announce it. */
export function startingPrice({ prices }: Model): number {
	return Math.min(...prices.map(({ usdPerSecond }) => usdPerSecond));
}

/** Why a model does not make a video of this length, or undefined where it does. */
export function lengthProblem(model: Model, seconds: number): string | undefined {
	const { id, maxSeconds, minSeconds = 0, lengths, wholeSeconds } = model;
	if (lengths && !lengths.includes(seconds))
		return `${id} makes videos of ${lengths.join(', ')} seconds`;
	if (wholeSeconds && !Number.isInteger(seconds)) return `${id} makes whole seconds only`;
	if (seconds <= 0 || seconds > maxSeconds)
		return `${id} makes videos of up to ${maxSeconds} seconds`;
	return seconds < minSeconds ? `${id} makes videos from ${minSeconds} seconds` : undefined;
}

export function makesVideo({ modes }: Model): boolean {
	return modes.some((mode) => mode.includes('video'));
}
