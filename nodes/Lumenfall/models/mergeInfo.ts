import { nameOf, type ModelInfo, type PriceTier } from './modelInfo';
import { allProfiles, profileOf, PROFILES_DATE, slugOf } from './profiles';

/**
 * What the table of profiles is worth on a server: it names its models (`whole`), it says something of models that its
 * list only names (`gaps`), or the list says it all (`unused`).
 */
export type ProfileUse = 'authoritative' | 'fallback' | 'off';

/** An id that says it, such as `p-video` or `wan2.2-i2v`. */
const SAYS_VIDEO = /video|[a-z]2v(?![a-z\d])/i;
/** Families of video models, for servers that list nothing but ids. */
const VIDEO_FAMILIES =
	/sora|veo|kling|seedance|wan[-_.]?\d|hailuo|pixverse|runway|(?<![a-z])gen-?[34]|luma|ray-?\d|ltx|cosmos|vidu|nova-reel|mochi|skyreels/i;
/** Some of these families have image models too: `wan-2.6-t2i`, `kling-image-o1`, `luma-photon`. */
const SAYS_IMAGE = /(?<![a-z])(images?|photon|[ti]2i)(?![a-z])/i;

/**
 * The models that make video. What the server says wins; where it says nothing the id decides. Where it says nothing of
 * any model and no id looks like video, the whole list is shown, since a server of one's own may name its model anything.
 */
export function videoModelsOf<Model extends Pick<ModelInfo, 'id' | 'makesVideo'>>(
	models: Model[],
): Model[] {
	const video = models.filter(({ id, makesVideo }) => makesVideo ?? looksLikeVideo(id));
	const isUnknown = models.every(({ makesVideo }) => makesVideo === undefined);
	return video.length === 0 && isUnknown ? models : video;
}

function looksLikeVideo(id: string): boolean {
	return SAYS_VIDEO.test(id) || (VIDEO_FAMILIES.test(id) && !SAYS_IMAGE.test(id));
}

/**
 * Everything known of one model: what the server's list and its parameter schema say, and the table of profiles where
 * they are silent.
 * @param live the server's list; undefined where it could not be had
 */
export function mergeInfo(
	model: string,
	live?: ModelInfo[],
	schema: Partial<ModelInfo> = {},
	table: ProfileUse = 'authoritative',
): ModelInfo {
	const listed = live && findListed(model, live);
	const profile =
		table === 'off' ? undefined : (profileOf(model) ?? (listed && profileOf(listed.id)));
	return {
		...profile,
		...listed,
		...schema,
		...pricesOf(listed, profile),
		...sizeTokensOf(profile, schema, table),
		...(profile?.images && { images: { ...profile.images, ...schema.images } }),
		...(profile && { tableDate: PROFILES_DATE }),
		id: listed?.id ?? profile?.id ?? model,
		...(live && { listed: listed !== undefined }),
	};
}

/**
 * All video models with all their facts: those the server has now, by name, and after them those that it has switched off
 * and those that only the table knows.
 */
export function mergeAll(live: ModelInfo[], table: ProfileUse): ModelInfo[] {
	const listed = videoModelsOf(live).map(({ id }) => mergeInfo(id, live, {}, table));
	const unlisted = allProfiles()
		.filter(({ id }) => table === 'authoritative' && !findListed(id, live))
		.map(({ id }) => mergeInfo(id, live));
	const there = listed.filter(isAvailable);
	const off = listed.filter((info) => !isAvailable(info));
	return [there, off, unlisted].flatMap((models) =>
		[...models].sort((a, b) => nameOf(a).localeCompare(nameOf(b))),
	);
}

const SWITCHED_OFF = /disabled|retired|inactive|unavailable/i;

/** Whether the server makes videos with it now, as far as its list says. */
export function isAvailable({ listed, status = '' }: ModelInfo): boolean {
	return listed !== false && !SWITCHED_OFF.test(status) && !/deprecated/i.test(status);
}

/** Whether the server's list says that no video is made with it now. One that is deprecated still works. */
export function isSwitchedOff({ listed, status = '' }: ModelInfo): boolean {
	return listed === true && SWITCHED_OFF.test(status);
}

/** The entry of a list that a model's id, alias, forced provider or date means. */
function findListed(model: string, live: ModelInfo[]): ModelInfo | undefined {
	const isNamed = (name: string, { id, aliases = [] }: ModelInfo) =>
		[id, ...aliases].some((own) => own.toLowerCase() === name);
	for (const name of [model.trim().toLowerCase(), slugOf(model), profileOf(model)?.id ?? '']) {
		const found = live.find((entry) => isNamed(name, entry));
		if (found) return found;
	}
	return undefined;
}

/** Only Lumenfall knows these words; there the table and the schema may each know others. */
function sizeTokensOf(
	profile: ModelInfo | undefined,
	schema: Partial<ModelInfo>,
	table: ProfileUse,
): Pick<ModelInfo, 'sizeTokens'> {
	if (table !== 'authoritative') return { sizeTokens: undefined };
	const tokens = new Set([...(profile?.sizeTokens ?? []), ...(schema.sizeTokens ?? [])]);
	return { sizeTokens: tokens.size > 0 ? [...tokens] : undefined };
}

/**
 * The server tells only its lowest price. Where that is not the lowest of the table, the table is out of date, and what a
 * video costs is not known.
 */
function pricesOf(
	listed: ModelInfo | undefined,
	profile: ModelInfo | undefined,
): Pick<ModelInfo, 'prices' | 'startingPrice'> {
	const { prices: free, startingPrice = profile?.startingPrice } = listed ?? {};
	const prices = free ?? profile?.prices;
	const isDated =
		prices !== undefined && startingPrice !== undefined && lowestOf(prices) !== startingPrice;
	return { prices: isDated ? undefined : prices, startingPrice };
}

export function lowestOf(prices: PriceTier[]): number {
	return Math.min(...prices.map(({ usdPerSecond }) => usdPerSecond));
}
