import { anyOf } from '../errors/textPatterns';
import { findListed, mergeInfo, type ProfileUse } from './mergeInfo';
import { isAvailable, nameOf, type ModelInfo } from './modelInfo';
import { allProfiles } from './profiles';

/** Ids that name the output, such as `p-video` or `wan2.2-i2v`. */
const VIDEO_IN_ID = /video|[a-z]2v(?![a-z\d])/i;
/** Families of video models, for servers whose list contains only ids. One row per family. */
const VIDEO_FAMILIES = anyOf(
	/sora/,
	/veo/,
	/kling/,
	/seedance/,
	/wan[-_.]?\d/,
	/hailuo/,
	/pixverse/,
	/vidu/,
	/runway/,
	/(?<![a-z])gen-?[34]/, // Runway
	/luma/,
	/ray-?\d/, // Luma
	/ltx/,
	/cosmos/,
	/nova-reel/,
	/mochi/,
	/skyreels/,
);
/** Some of these families have image models too: `wan-2.6-t2i`, `kling-image-o1`, `luma-photon`. */
const IMAGE_IN_ID = /(?<![a-z])(images?|photon|[ti]2i)(?![a-z])/i;

/**
 * Returns the models that create videos. The server's own information has priority; without it, the id decides. If the
 * server reports nothing and no id looks like a video model, returns the whole list, because a self-hosted server may
 * use any model names.
 */
export function videoModelsOf<Model extends Pick<ModelInfo, 'id' | 'makesVideo'>>(
	models: Model[],
): Model[] {
	const video = models.filter(({ id, makesVideo }) => makesVideo ?? looksLikeVideo(id));
	const isUnknown = models.every(({ makesVideo }) => makesVideo === undefined);
	return video.length === 0 && isUnknown ? models : video;
}

function looksLikeVideo(id: string): boolean {
	return VIDEO_IN_ID.test(id) || (VIDEO_FAMILIES.test(id) && !IMAGE_IN_ID.test(id));
}

/**
 * Returns all video models with their merged info, each group by name: the available models, then those that are
 * switched off, then those that only the profiles contain.
 */
export function listVideoModels(live: ModelInfo[], profileUse: ProfileUse): ModelInfo[] {
	const listed = videoModelsOf(live).map(({ id }) => mergeInfo(id, live, {}, profileUse));
	const unlisted = allProfiles()
		.filter(({ id }) => profileUse === 'authoritative' && !findListed(id, live))
		.map(({ id }) => mergeInfo(id, live));
	const available = listed.filter(isAvailable);
	const unavailable = listed.filter((info) => !isAvailable(info));
	return [available, unavailable, unlisted].flatMap((models) =>
		[...models].sort((a, b) => nameOf(a).localeCompare(nameOf(b))),
	);
}
