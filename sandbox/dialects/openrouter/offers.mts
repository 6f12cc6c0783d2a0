import { chooseFrameSize } from '../../models/frameSize.mts';
import { listModels, makesVideo, type Model } from '../../models/models.mts';

export const frameTypes = ['first_frame', 'last_frame'] as const;
export type FrameType = (typeof frameTypes)[number];

/**
 * The values that OpenRouter lists for a model. It accepts nothing else: "An out-of-set value returns a 400" (its video
 * skill).
 */
export interface Offer {
	model: Model;
	slug: string;
	/** In seconds, in the order of the list. The first one is the default, which is assumed: the docs do not state it. */
	durations: number[];
	resolutions: string[];
	sizes: string[];
	frames: FrameType[];
	supportsImages: boolean;
	/** Uses videos among the references. Other models ignore them silently. */
	supportsVideos: boolean;
	/** Continues the video of an earlier job. The list does not contain this. */
	continues: boolean;
	hasSound: boolean;
	/** Uses sounds among the references. Other models ignore them silently. */
	supportsAudio: boolean;
	/**
	 * "Optional for models that support generating a video from image input alone". Which models these are is assumed.
	 */
	needsOnlyImage: boolean;
	/** For a model that upscales videos: the supported factors and levels of creativity. */
	upscale?: { factor: { min: number; max: number }; creativity: number[] };
	pricing: Pricing;
}

interface Pricing {
	/** Unit of the prices in the list. */
	unit: 'USD' | 'cents';
	/** Price of each input image. */
	usdPerImage?: number;
}

interface Particulars {
	durations?: number[];
	pricing?: Pricing;
}

// `VideoGenerationRequest.resolution` in OpenRouter's OpenAPI file. The number of lines of the K values is assumed.
export const linesOf: Record<string, number> = {
	'480p': 480,
	'720p': 720,
	'768p': 768,
	'1080p': 1080,
	'1K': 1080,
	'2K': 1440,
	'4K': 2160,
};

// The model of OpenRouter's video guide, which Lumenfall does not have. Public code quotes its prices from live
// responses of the list.
const veo: Model = {
	id: 'google/veo-3.1',
	name: 'Veo 3.1',
	creator: 'Google',
	providers: ['google-vertex'],
	prices: [
		{ usdPerSecond: 0.2, lines: 1080, sound: false },
		{ usdPerSecond: 0.4, lines: 1080 },
		{ usdPerSecond: 0.4, sound: false },
		{ usdPerSecond: 0.6 },
	],
	maxSeconds: 8,
	modes: ['text-to-video', 'image-to-video'],
	ratios: ['16:9', '9:16', '1:1'],
	tiers: [720, 1080, 2160],
	aliases: [],
	sound: 'on-demand',
	lastFrame: true,
	seed: true,
};

// Durations of Veo: OpenRouter's cookbook, image-to-video, step 1. Of Sora: OpenAI's video guide. Grok's prices of
// seconds and images are in cents: public code that quotes live responses. The price of an image is assumed.
const particulars: Record<string, Particulars> = {
	'google/veo-3.1': { durations: [8, 4, 6] },
	'veo-3.1-fast': { durations: [8, 4, 6] },
	'veo-3.1-lite': { durations: [8, 4, 6] },
	'sora-2': { durations: [4, 8, 12, 16, 20] },
	'sora-2-pro': { durations: [4, 8, 12, 16, 20] },
	'grok-imagine-video': { pricing: { unit: 'cents', usdPerImage: 0.002 } },
};

// The list contains such models (`upscale_factor`, `creativity` of `VideoModel`). This one and its price are assumed.
const upscaler: Offer = {
	...offerOf({
		...veo,
		id: 'topaz/video-upscale',
		name: 'Video Upscale',
		creator: 'Topaz',
		providers: ['topaz'],
		prices: [{ usdPerSecond: 0.05 }],
		modes: ['video-to-video'],
		tiers: [],
		sound: undefined,
		lastFrame: undefined,
		seed: undefined,
	}),
	durations: [],
	upscale: { factor: { min: 1, max: 4 }, creativity: [1, 2, 3] },
};

export const offers: Offer[] = [
	...[...listModels().filter(makesVideo), veo].map(offerOf),
	upscaler,
];

/**
 * Real ids begin with the author. Here, only the model that no other dialect has does. The other models keep their ids,
 * so that a test can change only the server. The canonical slug is accepted too.
 */
export function findOffer(id: string): Offer | undefined {
	return offers.find(({ model, slug }) => model.id === id || slug === id);
}

function offerOf(model: Model): Offer {
	const { lengths, minSeconds = 1, maxSeconds, modes, tiers } = model;
	const { durations, pricing = { unit: 'USD' } } = particulars[model.id] ?? {};
	const supportsImages = modes.includes('image-to-video');
	const resolutions = tiers.flatMap((lines) => resolutionOf(lines) ?? []);
	return {
		model,
		slug: slugOf(model),
		durations: durations ?? lengths ?? wholeNumbers(minSeconds, maxSeconds),
		resolutions,
		sizes: resolutions.flatMap((resolution) => sizesAt(model, linesOf[resolution])),
		frames: supportsImages ? frameTypes.slice(0, model.lastFrame ? 2 : 1) : [],
		supportsImages,
		supportsVideos: modes.includes('video-to-video'),
		continues: /^(google\/)?veo/.test(model.id),
		hasSound: model.sound !== undefined,
		// "including BytePlus Seedance generation 2 and newer" (`InputReference` in the OpenAPI file).
		supportsAudio: /seedance-[2-9]/.test(model.id),
		needsOnlyImage: model.id === veo.id,
		pricing,
	};
}

function slugOf({ id, creator }: Model): string {
	return id.includes('/') ? id : `${creator.toLowerCase().replace(' ', '-')}/${id}`;
}

function resolutionOf(lines: number): string | undefined {
	return Object.keys(linesOf).find((name) => linesOf[name] === lines);
}

function sizesAt(model: Model, lines: number): string[] {
	return model.ratios.map((aspectRatio) => {
		const { width, height } = chooseFrameSize(model, { aspectRatio, resolution: `${lines}p` });
		return `${width}x${height}`;
	});
}

function wholeNumbers(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
