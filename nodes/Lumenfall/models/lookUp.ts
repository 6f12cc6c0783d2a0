import { isAvailable, mergeAll, mergeInfo, videoModelsOf, type ProfileUse } from './mergeInfo';
import type { ModelInfo } from './modelInfo';

/** A server that is slow to list its models must not delay the create. Milliseconds. */
const LOOK_UP_TIMEOUT_MS = 10_000;

/** What the server has said about its models in this run. Each is asked for once. */
export interface ModelCache {
	/** Undefined if the server did not say. */
	models?: Promise<ModelInfo[] | undefined>;
	/** By model. */
	schemas: Map<string, Promise<Partial<ModelInfo>>>;
}

/** The server, as far as it lists and describes models. */
interface ModelServer {
	dialect: { models: { listsLimits: boolean; profiles: ProfileUse } };
	listModels(timeoutMs?: number): Promise<ModelInfo[]>;
	describeModel(model: string, timeoutMs?: number): Promise<Partial<ModelInfo>>;
}

export interface ModelSource {
	api: ModelServer;
	cache: ModelCache;
}

/**
 * All that is known of a model, to check a request. A server whose list holds only IDs is not asked. What the server does
 * not say stays unknown, and an unavailable list blocks nothing.
 */
export async function lookUpModel(source: ModelSource, model: string): Promise<ModelInfo> {
	const { listsLimits, profiles } = source.api.dialect.models;
	if (!listsLimits) return mergeInfo(model, undefined, {}, profiles);
	return await withSchema(source, model, liveModels(source));
}

/**
 * The same for the operations on models: any server is asked.
 * @param listModels reads the list, with retries
 * @throws FailureError if the server does not return its list
 */
export async function requireModel(
	source: ModelSource,
	model: string,
	listModels: () => Promise<ModelInfo[]>,
): Promise<ModelInfo> {
	source.cache.models ??= listModels();
	return await withSchema(source, model, source.cache.models);
}

/** The IDs of the video models that the server has now. */
export async function availableModels(source: ModelSource): Promise<string[]> {
	const models = videoModelsOf((await liveModels(source)) ?? []);
	return models.filter(isAvailable).map(({ id }) => id);
}

/** The server's video models with everything that is known of them. */
export async function listModelInfo(api: ModelServer): Promise<ModelInfo[]> {
	return mergeAll(await api.listModels(), api.dialect.models.profiles);
}

async function withSchema(
	{ api, cache }: ModelSource,
	model: string,
	list: Promise<ModelInfo[] | undefined>,
): Promise<ModelInfo> {
	const known = cache.schemas.get(model);
	const schema = known ?? api.describeModel(model, LOOK_UP_TIMEOUT_MS).catch(() => ({}));
	cache.schemas.set(model, schema);
	return mergeInfo(model, await list, await schema, api.dialect.models.profiles);
}

async function liveModels({ api, cache }: ModelSource): Promise<ModelInfo[] | undefined> {
	cache.models ??= api.listModels(LOOK_UP_TIMEOUT_MS).catch(() => undefined);
	return await cache.models;
}
