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
	/** Sound unless the request says otherwise. */
	soundOnDemand?: boolean;
}

const textAndImage = ['text-to-video', 'image-to-video'];
const wideAndTall = ['16:9', '9:16'];

// Prices, lengths and shapes: Lumenfall reference sections 12 and 13. Where these leave something open (what tells the
// tiers of kling-v3 apart, the longest video of wan-2.6 and grok-imagine-video), a value was chosen.
const catalogue: Model[] = [
	{
		id: 'sora-2',
		name: 'Sora 2',
		creator: 'OpenAI',
		providers: ['openai', 'fal', 'replicate'],
		prices: [{ usdPerSecond: 0.1 }],
		maxSeconds: 20,
		modes: textAndImage,
		ratios: wideAndTall,
		tiers: [720],
		aliases: ['sora-2-2025-10-06', 'sora-2-2025-12-08'],
	},
	{
		id: 'sora-2-pro',
		name: 'Sora 2 Pro',
		creator: 'OpenAI',
		providers: ['openai', 'fal', 'replicate'],
		prices: [{ usdPerSecond: 0.3, lines: 720 }, { usdPerSecond: 0.5 }],
		maxSeconds: 20,
		modes: textAndImage,
		ratios: wideAndTall,
		tiers: [720, 1080],
		aliases: ['sora-2-pro-2025-10-06'],
	},
	{
		id: 'veo-3.1-fast',
		name: 'Veo 3.1 Fast',
		creator: 'Google',
		providers: ['gemini'],
		prices: [{ usdPerSecond: 0.1, sound: false }, { usdPerSecond: 0.2 }],
		maxSeconds: 8,
		modes: textAndImage,
		ratios: wideAndTall,
		tiers: [720, 1080],
		aliases: ['veo-3-1-fast', 'veo-3.1-fast-generate-001'],
		soundOnDemand: true,
	},
	{
		id: 'veo-3.1-lite',
		name: 'Veo 3.1 Lite',
		creator: 'Google',
		providers: ['gemini'],
		prices: [
			{ usdPerSecond: 0.03, lines: 720, sound: false },
			{ usdPerSecond: 0.05, lines: 1080, sound: false },
			{ usdPerSecond: 0.05, lines: 720 },
			{ usdPerSecond: 0.08 },
		],
		maxSeconds: 8,
		modes: textAndImage,
		ratios: wideAndTall,
		tiers: [720, 1080],
		aliases: ['veo-3-1-lite', 'veo-3.1-lite-generate-preview'],
		soundOnDemand: true,
	},
	{
		id: 'kling-v3',
		name: 'Kling 3.0',
		creator: 'Kuaishou',
		providers: ['fal', 'replicate'],
		prices: [{ usdPerSecond: 0.084, lines: 720 }, { usdPerSecond: 0.126 }],
		maxSeconds: 15,
		modes: textAndImage,
		ratios: [...wideAndTall, '1:1'],
		tiers: [720, 1080],
		aliases: ['kling-3', 'kling-video-v3'],
		maxPromptLength: 2500,
	},
	{
		id: 'seedance-2.0',
		name: 'Seedance 2.0',
		creator: 'ByteDance',
		providers: ['fal'],
		prices: [{ usdPerSecond: 0.303, mode: 'text-to-video' }, { usdPerSecond: 0.302 }],
		maxSeconds: 15,
		minSeconds: 4,
		wholeSeconds: true,
		modes: [...textAndImage, 'video-to-video'],
		ratios: [...wideAndTall, '3:4', '1:1', '4:3', '21:9'],
		tiers: [480, 720, 1080],
		aliases: ['seedance-2-0', 'seedance-2'],
		maxImages: 9,
		soundOnDemand: true,
	},
	{
		id: 'wan-2.6',
		name: 'Wan 2.6',
		creator: 'Alibaba',
		providers: ['alibaba'],
		prices: [{ usdPerSecond: 0.1, lines: 720 }, { usdPerSecond: 0.15 }],
		maxSeconds: 15,
		modes: ['text-to-image', 'image-edit', ...textAndImage, 'video-to-video'],
		ratios: [...wideAndTall, '1:1'],
		tiers: [720, 1080],
		aliases: [],
	},
	{
		id: 'p-video',
		name: 'P-Video',
		creator: 'Pruna AI',
		providers: ['replicate'],
		prices: [{ usdPerSecond: 0.02 }],
		maxSeconds: 10,
		modes: textAndImage,
		ratios: [...wideAndTall, '1:1'],
		tiers: [480, 720, 1080],
		aliases: [],
	},
	{
		id: 'pixverse-v5.6',
		name: 'PixVerse V5.6',
		creator: 'PixVerse',
		providers: ['fal', 'replicate'],
		prices: [{ usdPerSecond: 0.07 }],
		maxSeconds: 10,
		lengths: [5, 8, 10],
		modes: textAndImage,
		ratios: [...wideAndTall, '3:4', '1:1', '4:3'],
		tiers: [360, 540, 720, 1080],
		aliases: ['pixverse-5.6'],
		maxImages: 2,
	},
	{
		id: 'grok-imagine-video',
		name: 'Grok Imagine Video',
		creator: 'xAI',
		providers: ['xai'],
		prices: [{ usdPerSecond: 0.05 }],
		maxSeconds: 15,
		modes: [...textAndImage, 'video-to-video'],
		ratios: [...wideAndTall, '1:1', '4:3', '3:4', '3:2', '2:3'],
		tiers: [480, 720],
		aliases: ['grok-video'],
	},
	{
		id: 'mock-video',
		name: 'Mock Video',
		creator: 'Lumenfall',
		providers: ['lumenfall'],
		prices: [{ usdPerSecond: 0 }],
		maxSeconds: 20,
		modes: ['text-to-video'],
		ratios: [...wideAndTall, '1:1'],
		tiers: [480, 720],
		aliases: [],
	},
	{
		id: 'mock-image',
		name: 'Mock Image',
		creator: 'Lumenfall',
		providers: ['lumenfall'],
		prices: [{ usdPerSecond: 0 }],
		maxSeconds: 0,
		modes: ['text-to-image'],
		ratios: ['1:1'],
		tiers: [1024],
		aliases: [],
	},
];

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
	{ prices, soundOnDemand }: Model,
	{ lines, mode, sound }: { lines: number; mode: string; sound?: boolean },
): number {
	const hasSound = soundOnDemand ? (sound ?? true) : true;
	const price = prices.find(
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
