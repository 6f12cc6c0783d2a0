import { z } from 'zod';
import type { ModelInfo } from '../../models/modelInfo';
import { amount } from './money';
import { text, withoutUndefined, words } from './values';

/** Reads model lists, minimal and rich (docs/protocols/lumenfall.md#model-list): every field but the id is optional. */

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
	starting_price: amount,
	free: z.boolean().optional().catch(undefined),
});

type ModelObject = z.output<typeof modelObject>;

/** More models than any server has; the rest of a longer list is left out. */
export const MAX_MODELS = 5_000;

const list = z.object({ data: z.array(z.unknown()) });

/** What each model of a list answer says of itself; entries that are no models are left out. */
export function modelsIn<Schema extends z.ZodTypeAny>(
	answer: unknown,
	schema: Schema,
	toModelInfo: (model: z.output<Schema>) => ModelInfo,
): ModelInfo[] {
	const entries = list.safeParse(answer).data?.data ?? [];
	return entries.slice(0, MAX_MODELS).flatMap((entry) => {
		const model = schema.safeParse(entry);
		return model.success ? [toModelInfo(model.data)] : [];
	});
}

export function decodeModels(answer: unknown): ModelInfo[] {
	return modelsIn(answer, modelObject, toFacts);
}

function toFacts(model: ModelObject): ModelInfo {
	return withoutUndefined<ModelInfo>({
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

/** What goes in, as in `video-to-text`, is not what comes out. */
const MAKES_VIDEO = /to-video|video(?!-to-)/;
/** A tag can be any word; these tell what a model makes. */
const TASK = /-to-[a-z]+$|-generation$|-edit$/;

/**
 * In the order of docs/protocols/lumenfall.md#model-list; undefined where the server says nothing, which is also what an
 * empty list says.
 */
function saysVideo(model: ModelObject): boolean | undefined {
	const modes = modesOf(model) ?? [];
	if (modes.length > 0) return modes.some((mode) => MAKES_VIDEO.test(mode));
	const outputs = model.modalities?.output ?? [];
	if (outputs.length > 0) return outputs.includes('video');
	const tasks = (model.tags ?? []).filter((tag) => TASK.test(tag));
	if (tasks.length > 0) return tasks.some((tag) => MAKES_VIDEO.test(tag));
	return model.modality === undefined ? undefined : model.modality === 'video';
}
