/**
 * OpenRouter has its own names for the larger resolutions. Their number of lines follows from the sizes in its API
 * (2560x1440, 3840x2160; schema `VideoModel`). The size of `1K` is unknown.
 */
const TIERS: Record<string, string> = { '2K': '1440p', '4K': '2160p' };

/** Returns the server's name for a resolution: `2K` for `1440p`, and the same name for most others. */
export function tierOf(resolution: string): string {
	const tier = Object.entries(TIERS).find(([, lines]) => lines === resolution);
	return tier?.[0] ?? resolution;
}

/** Returns the resolution for the server's name, in upper or lower case. Undefined if it is unknown. */
export function resolutionOf(tier: string): string | undefined {
	return /^\d{3,4}p$/.test(tier) ? tier : TIERS[tier.toUpperCase()];
}
