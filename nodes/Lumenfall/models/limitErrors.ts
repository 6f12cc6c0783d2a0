import { invalid, listed } from '../errors/message';
import type { ImageRole } from '../request/requirements';
import type { Durations, ModelInfo } from './modelInfo';

const OR_NEAREST =
	"Or choose 'Use Nearest' in the option 'Unsupported Values'. The built-in limits may be outdated; 'Send Anyway' lets the server decide.";

const ROLES: Record<ImageRole, string> = {
	first: 'the first frame',
	last: 'the last frame',
	reference: 'a reference',
};

/**
 * Errors for values that a model does not support. Found before anything is sent. Each message contains the parameter's
 * display name and the supported values.
 */
export const limitErrors = {
	modeUnsupported: (model: string, mode: string, modes: string[]) =>
		invalid(
			`${model} does not support ${modeInWords(mode)} (supported: ${listed(modes.map(modeInWords), 'and')})`,
			"Choose another 'Model', or another operation.",
		),

	/** @param input `video` or `audio` */
	inputIgnored: (model: string, input: string) =>
		invalid(
			`${model} is not known to support ${input} as an input, so the server may ignore it and still charge for the video`,
			"Choose another 'Model'. If its page says that it supports this, choose 'Send Anyway' in the option 'Unsupported Values'.",
		),

	noUpscaler: (model: string) =>
		invalid(
			`'Upscale Factor' or 'Creativity' is set, but ${model} is not known to upscale videos`,
			"Choose a model that does, or remove these options. 'Send Anyway' in 'Unsupported Values' lets the server decide.",
		),

	upscaleFactorUnsupported: (model: string, value: number, min: number, max: number) =>
		invalid(
			`'Upscale Factor' is ${value}, but ${model} supports ${min} to ${max}`,
			'Enter a supported factor, or choose another model.',
		),

	creativityUnsupported: (model: string, value: number, levels: number[]) =>
		invalid(
			`'Creativity' is ${value}, but ${model} supports only ${listed(levels.map(String))}`,
			'Enter a supported level, or choose another model.',
		),

	promptTooLong: (model: string, length: number, max: number) =>
		invalid(
			`'Prompt' has ${length} characters, but ${model} supports at most ${max}`,
			'Shorten it, or choose another model.',
		),

	tooManyImages: (model: string, count: number, max: number) =>
		invalid(
			`There are ${count} images, but ${model} supports at most ${max}`,
			"Remove some of 'Reference Images', or choose another 'Model'.",
		),

	imageRoleUnsupported: (model: string, role: ImageRole, roles: ImageRole[]) =>
		invalid(
			`An image is given as ${ROLES[role]}, but ${model} supports images only as ${listed(roles.map((supported) => ROLES[supported]))}`,
			"Change 'Image Role', or choose another 'Model'.",
		),

	frameUnsupported: (model: string, role: ImageRole, frames: ImageRole[]) =>
		invalid(
			`An image is given as ${ROLES[role]}, but ${model} supports ${frames.length > 0 ? `only ${listed(frames.map((supported) => ROLES[supported]))}` : 'no frames'}`,
			"Remove it or change its role ('Image Role', 'Last Frame', 'Reference Images'), or choose another model.",
		),

	imageTypeUnsupported: (model: string, type: string, types: string[]) =>
		invalid(
			`The image is ${type}, but ${model} supports only ${listed(types)}`,
			"Convert the image first, for instance with the 'Edit Image' node, or choose another model.",
		),

	durationUnsupported: (model: string, value: number, durations: Durations) =>
		invalid(
			`'Duration (Seconds)' is ${value}, but ${model} supports ${durationsInWords(value, durations)}`,
			`Enter a supported duration, or choose another model. ${OR_NEAREST}`,
		),

	ratioUnsupported: (model: string, value: string, ratios: string[]) =>
		invalid(
			`'Aspect Ratio' is ${value}, but ${model} supports only ${listed(ratios)}`,
			`Choose one of these, or choose another model. ${OR_NEAREST}`,
		),

	resolutionUnsupported: (model: string, value: string, resolutions: string[]) =>
		invalid(
			`'Resolution' is ${value}, but ${model} supports only ${listed(resolutions)}`,
			`Choose one of these or 'Model Default', or choose another model. ${OR_NEAREST}`,
		),

	resolutionTooHigh: (model: string, value: string, most: string) =>
		invalid(
			`'Resolution' is ${value}, but ${model} supports at most ${most}`,
			`Choose ${most} or less or 'Model Default', or choose another model. ${OR_NEAREST}`,
		),

	sizeUnsupported: (model: string, value: string, info: ModelInfo) =>
		invalid(
			`'Custom Size' is ${value}, but ${model} supports only ${sizesOf(info)}`,
			`Enter a supported size, or choose another model. ${OR_NEAREST}`,
		),
};

/** Describes only the limits that the value exceeds. */
function durationsInWords(
	value: number,
	{ values, min = 0, max = Infinity, whole }: Durations,
): string {
	if (values) return `only ${listed(values.map(String))} seconds`;
	if (value > max) return `at most ${max} seconds`;
	if (value < min) return `at least ${min} seconds`;
	return whole ? 'whole seconds only' : 'other durations';
}

function sizesOf({ sizes, aspectRatios, resolutions, maxShortSide }: ModelInfo): string {
	if (sizes) return listed(sizes);
	const shapes = aspectRatios ? listed(aspectRatios) : 'sizes';
	const tiers = resolutions
		? `in ${listed(resolutions)}`
		: maxShortSide && `of up to ${maxShortSide}p`;
	return tiers ? `${shapes} ${tiers}` : shapes;
}

function modeInWords(mode: string): string {
	return mode.replace(/-/g, ' ');
}
