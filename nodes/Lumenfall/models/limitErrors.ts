import type { Durations, ModelInfo } from './modelInfo';
import type { FailureError } from '../errors/failure';
import { invalid } from '../errors/inputErrors';
import type { ImageRole } from '../request/requested';

/**
 * What a model does not take. Found before anything is sent; each sentence names the parameter as the form shows it, and
 * what the model takes.
 */
export const limitErrors = {
	modeNotOffered: (model: string, mode: string, modes: string[]): FailureError =>
		invalid(
			`${model} does not do ${inWords(mode)}, but ${listed(modes.map(inWords), 'and')}`,
			"Choose another 'Model', or another operation.",
		),
	promptTooLong: (model: string, length: number, max: number) =>
		invalid(
			`'Prompt' has ${length} characters, but ${model} takes at most ${max}`,
			'Shorten it, or choose another model.',
		),
	tooManyImages: (model: string, count: number, max: number) =>
		invalid(
			`There are ${count} pictures, but ${model} takes at most ${max}`,
			'Use fewer pictures, or choose another model.',
		),
	imageRoleNotTaken: (model: string, role: ImageRole, roles: ImageRole[]) =>
		invalid(
			`A picture is given as ${ROLES[role]}, but ${model} takes pictures only as ${listed(roles.map((taken) => ROLES[taken]))}`,
			'Give the picture another role, or choose another model.',
		),
	frameNotTaken: (model: string, role: ImageRole, frames: ImageRole[]) =>
		invalid(
			`A picture is given as ${ROLES[role]}, but ${model} takes ${frames.length > 0 ? `only ${listed(frames.map((taken) => ROLES[taken]))}` : 'no frames'}`,
			"Remove it or give it another role ('Image Role', 'Last Frame', 'Reference Images'), or choose another model.",
		),
	imageTypeNotTaken: (model: string, type: string, types: string[]) =>
		invalid(
			`The picture is ${type}, but ${model} takes only ${listed(types)}`,
			"Convert the picture first (for instance with the 'Edit Image' node), or choose another model.",
		),
	durationNotOffered: (model: string, value: number, durations: Durations) =>
		invalid(
			`'Duration (Seconds)' is ${value}, but ${model} makes ${lengths(value, durations)}`,
			`Enter such a length, or choose another model. ${OR_NEAREST}`,
		),
	ratioNotOffered: (model: string, value: string, ratios: string[]) =>
		invalid(
			`'Aspect Ratio' is ${value}, but ${model} makes only ${listed(ratios)}`,
			`Use one of these, or choose another model. ${OR_NEAREST}`,
		),
	resolutionNotOffered: (model: string, value: string, resolutions: string[]) =>
		invalid(
			`'Resolution' is ${value}, but ${model} makes only ${listed(resolutions)}`,
			`Use one of these or 'Model Default', or choose another model. ${OR_NEAREST}`,
		),
	resolutionTooHigh: (model: string, value: string, most: string) =>
		invalid(
			`'Resolution' is ${value}, but ${model} makes at most ${most}`,
			`Use ${most} or less or 'Model Default', or choose another model. ${OR_NEAREST}`,
		),
	sizeNotOffered: (model: string, value: string, facts: ModelInfo) =>
		invalid(
			`'Custom Size' is ${value}, but ${model} makes only ${sizesOf(facts)}`,
			`Use such a size, or choose another model. ${OR_NEAREST}`,
		),
};

const OR_NEAREST =
	"Or set the option 'Unsupported Values' to 'Use Nearest'; what is known of models is dated, so 'Send Anyway' asks the server.";

const ROLES: Record<ImageRole, string> = {
	first: 'the first frame',
	last: 'the last frame',
	reference: 'a reference',
};

/** The part of the limits that the value breaks. */
function lengths(value: number, { values, min = 0, max = Infinity, whole }: Durations): string {
	if (values) return `only ${listed(values.map(String))} seconds`;
	if (value > max) return `at most ${max} seconds`;
	if (value < min) return `at least ${min} seconds`;
	return whole ? 'whole seconds only' : 'other lengths';
}

function sizesOf({ sizes, aspectRatios, resolutions, maxLines }: ModelInfo): string {
	if (sizes) return listed(sizes);
	const shapes = aspectRatios ? listed(aspectRatios) : 'sizes';
	const tiers = resolutions ? `in ${listed(resolutions)}` : maxLines && `of up to ${maxLines}p`;
	return tiers ? `${shapes} ${tiers}` : shapes;
}

function inWords(mode: string): string {
	return mode.replace(/-/g, ' ');
}

function listed(values: string[], last = 'or'): string {
	return values.length < 2
		? values.join()
		: `${values.slice(0, -1).join(', ')} ${last} ${values[values.length - 1]}`;
}
