import { z } from 'zod';
import type { ModelInfo } from '../../../models/modelInfo';
import { modelsIn } from '../../decode/modelList';
import { amount } from '../../decode/money';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { text, words } from '../../decode/values';
import { pricesOfSkus } from './prices';
import { resolutionOf } from './resolutions';
import type { ImageRole } from '../../../request/requirements';

/**
 * Reads `GET /videos/models` of OpenRouter (schema `VideoModel` of its OpenAPI file, 2026-08). A field that is null or
 * of the wrong type counts as absent.
 */

const limit = z.number().positive().optional().catch(undefined);

const modelObject = z.object({
	id: z.string().min(1),
	canonical_slug: text,
	name: text,
	description: text,
	supported_durations: z.array(z.number().positive()).min(1).optional().catch(undefined),
	supported_aspect_ratios: words,
	supported_resolutions: words,
	supported_sizes: words,
	supported_frame_images: words,
	// Not in the schema, but in live responses of autumn 2026.
	input_modalities: words,
	generate_audio: z.boolean().optional().catch(undefined),
	upscale_factor: z.object({ min: limit, max: limit }).optional().catch(undefined),
	creativity: z.array(z.number()).optional().catch(undefined),
	pricing_skus: z.record(amount).optional().catch(undefined),
});

type ModelObject = z.output<typeof modelObject>;

/** Returns the models of a list response. Ignores entries that are not models. */
export function decodeOpenRouterModels(response: unknown): ModelInfo[] {
	return modelsIn(response, modelObject, readModel);
}

function readModel(model: ModelObject): ModelInfo {
	const resolutions = allKnown(model.supported_resolutions, resolutionOf);
	const frames = allKnown(model.supported_frame_images, frameOf);
	return withoutUndefined<ModelInfo>({
		id: model.id,
		name: model.name,
		description: model.description,
		aliases: aliasesOf(model),
		makesVideo: true,
		modes: modesOf(model, frames),
		seconds: model.supported_durations && { values: model.supported_durations },
		aspectRatios: notEmpty(model.supported_aspect_ratios),
		resolutions: notEmpty(resolutions),
		sizes: notEmpty(model.supported_sizes),
		sound: model.generate_audio ? 'optional' : undefined,
		images: frames && { frames },
		upscale: upscaleOf(model),
		prices: model.pricing_skus && pricesOfSkus(model.pricing_skus, resolutions),
	});
}

/** Only models that upscale videos have these fields. */
function upscaleOf({ upscale_factor: factor, creativity }: ModelObject): ModelInfo['upscale'] {
	if (!factor && !creativity?.length) return undefined;
	return { ...factor, ...(creativity?.length && { creativity }) };
}

function aliasesOf({ id, canonical_slug: slug }: ModelObject): string[] | undefined {
	return slug !== undefined && slug !== id ? [slug] : undefined;
}

/** A model that supports frames creates videos from images. All models create videos from text. */
function modesOf({ input_modalities: inputs }: ModelObject, frames?: ImageRole[]) {
	const known = inputs ?? (frames?.length ? ['text', 'image'] : undefined);
	return known?.map((input) => `${input}-to-video`);
}

function frameOf(word: string): ImageRole | undefined {
	return ({ first_frame: 'first', last_frame: 'last' } as const)[word];
}

/** Returns nothing for a list with an unknown value: that value may stand for any other. */
function allKnown<Value>(
	list: string[] | undefined,
	read: (word: string) => Value | undefined,
): Value[] | undefined {
	const values = list?.map(read);
	return values?.every((value) => value !== undefined) ? values : undefined;
}

function notEmpty<Value>(list: Value[] | undefined): Value[] | undefined {
	return list?.length ? list : undefined;
}
