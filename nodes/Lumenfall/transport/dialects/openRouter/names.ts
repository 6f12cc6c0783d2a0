/** A base URL at OpenRouter or one of its regions (eu.openrouter.ai), which is spoken to in its own way without being told. */
export const OPENROUTER_URL = /^https?:\/\/([a-z0-9-]+\.)*openrouter\.ai(:\d+)?(\/|$)/i;

/**
 * OpenRouter names its larger resolutions otherwise. Which lines these are follows from the sizes its API knows
 * (2560x1440, 3840x2160; schema `VideoModel`). What a `1K` is does not.
 */
const TIERS: Record<string, string> = { '2K': '1440p', '4K': '2160p' };

/** The server's name of a resolution: `2K` for `1440p`, and the same name for most. */
export function tierOf(resolution: string): string {
	const tier = Object.entries(TIERS).find(([, lines]) => lines === resolution);
	return tier?.[0] ?? resolution;
}

/** The resolution behind the server's name, in either case of letters; undefined where that is not known. */
export function resolutionOf(tier: string): string | undefined {
	return /^\d{3,4}p$/.test(tier) ? tier : TIERS[tier.toUpperCase()];
}
