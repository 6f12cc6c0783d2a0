import type { FailureError } from '../errors/failure';
import { limitErrors } from './limitErrors';
import { uprightSize } from '../media/image/imageMetadata';
import { requirementsOf, type Requirements } from '../request/requirements';
import type { UnsupportedValues } from '../request/rules';
import { nameOf, type ModelInfo } from './modelInfo';
import * as nearest from './nearestValues';
import { withAdjusted, mainImage, type VideoRequest, type Adjusted } from '../request/videoRequest';

interface Violation {
	refusal: FailureError;
	/** The nearest supported value. Absent if there is none, as for a prompt. */
	instead?: Adjusted;
}

/**
 * Adapts a request to its model before anything is spent, or refuses it. The same request and model info always give
 * the same result. An unknown limit is not enforced.
 * @throws FailureError naming the parameter and the supported values
 */
export function fitToModel(
	request: VideoRequest,
	info: ModelInfo,
	rule: UnsupportedValues,
): { request: VideoRequest; adjusted?: Adjusted } {
	const followed = ratioOfOwnImage(request, info);
	const required = requirementsOf(withAdjusted(request, followed));
	const violations = rule === 'send' ? [] : violationsOf(required, info);
	const final = violations.find(({ instead }) => rule === 'refuse' || !instead);
	if (final) throw final.refusal;

	const changes = [followed, ...violations.map(({ instead }) => instead)];
	const adjusted: Adjusted = Object.assign({}, ...changes);
	if (Object.keys(adjusted).length === 0) return { request };
	return { request: withAdjusted(request, adjusted), adjusted };
}

/**
 * The aspect ratio 'Same as Image' was chosen before the supported ratios of the model were known, so it is chosen
 * again.
 */
function ratioOfOwnImage(request: VideoRequest, info: ModelInfo) {
	const { followsImage, aspectRatio } = request;
	const image = followsImage && mainImage(request);
	const metadata = image?.kind === 'file' ? image.metadata : undefined;
	const used = metadata && nearest.ratioOfImage(uprightSize(metadata), info.aspectRatios);
	const isOther = used !== undefined && used !== aspectRatio;
	return isOther ? { aspectRatio: { requested: 'Same as Image', used } } : {};
}

function violationsOf(required: Requirements, info: ModelInfo): Violation[] {
	return [
		checkMode(required, info),
		checkPrompt(required, info),
		checkImages(required, info),
		checkReferences(required, info),
		checkUpscaling(required, info),
		checkSeconds(required, info),
		checkRatio(required, info),
		checkResolution(required, info),
		checkSize(required, info),
	].filter((violation) => violation !== undefined);
}

/** The modes of docs/protocols/lumenfall.md#model-list. A list with any other mode is ignored. */
const MODE = /^(text|image|video|audio|reference)-to-(video|image)$|^image-edit$/;

function checkMode({ mode, mustBeListed }: Requirements, info: ModelInfo): Violation | undefined {
	const { modes = [], upscale } = info;
	// An upscaler may list only its own mode.
	if (!mode || modes.includes(mode) || (mode === 'video-to-video' && upscale)) return undefined;
	const isKnown = modes.length > 0 && modes.every((word) => MODE.test(word));
	if (isKnown) return { refusal: limitErrors.modeUnsupported(nameOf(info), mode, modes) };
	return mustBeListed ? { refusal: limitErrors.inputIgnored(nameOf(info), 'video') } : undefined;
}

function checkPrompt({ promptLength }: Requirements, info: ModelInfo): Violation | undefined {
	const { maxPromptLength: max = Infinity } = info;
	if (promptLength <= max) return undefined;
	return { refusal: limitErrors.promptTooLong(nameOf(info), promptLength, max) };
}

function checkImages({ images }: Requirements, info: ModelInfo): Violation | undefined {
	const { max = Infinity, roles, frames, types } = info.images ?? {};
	const name = nameOf(info);
	const count = images.filter(({ apart }) => !apart).length;
	if (count > max) return { refusal: limitErrors.tooManyImages(name, count, max) };

	const given = images.flatMap(({ role }) => role ?? []);
	const role = roles && given.find((one) => !roles.includes(one));
	if (role) return { refusal: limitErrors.imageRoleUnsupported(name, role, roles) };
	const frame = frames && given.find((one) => one !== 'reference' && !frames.includes(one));
	if (frame) return { refusal: limitErrors.frameUnsupported(name, frame, frames) };
	const type = types && images.flatMap((one) => one.type ?? []).find((one) => !types.includes(one));
	if (type) return { refusal: limitErrors.imageTypeUnsupported(name, type, types) };
	return undefined;
}

/** A model ignores inputs that it does not list, and the video is still charged. */
function checkReferences(required: Requirements, info: ModelInfo): Violation | undefined {
	const { modes = [] } = info;
	const isIgnored = (input: string) => !modes.includes(`${input}-to-video`);
	if (required.hasReferenceVideos && isIgnored('video'))
		return { refusal: limitErrors.inputIgnored(nameOf(info), 'video') };
	if (required.hasReferenceAudio && isIgnored('audio'))
		return { refusal: limitErrors.inputIgnored(nameOf(info), 'audio') };
	return undefined;
}

function checkUpscaling(required: Requirements, info: ModelInfo): Violation | undefined {
	const { upscaleFactor: factor, creativity: level } = required;
	if (factor === undefined && level === undefined) return undefined;
	const name = nameOf(info);
	if (!info.upscale) return { refusal: limitErrors.noUpscaler(name) };
	const { min = 0, max = Infinity, creativity } = info.upscale;
	if (factor !== undefined && !(factor >= min && factor <= max))
		return { refusal: limitErrors.upscaleFactorUnsupported(name, factor, min, max) };
	if (level !== undefined && creativity && !creativity.includes(level))
		return { refusal: limitErrors.creativityUnsupported(name, level, creativity) };
	return undefined;
}

function checkSeconds({ seconds }: Requirements, info: ModelInfo): Violation | undefined {
	if (seconds === undefined) return undefined;
	const used = nearest.seconds(seconds, info.seconds);
	if (used === seconds) return undefined;
	return {
		refusal: limitErrors.durationUnsupported(nameOf(info), seconds, info.seconds ?? {}),
		instead: { seconds: { requested: seconds, used } },
	};
}

function checkRatio({ aspectRatio }: Requirements, info: ModelInfo): Violation | undefined {
	if (aspectRatio === undefined) return undefined;
	const used = nearest.aspectRatio(aspectRatio, info.aspectRatios);
	if (used === aspectRatio) return undefined;
	return {
		refusal: limitErrors.ratioUnsupported(nameOf(info), aspectRatio, info.aspectRatios ?? []),
		instead: { aspectRatio: { requested: aspectRatio, used } },
	};
}

function checkResolution({ resolution }: Requirements, info: ModelInfo): Violation | undefined {
	if (resolution === undefined) return undefined;
	const used = nearest.resolution(resolution, info);
	if (used === resolution) return undefined;
	const { resolutions, maxShortSide } = info;
	return {
		refusal: resolutions
			? limitErrors.resolutionUnsupported(nameOf(info), resolution, resolutions)
			: limitErrors.resolutionTooHigh(nameOf(info), resolution, `${maxShortSide}p`),
		instead: { resolution: { requested: resolution, used } },
	};
}

function checkSize({ size }: Requirements, info: ModelInfo): Violation | undefined {
	if (size === undefined) return undefined;
	const used = nearest.size(size, info);
	if (used === size) return undefined;
	return {
		refusal: limitErrors.sizeUnsupported(nameOf(info), size, info),
		instead: { size: { requested: size, used } },
	};
}
