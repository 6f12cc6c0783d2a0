import { pricePerSecond, type Model } from '../../models/models.mts';
import { linesOf, type Offer } from './offers.mts';

type Skus = Record<string, string>;

/**
 * The price list of a model. OpenRouter does not document the names of its SKUs ("Pricing SKU units can differ by
 * provider", its cookbook). Public code quotes these names from live responses. The list contains exactly what is
 * billed.
 */
export function pricingSkus({ model, resolutions, pricing, upscale }: Offer): Skus {
	if (upscale) return { per_upscaled_second: String(model.prices[0].usdPerSecond) };
	const priceAt = (resolution: string, mode = 'text-to-video', sound = true) =>
		pricePerSecond(model, { lines: linesOf[resolution], mode, sound });

	if (pricing.unit === 'cents') {
		return {
			...(pricing.usdPerImage && { cents_per_image_input: cents(pricing.usdPerImage) }),
			...perResolution(resolutions, 'cents_per_video_output_second', (one) => cents(priceAt(one))),
		};
	}
	if (differBy(model, 'mode')) {
		const ofMode = (mode: string) =>
			perResolution(resolutions, `${mode.replaceAll('-', '_')}_duration_seconds`, (one) =>
				String(priceAt(one, mode)),
			);
		return { ...ofMode('text-to-video'), ...ofMode('image-to-video') };
	}
	if (differBy(model, 'sound')) {
		const ofSound = (sound: boolean) =>
			withExceptions(resolutions, `duration_seconds_${sound ? 'with' : 'without'}_audio`, (one) =>
				String(priceAt(one, undefined, sound)),
			);
		return { ...ofSound(true), ...ofSound(false) };
	}
	if (differBy(model, 'lines')) {
		return perResolution(resolutions, 'duration_seconds', (one) => String(priceAt(one)));
	}
	return { duration_seconds: String(priceAt(resolutions[0])) };
}

function differBy({ prices }: Model, what: 'mode' | 'sound' | 'lines'): boolean {
	return prices.some((price) => price[what] !== undefined);
}

/** Uses one name for each resolution. */
function perResolution(
	resolutions: string[],
	sku: string,
	price: (resolution: string) => string,
): Skus {
	return Object.fromEntries(resolutions.map((one) => [`${sku}_${one.toLowerCase()}`, price(one)]));
}

/**
 * Uses the plain name for the price of the lowest resolution, and one more name for each resolution with a different
 * price.
 */
function withExceptions(
	resolutions: string[],
	sku: string,
	price: (resolution: string) => string,
): Skus {
	const base = price(resolutions[0]);
	const others = resolutions.filter((one) => price(one) !== base);
	return { [sku]: base, ...perResolution(others, sku, price) };
}

// Rounded, because 0.07 × 100 is 7.000000000000001.
function cents(usd: number): string {
	return String(Math.round(usd * 1e8) / 1e6);
}
