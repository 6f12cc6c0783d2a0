import type { ModelInfo } from './modelInfo';
import { lowestOf } from './price';
import { profileOf, PROFILES_DATE, slugOf } from './profiles';

/**
 * How far the built-in profiles apply on a server. `authoritative`: the profiles have the server's own model names.
 * `fallback`: the profiles complete a list that contains only names. `off`: the list is complete.
 */
export type ProfileUse = 'authoritative' | 'fallback' | 'off';

/**
 * Merges all information about one model: the server's list, its parameter schema, and the built-in profile for the
 * rest.
 * @param live the server's list; undefined if it is not available
 */
export function mergeInfo(
	model: string,
	live?: ModelInfo[],
	schema: Partial<ModelInfo> = {},
	profileUse: ProfileUse = 'authoritative',
): ModelInfo {
	const listed = live && findListed(model, live);
	const profile =
		profileUse === 'off' ? undefined : (profileOf(model) ?? (listed && profileOf(listed.id)));
	return {
		...profile,
		...listed,
		...schema,
		...pricesOf(listed, profile),
		...sizeTokensOf(profile, schema, profileUse),
		...(profile?.images && { images: { ...profile.images, ...schema.images } }),
		...(profile && { tableDate: PROFILES_DATE }),
		id: listed?.id ?? profile?.id ?? model,
		...(live && { listed: listed !== undefined }),
	};
}

/** Finds a model in the list by id or alias, with or without a forced provider or a date. */
export function findListed(model: string, live: ModelInfo[]): ModelInfo | undefined {
	const isNamed = (name: string, { id, aliases = [] }: ModelInfo) =>
		[id, ...aliases].some((own) => own.toLowerCase() === name);
	for (const name of [model.trim().toLowerCase(), slugOf(model), profileOf(model)?.id ?? '']) {
		const found = live.find((entry) => isNamed(name, entry));
		if (found) return found;
	}
	return undefined;
}

/** These tokens exist on Lumenfall only. The profile and the schema may each contain different ones. */
function sizeTokensOf(
	profile: ModelInfo | undefined,
	schema: Partial<ModelInfo>,
	profileUse: ProfileUse,
): Pick<ModelInfo, 'sizeTokens'> {
	if (profileUse !== 'authoritative') return { sizeTokens: undefined };
	const tokens = new Set([...(profile?.sizeTokens ?? []), ...(schema.sizeTokens ?? [])]);
	return { sizeTokens: tokens.size > 0 ? [...tokens] : undefined };
}

/**
 * The server reports only its lowest price. If that differs from the lowest price of the profile, the profile is out of
 * date and the price of a video is unknown.
 */
function pricesOf(
	listed: ModelInfo | undefined,
	profile: ModelInfo | undefined,
): Pick<ModelInfo, 'prices' | 'startingPrice'> {
	const { prices = profile?.prices, startingPrice = profile?.startingPrice } = listed ?? {};
	const isOutdated =
		prices !== undefined && startingPrice !== undefined && lowestOf(prices) !== startingPrice;
	return { prices: isOutdated ? undefined : prices, startingPrice };
}
