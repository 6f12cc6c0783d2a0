import { mergeAll, mergeInfo, isAvailable, videoModelsOf } from './mergeInfo';
import type { ModelInfo } from './modelInfo';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';

/** A server that is slow to tell of its models must not hold up the order. */
const LOOK_UP_MS = 10_000;

type Context = Pick<ItemContext, 'api' | 'cache'>;

/**
 * All that is known of a model, for the check of a request. Servers whose list holds ids alone are not asked. What cannot
 * be had is not known; it stops nothing.
 */
export async function lookUpModel(context: Context, model: string): Promise<ModelInfo> {
	const { listsLimits, profiles } = context.api.dialect.models;
	if (!listsLimits) return mergeInfo(model, undefined, {}, profiles);
	return await withSchema(context, model, liveModels(context));
}

/**
 * The same for those who ask for nothing else: any server is asked.
 * @throws FailureError where the server does not give its list, which then is the answer
 */
export async function requireModel(context: ItemContext, model: string): Promise<ModelInfo> {
	return await withSchema(context, model, requiredModels(context));
}

async function withSchema(
	context: Context,
	model: string,
	list: Promise<ModelInfo[] | undefined>,
): Promise<ModelInfo> {
	const [live, schema] = await Promise.all([list, schemaOf(context, model)]);
	return mergeInfo(model, live, schema, context.api.dialect.models.profiles);
}

/** The ids of the video models the server has now, for those who have to choose another. */
export async function availableModels(context: Context): Promise<string[]> {
	const models = videoModelsOf((await liveModels(context)) ?? []);
	return models.filter(isAvailable).map(({ id }) => id);
}

/** The server's video models with their facts. */
export async function listModelInfo({ api }: Pick<Context, 'api'>): Promise<ModelInfo[]> {
	return mergeAll(await api.listModels(), api.dialect.models.profiles);
}

async function liveModels({ api, cache }: Context): Promise<ModelInfo[] | undefined> {
	cache.models ??= api.listModels(LOOK_UP_MS).catch(() => undefined);
	return await cache.models;
}

async function requiredModels({ api, cache, stop }: ItemContext) {
	cache.models ??= withRetry(async () => await api.listModels(), runtimeOf(stop));
	return await cache.models;
}

async function schemaOf({ api, cache }: Context, model: string): Promise<Partial<ModelInfo>> {
	const known = cache.schemas.get(model);
	if (known) return await known;
	const asked = api.describeModel(model, LOOK_UP_MS).catch(() => ({}));
	cache.schemas.set(model, asked);
	return await asked;
}
