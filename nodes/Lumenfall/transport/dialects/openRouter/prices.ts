import type { PriceTier } from '../../../models/modelInfo';
import { resolutionOf } from './resolutions';

/**
 * Reads prices from OpenRouter's `pricing_skus`. Their names are not documented. The names below occur in live
 * responses that public code quotes (autumn 2026). A model with an unknown name has no known price, because it may be
 * an additional fee.
 */

/** The notations of a price per second, with the number of units per dollar. */
const FORMS = [
	{
		// `duration_seconds`, `image_to_video_duration_seconds_720p`, `duration_seconds_with_audio_4k`
		name: /^(?:(?<mode>text|image)_to_video_)?duration_seconds(?:_(?<sound>with|without)_audio)?(?:_(?<tier>\d+p|\dk))?$/,
		perDollar: 1,
	},
	// `per-video-second-1080p`, in the guide
	{ name: /^per-video-second(?:-(?<tier>\d+p|\dk))?$/, perDollar: 1 },
	// `cents_per_video_output_second_720p`, `cents_per_second_output`
	{
		name: /^cents_per_(?:video_output_second|second_output)(?:_(?<tier>\d+p|\dk))?$/,
		perDollar: 100,
	},
];
/** A fee for each input image, in addition to the price per second. */
const IMAGE_FEE = /^(?:reference_images|cents_per_image_input)$/;

/**
 * Returns the price tiers of a model, or undefined if one of them is not understood.
 * @param resolutions all resolutions that the model supports; a price without a resolution applies to those without a
 * price of their own
 */
export function pricesOfSkus(
	skus: Record<string, number | undefined>,
	resolutions?: string[],
): PriceTier[] | undefined {
	const names = Object.keys(skus).filter((name) => !IMAGE_FEE.test(name));
	const tiers = names.map((name) => readSku(name, skus[name]));
	if (!areAllRead(tiers) || !nameTheSame(tiers)) return undefined;

	const named = tiers.flatMap(({ resolution }) => resolution ?? []);
	const others = resolutions?.filter((resolution) => !named.includes(resolution));
	if (named.length > 0 && !others && tiers.some(({ resolution }) => !resolution)) return undefined;

	const all = named.length > 0 ? tiers.flatMap((tier) => spread(tier, others)) : tiers;
	const hasFee = names.length < Object.keys(skus).length;
	const known = hasFee ? forTextOnly(all) : all;
	return known.length > 0 ? known : undefined;
}

function readSku(name: string, price = NaN): PriceTier | undefined {
	const form = FORMS.find((one) => one.name.test(name));
	if (!form || !(price >= 0)) return undefined;

	const { mode, sound, tier } = form.name.exec(name)?.groups ?? {};
	const resolution = tier && resolutionOf(tier);
	if (tier && !resolution) return undefined;
	return {
		usdPerSecond: price / form.perDollar,
		...(resolution && { resolution }),
		...(sound && { audio: sound === 'with' }),
		...(mode && { mode: `${mode}-to-video` }),
	};
}

function areAllRead(tiers: Array<PriceTier | undefined>): tiers is PriceTier[] {
	return tiers.length > 0 && tiers.every((tier) => tier !== undefined);
}

/** If only some prices depend on sound or mode, it is unclear which price applies. */
function nameTheSame(tiers: PriceTier[]): boolean {
	const [first] = tiers;
	return tiers.every(
		(tier) => 'audio' in tier === 'audio' in first && 'mode' in tier === 'mode' in first,
	);
}

function spread(tier: PriceTier, others: string[] = []): PriceTier[] {
	return tier.resolution ? [tier] : others.map((resolution) => ({ ...tier, resolution }));
}

/** It is unknown how the fee for images adds up, so there is no price for a request with an image. */
function forTextOnly(tiers: PriceTier[]): PriceTier[] {
	const text = 'text-to-video';
	return tiers.filter(({ mode = text }) => mode === text).map((tier) => ({ ...tier, mode: text }));
}
