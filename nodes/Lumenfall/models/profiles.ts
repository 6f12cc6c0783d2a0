/**
 * Limits of models that are known for certain, checked before anything is sent. A model that is not listed here is
 * never refused.
 */

export interface ModelProfile {
	name: string;
	maxSeconds: number;
	aspectRatios: string[];
	resolutions: string[];
	/** Pixel sizes, and the size tokens of Lumenfall that stand for them. */
	sizes: string[];
}

/** OpenAI Videos section 1.1 and Lumenfall's page of the model (lumenfall-api section 13), read 2026-11-23. */
const SORA_2: ModelProfile = {
	name: 'Sora 2',
	maxSeconds: 20,
	aspectRatios: ['16:9', '9:16'],
	resolutions: ['720p'],
	sizes: ['1280x720', '720x1280', '1365x768', '768x1365'],
};

/** Finds the profile of `sora-2`, `openai/sora-2` (a forced provider) or a dated `sora-2-2025-12-08`. */
export function profileOf(model: string): ModelProfile | undefined {
	const slug = model.trim().toLowerCase().split('/').pop() ?? '';
	return /^sora-2(-\d{4}-\d{2}-\d{2})?$/.test(slug) ? SORA_2 : undefined;
}
