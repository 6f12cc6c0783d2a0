import { z } from 'zod';
import type { ModelInfo } from '../../models/modelInfo';
import { Fields } from './fields';
import { JsonBody } from './jsonBody';
import { amount } from './money';
import { withoutUndefined } from '../../support/withoutUndefined';
import { text, words } from './values';

/**
 * Reads model lists, minimal and detailed (docs/protocols/lumenfall.md#model-list): every field except the id is
 * optional.
 */

const modelObject = z.object({
	id: z.string().min(1),
	name: text,
	description: text,
	creator_organization: text,
	owned_by: text,
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

/** More models than any server has. The rest of a longer list is ignored. */
export const MAX_MODELS = 5_000;

const LIST_FIELDS = ['data', 'models', 'items', 'results', 'result', 'list'];
const ID_FIELDS = ['id', 'modelid', 'model', 'modelname', 'slug'];

/** Returns the model info of each entry of a list. Ignores entries that are not models. */
export function modelsIn<Schema extends z.ZodTypeAny>(
	response: unknown,
	schema: Schema,
	toModelInfo: (model: z.output<Schema>) => ModelInfo,
): ModelInfo[] {
	const entries = JsonBody.open(response).listEntries(LIST_FIELDS) ?? [];
	const hasOnlyNames = entries.every((entry) => typeof entry === 'string');
	return entries.slice(0, MAX_MODELS).flatMap((entry) => {
		const model = schema.safeParse(hasOnlyNames ? { id: entry } : withId(entry));
		return model.success ? [toModelInfo(model.data)] : [];
	});
}

/** Some servers have the id under another name. */
function withId(entry: unknown): unknown {
	const id = Fields.of(entry)?.pick(ID_FIELDS, z.string().min(1));
	return id === undefined ? entry : { ...(entry as object), id };
}

/** Returns the models of a list response. Ignores entries that are not models. */
export function decodeModels(response: unknown): ModelInfo[] {
	return modelsIn(response, modelObject, readModel);
}

function readModel(model: ModelObject): ModelInfo {
	return withoutUndefined<ModelInfo>({
		id: model.id,
		name: model.name,
		description: model.description,
		creator: model.creator_organization,
		owner: model.owned_by,
		status: model.model_status,
		aliases: model.aliases?.length ? model.aliases : undefined,
		modes: modesOf(model),
		makesVideo: reportsVideo(model),
		prices: model.free ? [{ usdPerSecond: 0 }] : undefined,
		startingPrice: model.free ? 0 : model.starting_price,
	});
}

function modesOf({ modes = [] }: ModelObject): string[] | undefined {
	const plain = modes.map((mode) => mode.toLowerCase().replace(/[_\s]+/g, '-'));
	return plain.length > 0 ? plain : undefined;
}

/** In `video-to-text`, `video` is the input, not the output. */
const MAKES_VIDEO = /to-video|video(?!-to-)/;
/** A tag can be any word. Tags of this form describe a task. */
const TASK = /-to-[a-z]+$|-generation$|-edit$/;

/**
 * Reads the fields in the order of docs/protocols/lumenfall.md#model-list. Undefined if the server does not report it;
 * an empty list reports nothing either.
 */
function reportsVideo(model: ModelObject): boolean | undefined {
	const modes = modesOf(model) ?? [];
	if (modes.length > 0) return modes.some((mode) => MAKES_VIDEO.test(mode));
	const outputs = model.modalities?.output ?? [];
	if (outputs.length > 0) return outputs.includes('video');
	const tasks = (model.tags ?? []).filter((tag) => TASK.test(tag));
	if (tasks.length > 0) return tasks.some((tag) => MAKES_VIDEO.test(tag));
	// OpenRouter writes `text->video`.
	const output = model.modality?.split(/->|-to-/).at(-1);
	return output === undefined ? undefined : /\bvideo\b/.test(output);
}
