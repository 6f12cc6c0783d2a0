import { z } from 'zod';
import type { ModelFacts } from '../../models/facts';
import { number, text, withoutUndefined } from './decode';

/** Reads model lists, minimal and rich (lumenfall-api section 11): every field but the id is optional. */

const words = z.array(z.string()).optional().catch(undefined);

const modelObject = z.object({
	id: z.string().min(1),
	name: text,
	description: text,
	creator_organization: text,
	model_status: text,
	aliases: words,
	modes: words,
	tags: words,
	modality: text,
	modalities: z.object({ output: words }).optional().catch(undefined),
	starting_price: number,
	free: z.boolean().optional().catch(undefined),
});

type ModelObject = z.output<typeof modelObject>;

/** The models of a list answer; entries that are no models are left out. */
export function decodeModels(answer: unknown): ModelFacts[] {
	const list = z.object({ data: z.array(z.unknown()) }).safeParse(answer);
	if (!list.success) return [];
	return list.data.data.flatMap((entry) => {
		const model = modelObject.safeParse(entry);
		return model.success ? [toFacts(model.data)] : [];
	});
}

function toFacts(model: ModelObject): ModelFacts {
	return withoutUndefined<ModelFacts>({
		id: model.id,
		name: model.name,
		description: model.description,
		creator: model.creator_organization,
		status: model.model_status,
		aliases: model.aliases?.length ? model.aliases : undefined,
		modes: modesOf(model),
		makesVideo: saysVideo(model),
		prices: model.free ? [{ usdPerSecond: 0 }] : undefined,
		startingPrice: model.free ? 0 : model.starting_price,
	});
}

function modesOf({ modes = [] }: ModelObject): string[] | undefined {
	const plain = modes.map((mode) => mode.toLowerCase().replace(/[_\s]+/g, '-'));
	return plain.length > 0 ? plain : undefined;
}

/** In the order of trust given in lumenfall-api section 11; undefined where the server says nothing. */
function saysVideo(model: ModelObject): boolean | undefined {
	if (model.modes) return model.modes.some((mode) => /to-video$/.test(mode));
	if (model.modalities?.output) return model.modalities.output.includes('video');
	if (model.tags) return model.tags.some((tag) => /^video-generation$|to-video$/.test(tag));
	return model.modality === undefined ? undefined : model.modality === 'video';
}
