import { failureOf } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { mergeInfo, type ProfileUse } from './mergeInfo';
import { isAvailable, type ModelInfo } from './modelInfo';
import { listVideoModels, videoModelsOf } from './videoModels';

/** A slow model list must not delay the create. Milliseconds. */
const LOOK_UP_TIMEOUT_MS = 10_000;

/** The model info that the server returned in this run. Each request is sent once. */
export interface ModelCache {
	/** Undefined if the server returned no list. */
	models?: Promise<ModelInfo[] | undefined>;
	/** By model. */
	schemas: Map<string, Promise<Partial<ModelInfo>>>;
}

/** The part of the API about models. */
interface ModelServer {
	dialect: { models: { listsLimits: boolean; profiles: ProfileUse } };
	listModels(timeoutMs?: number): Promise<ModelInfo[]>;
	describeModel(model: string, timeoutMs?: number): Promise<Partial<ModelInfo>>;
}

interface ModelSource {
	api: ModelServer;
	cache: ModelCache;
}

/**
 * Returns the model info to check a request with. Does not request a list that contains only IDs. What the server does
 * not report stays unknown, and an unavailable list blocks nothing.
 */
export async function lookUpModel(source: ModelSource, model: string): Promise<ModelInfo> {
	const { listsLimits, profiles } = source.api.dialect.models;
	if (!listsLimits) return mergeInfo(model, undefined, {}, profiles);
	return await withSchema(source, model, liveModels(source));
}

/**
 * Returns the same for the model operations. Requests any list, even one that contains only IDs.
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

/** How many models an error lists. */
const MAX_ALTERNATIVES = 6;

/** Adds the models that can be selected instead, if the error says that the model is unavailable. */
export async function withAlternatives(
	source: ModelSource,
	model: string,
	error: unknown,
): Promise<unknown> {
	const failure = failureOf(error);
	if (failure?.kind !== 'modelUnavailable') return error;
	const others = (await availableModels(source)).filter((id) => id !== model);
	return serverErrors.modelUnavailable({
		...failure,
		alternatives: others.slice(0, MAX_ALTERNATIVES),
	});
}

/** Returns the IDs of the video models that are available now. */
async function availableModels(source: ModelSource): Promise<string[]> {
	const models = videoModelsOf((await liveModels(source)) ?? []);
	return models.filter(isAvailable).map(({ id }) => id);
}

/** Returns the owner of all models in the server's list. Undefined if the owners differ, or if there is no list. */
export async function ownerOfModels(source: ModelSource): Promise<string | undefined> {
	const owners = new Set(((await liveModels(source)) ?? []).map(({ owner }) => owner));
	return owners.size === 1 ? [...owners][0] : undefined;
}

/** Returns the server's video models with all known model info. */
export async function listModelInfo(api: ModelServer): Promise<ModelInfo[]> {
	return listVideoModels(await api.listModels(), api.dialect.models.profiles);
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
