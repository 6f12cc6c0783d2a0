import { catalogueOf, factsOf, isAvailable, videoModelsOf } from '../models/catalogue';
import type { ModelFacts } from '../models/facts';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { doorsOf } from './doors';

/** A server that is slow to tell of its models must not hold up the order. */
const LOOK_UP_MS = 10_000;

type Context = Pick<ActionContext, 'api' | 'memory'>;

/**
 * All that is known of a model, for the check of a request. Servers whose list holds ids alone are not asked. What cannot
 * be had is not known; it stops nothing.
 */
export async function factsOfModel(context: Context, model: string): Promise<ModelFacts> {
	const { tellsLimits, table } = context.api.dialect.models;
	if (!tellsLimits) return factsOf(model, undefined, {}, table);
	return await withSchema(context, model, liveModels(context));
}

/**
 * The same for those who ask for nothing else: any server is asked.
 * @throws FailureError where the server does not give its list, which then is the answer
 */
export async function toldOfModel(context: ActionContext, model: string): Promise<ModelFacts> {
	return await withSchema(context, model, requiredModels(context));
}

async function withSchema(
	context: Context,
	model: string,
	list: Promise<ModelFacts[] | undefined>,
): Promise<ModelFacts> {
	const [live, schema] = await Promise.all([list, schemaOf(context, model)]);
	return factsOf(model, live, schema, context.api.dialect.models.table);
}

/** The ids of the video models the server has now, for those who have to choose another. */
export async function availableModels(context: Context): Promise<string[]> {
	const models = videoModelsOf((await liveModels(context)) ?? []);
	return models.filter(isAvailable).map(({ id }) => id);
}

/** The server's video models with their facts. */
export async function wholeCatalogue({ api }: Pick<Context, 'api'>): Promise<ModelFacts[]> {
	return catalogueOf(await api.listModels(), api.dialect.models.table);
}

async function liveModels({ api, memory }: Context): Promise<ModelFacts[] | undefined> {
	memory.models ??= api.listModels(LOOK_UP_MS).catch(() => undefined);
	return await memory.models;
}

async function requiredModels({ api, memory, stop }: ActionContext) {
	memory.models ??= withRetry(async () => await api.listModels(), doorsOf(stop));
	return await memory.models;
}

async function schemaOf({ api, memory }: Context, model: string): Promise<Partial<ModelFacts>> {
	const known = memory.schemas.get(model);
	if (known) return await known;
	const asked = api.describeModel(model, LOOK_UP_MS).catch(() => ({}));
	memory.schemas.set(model, asked);
	return await asked;
}
