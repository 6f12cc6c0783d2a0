/** What the sandbox knows about a model; prices in USD per second of video. */
export interface Model {
	id: string;
	name: string;
	creator: string;
	/** Providers, the first one being where requests are routed to. */
	providers: string[];
	usdPerSecond: number;
	maxSeconds: number;
	modes: string[];
	/** Supported shapes, width to height. */
	ratios: string[];
	/** Supported short sides in pixels. */
	tiers: number[];
	aliases: string[];
}

const textAndImage = ['text-to-video', 'image-to-video'];

// Prices, lengths and shapes: Lumenfall reference section 12 (one flat price per model here).
const catalogue: Model[] = [
	{
		id: 'sora-2',
		name: 'Sora 2',
		creator: 'OpenAI',
		providers: ['openai', 'fal', 'replicate'],
		usdPerSecond: 0.1,
		maxSeconds: 20,
		modes: textAndImage,
		ratios: ['16:9', '9:16'],
		tiers: [720],
		aliases: ['sora-2-2025-10-06', 'sora-2-2025-12-08'],
	},
	{
		id: 'sora-2-pro',
		name: 'Sora 2 Pro',
		creator: 'OpenAI',
		providers: ['openai', 'fal', 'replicate'],
		usdPerSecond: 0.3,
		maxSeconds: 20,
		modes: textAndImage,
		ratios: ['16:9', '9:16'],
		tiers: [720, 1080],
		aliases: ['sora-2-pro-2025-10-06'],
	},
	{
		id: 'veo-3.1-fast',
		name: 'Veo 3.1 Fast',
		creator: 'Google',
		providers: ['gemini'],
		usdPerSecond: 0.1,
		maxSeconds: 8,
		modes: textAndImage,
		ratios: ['16:9', '9:16'],
		tiers: [720, 1080],
		aliases: ['veo-3-1-fast', 'veo-3.1-fast-generate-001'],
	},
	{
		id: 'kling-v3',
		name: 'Kling 3.0',
		creator: 'Kuaishou',
		providers: ['fal', 'replicate'],
		usdPerSecond: 0.084,
		maxSeconds: 15,
		modes: textAndImage,
		ratios: ['16:9', '9:16', '1:1'],
		tiers: [720, 1080],
		aliases: ['kling-3', 'kling-video-v3'],
	},
	{
		id: 'seedance-2.0',
		name: 'Seedance 2.0',
		creator: 'ByteDance',
		providers: ['fal'],
		usdPerSecond: 0.303,
		maxSeconds: 15,
		modes: [...textAndImage, 'video-to-video'],
		ratios: ['16:9', '9:16', '3:4', '1:1', '4:3', '21:9'],
		tiers: [480, 720, 1080],
		aliases: ['seedance-2-0', 'seedance-2'],
	},
	{
		id: 'p-video',
		name: 'P-Video',
		creator: 'Pruna AI',
		providers: ['replicate'],
		usdPerSecond: 0.02,
		maxSeconds: 10,
		modes: textAndImage,
		ratios: ['16:9', '9:16', '1:1'],
		tiers: [480, 720, 1080],
		aliases: [],
	},
	{
		id: 'mock-video',
		name: 'Mock Video',
		creator: 'Lumenfall',
		providers: ['lumenfall'],
		usdPerSecond: 0,
		maxSeconds: 20,
		modes: ['text-to-video'],
		ratios: ['16:9', '9:16', '1:1'],
		tiers: [480, 720],
		aliases: [],
	},
	{
		id: 'mock-image',
		name: 'Mock Image',
		creator: 'Lumenfall',
		providers: ['lumenfall'],
		usdPerSecond: 0,
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
			usdPerSecond: 0.1,
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

export function makesVideo({ modes }: Model): boolean {
	return modes.some((mode) => mode.includes('video'));
}
