import { FailureError } from './failure';

/**
 * What can be wrong with what the user typed or connected. All of it is found before anything is sent, so nothing
 * is spent. Each sentence names the parameter as the form shows it.
 */
export const inputErrors = {
	emptyPrompt: () =>
		invalid(
			"'Prompt' is empty",
			'Describe the video you want, for instance what moves and how the camera moves.',
		),
	emptyModel: () =>
		invalid("'Model' is empty", "Choose a model from the list or enter its ID, e.g. 'sora-2'."),
	badDuration: (value: unknown) =>
		invalid(
			`'Duration (Seconds)' is ${shown(value)}, which is not a length a video can have`,
			'Enter a number of seconds above 0, for instance 8.',
		),
	badSize: (value: string) =>
		invalid(
			`'Custom Size' is ${shown(value)}, which is not a size`,
			"Write width x height in pixels, e.g. '1280x720'.",
		),
	resolutionNeedsRatio: () =>
		invalid(
			"'Resolution' is set, but 'Aspect Ratio' is 'Model Default'",
			'This server takes only a full size in pixels. Choose an aspect ratio too.',
		),
	badImageUrl: (value: string) =>
		invalid(
			`'Image URL' is ${shown(value)}, which is not a web address`,
			'Enter an address that starts with https:// and that the server can open without a login.',
		),
	missingBinary: (field: string) =>
		invalid(
			`The item has no file in the field '${field}'`,
			"Check 'Input Binary Field' (or 'Last Frame' and 'Reference Images' in the options): it must be the field name of the node before, often 'data'.",
		),
	notAPicture: (field: string, found: string) =>
		invalid(
			`The file in '${field}' is not a PNG, JPEG or WebP picture but ${found}`,
			"Connect a picture, or convert it first (for instance with the 'Edit Image' node).",
		),
	pictureTooLarge: (field: string, bytes: number, maxBytes: number) =>
		invalid(
			`The picture in '${field}' has ${megabytes(bytes)} MB, but at most ${megabytes(maxBytes)} MB can be sent`,
			'Make it smaller first: the video has at most a few megapixels anyway.',
		),
	notWholeSeconds: (value: number, server: string) =>
		invalid(
			`'Duration (Seconds)' is ${value}, but ${server} takes whole seconds only`,
			'Enter a whole number.',
		),
	noNegativePrompt: (server: string) =>
		invalid(
			`'Negative Prompt' is set, but ${server} has no common field for it`,
			"Say it in 'Prompt', or set the parameter of the model's provider in 'Additional Parameters'.",
		),
	badJson: (parameter: string) =>
		invalid(
			`'${parameter}' is not a JSON object`,
			'Write something like { "style": "film" }, or leave it empty.',
		),
	protectedParameter: (names: string[]) =>
		invalid(
			`'Additional Parameters' must not contain ${names.map((name) => `'${name}'`).join(', ')}`,
			'These have a field of their own in this node; set them there.',
		),
	severalVideos: () =>
		invalid(
			"'Additional Parameters' asks for several videos at once ('n')",
			'This node makes one video per item, so that each is kept and paid for once. Send one item per video.',
		),
	sharedKey: () =>
		invalid(
			"'Idempotency Key' is the same for two different requests",
			"The server would give both the same video. Make the key differ per item, e.g. 'post-{{ $json.id }}', or leave it empty.",
		),
	keyTooLong: (max: number) =>
		invalid(`'Idempotency Key' is longer than ${max} characters`, 'Use a shorter key.'),
	emptyVideoId: () =>
		invalid(
			"'Video ID' is empty",
			"Enter the ID a generating operation put out, e.g. '{{ $json.id }}'.",
		),
	badVideoId: (value: string) =>
		invalid(
			`'Video ID' is ${shown(value)}, which is not an ID`,
			'Enter the ID a generating operation put out.',
		),
	badBaseUrl: (value: string) =>
		invalid(
			`'Base URL' in the credential is ${shown(value)}, which is not a web address`,
			'Enter an address such as https://api.lumenfall.ai/openai/v1.',
		),
	baseUrlWith: (part: string) =>
		invalid(
			`'Base URL' in the credential contains ${part}`,
			"Enter only what stands in front of /videos, such as https://api.lumenfall.ai/openai/v1. The key belongs in 'API Key'.",
		),
	badApiKey: () =>
		invalid(
			"'API Key' in the credential contains a character that no request can carry",
			'Copy the key again, without blanks, line breaks or quotation marks in it.',
		),
	unknownOperation: (operation: string) =>
		invalid(
			`'Operation' is ${shown(operation)}, which this version of the node does not know`,
			'Choose an operation from the list, or update the package.',
		),
	badFieldName: (parameter = 'Put Output File in Field', usual = 'data') =>
		invalid(`'${parameter}' is empty`, `Enter the field name for the file, usually '${usual}'.`),
	sameField: (field: string) =>
		invalid(
			`'Put Comparison Page in Field' and 'Put Output File in Field' are both '${field}'`,
			"Give the page a field of its own, usually 'page'.",
		),
	badModelCount: (count: number, min: number, max: number) =>
		invalid(
			`'Models' names ${count} ${count === 1 ? 'model' : 'models'}, but a comparison takes ${min} to ${max}`,
			'Add or remove models. Nothing was ordered.',
		),
	modelTwice: (model: string, again: string) =>
		invalid(
			model === again
				? `'Models' names ${shown(model)} twice`
				: `'Models' names one model twice: ${shown(model)} and ${shown(again)}`,
			'Name each model once; for the same model at two providers put the provider in front, e.g. fal/sora-2. Nothing was ordered.',
		),
	badOption: (parameter: string, value: unknown, expected: string) =>
		invalid(`'${parameter}' is ${shown(value)}`, `Enter ${expected}.`),
};

export function invalid(message: string, advice: string): FailureError {
	return new FailureError({ kind: 'invalidInput', message, advice });
}

export function shown(value: unknown): string {
	if (typeof value === 'number') return String(value);
	const text = typeof value === 'string' ? value : String(JSON.stringify(value) ?? value);
	return text === '' ? 'empty' : `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}

function megabytes(bytes: number): string {
	return (bytes / 1_000_000).toFixed(1);
}
