import type { ModelInfo } from './modelInfo';

/** Date of the sources of this table. A server's live list has priority over it. */
export const PROFILES_DATE = '2026-11-23';

const TEXT_AND_IMAGE = ['text-to-video', 'image-to-video'];
const WIDE_AND_TALL = ['16:9', '9:16'];
/** OpenAI Videos 1.1: one image, the first frame. */
const FIRST_FRAME: ModelInfo['images'] = {
	max: 1,
	roles: ['first'],
	types: ['image/png', 'image/jpeg', 'image/webp'],
};

/**
 * The built-in profiles of models. They contain only what the sources state. Where the sources are silent or contradict
 * each other, the field is absent, so that no request is refused because of it.
 *
 * Sources: Lumenfall's model pages and API reference (https://lumenfall.ai/models, copies of March to September 2026),
 * and for Sora the last version of OpenAI's Videos contract (prices, sizes and images at shutdown on 2026-09-24).
 */
const PROFILES: ModelInfo[] = [
	{
		id: 'sora-2',
		name: 'Sora 2',
		creator: 'OpenAI',
		modes: TEXT_AND_IMAGE,
		seconds: { max: 20 },
		aspectRatios: WIDE_AND_TALL,
		resolutions: ['720p'],
		sizes: ['1280x720', '720x1280'],
		sizeTokens: ['1365x768', '768x1365'],
		images: FIRST_FRAME,
		maxPromptLength: 32_000,
		prices: [{ usdPerSecond: 0.1 }],
	},
	{
		id: 'sora-2-pro',
		name: 'Sora 2 Pro',
		creator: 'OpenAI',
		modes: TEXT_AND_IMAGE,
		seconds: { max: 20 },
		resolutions: ['720p', '1080p'],
		sound: 'always',
		images: FIRST_FRAME,
		maxPromptLength: 32_000,
		prices: [
			{ usdPerSecond: 0.3, resolution: '720p' },
			{ usdPerSecond: 0.5, resolution: '1080p' },
		],
	},
	{
		id: 'veo-3.1-fast',
		name: 'Veo 3.1 Fast',
		creator: 'Google',
		aliases: ['veo-3-1-fast', 'veo-3.1-fast-generate-001'],
		modes: TEXT_AND_IMAGE,
		seconds: { max: 8 },
		aspectRatios: WIDE_AND_TALL,
		sound: 'optional',
		prices: [
			{ usdPerSecond: 0.1, audio: false },
			{ usdPerSecond: 0.2, audio: true },
		],
	},
	{
		id: 'veo-3.1-lite',
		name: 'Veo 3.1 Lite',
		creator: 'Google',
		aliases: ['veo-3-1-lite', 'veo-3.1-lite-generate-preview'],
		modes: TEXT_AND_IMAGE,
		seconds: { max: 8 },
		aspectRatios: WIDE_AND_TALL,
		maxShortSide: 1080,
		sound: 'optional',
		prices: [
			{ usdPerSecond: 0.03, resolution: '720p', audio: false },
			{ usdPerSecond: 0.05, resolution: '1080p', audio: false },
			{ usdPerSecond: 0.05, resolution: '720p', audio: true },
			{ usdPerSecond: 0.08, resolution: '1080p', audio: true },
		],
	},
	{
		id: 'kling-v3',
		name: 'Kling 3.0',
		creator: 'Kuaishou',
		aliases: ['kling-3', 'kling-video-v3'],
		modes: TEXT_AND_IMAGE,
		seconds: { max: 15 },
		aspectRatios: ['16:9', '9:16', '1:1'],
		sound: 'always',
		maxPromptLength: 2_500,
		// The sources do not state what distinguishes these tiers.
		prices: [
			...[0.084, 0.126, 0.154].map((usdPerSecond) => ({ usdPerSecond, provider: 'fal' })),
			...[0.168, 0.252].map((usdPerSecond) => ({ usdPerSecond, provider: 'replicate' })),
		],
	},
	{
		id: 'seedance-2.0',
		name: 'Seedance 2.0',
		creator: 'ByteDance',
		aliases: ['seedance-2-0', 'seedance-2'],
		modes: [...TEXT_AND_IMAGE, 'video-to-video'],
		seconds: { min: 4, max: 15, whole: true },
		aspectRatios: ['16:9', '9:16', '3:4', '1:1', '4:3', '21:9'],
		sound: 'optional',
		images: { max: 9, references: true },
		prices: [
			{ usdPerSecond: 0.303, resolution: '720p', mode: 'text-to-video' },
			{ usdPerSecond: 0.302, resolution: '720p', mode: 'image-to-video' },
		],
	},
	{
		id: 'wan-2.6',
		name: 'Wan 2.6',
		creator: 'Alibaba',
		modes: ['text-to-image', 'image-edit', ...TEXT_AND_IMAGE, 'video-to-video'],
		prices: [
			{ usdPerSecond: 0.1, resolution: '720p' },
			{ usdPerSecond: 0.15, resolution: '1080p' },
		],
	},
	{
		id: 'p-video',
		name: 'P-Video',
		creator: 'Pruna AI',
		modes: [...TEXT_AND_IMAGE, 'audio-to-video'],
		seconds: { max: 10 },
		prices: [{ usdPerSecond: 0.02 }],
	},
	{
		id: 'pixverse-v5.6',
		name: 'PixVerse V5.6',
		creator: 'PixVerse',
		aliases: ['pixverse-5.6'],
		modes: TEXT_AND_IMAGE,
		seconds: { values: [5, 8, 10] },
		aspectRatios: ['16:9', '9:16', '3:4', '1:1', '4:3'],
		maxShortSide: 1080,
		images: { roles: ['first', 'last'] },
		startingPrice: 0.07,
	},
	{
		id: 'grok-imagine-video',
		name: 'Grok Imagine Video',
		creator: 'xAI',
		aliases: ['grok-video'],
		modes: [...TEXT_AND_IMAGE, 'video-to-video'],
		maxShortSide: 720,
		sound: 'always',
		startingPrice: 0.05,
	},
	{
		id: 'mock-video',
		name: 'Mock Video',
		creator: 'Lumenfall',
		modes: ['text-to-video'],
		prices: [{ usdPerSecond: 0 }],
	},
];

/** Returns every built-in profile. */
export function allProfiles(): readonly ModelInfo[] {
	return PROFILES;
}

/** Finds the profile of `sora-2`, an alias, `openai/sora-2` (a forced provider) or `sora-2-2025-12-08` (a date). */
export function profileOf(model: string): ModelInfo | undefined {
	const slug = slugOf(model);
	return profileNamed(slug) ?? profileNamed(withoutDate(slug));
}

/** Finds the profile with exactly this id or alias. */
export function profileNamed(name: string): ModelInfo | undefined {
	return PROFILES.find(({ id, aliases = [] }) => id === name || aliases.includes(name));
}

/** Returns the model's own name, without a forced provider in front of it. */
export function slugOf(model: string): string {
	return model.trim().toLowerCase().split('/').pop() ?? '';
}

/** Reports whether two names are the same model, with any provider and any date. */
export function isSameModel(one: string, other: string): boolean {
	const identity = (name: string) => profileOf(name)?.id ?? withoutDate(slugOf(name));
	return identity(one) === identity(other);
}

/** Removes the date of a version: `sora-2` for `sora-2-2025-12-08`. */
function withoutDate(slug: string): string {
	return slug.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
