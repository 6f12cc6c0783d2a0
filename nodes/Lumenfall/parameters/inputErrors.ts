import { counted, IF_EXPRESSION, invalid, megabytes, shown } from '../errors/message';

/**
 * The input is invalid: a parameter or a connected file. Found before anything is sent, so nothing is spent. Each
 * message names the parameter as the form shows it.
 */
export const inputErrors = {
	emptyModel: () =>
		invalid("'Model' is empty", "Choose a model from the list or enter its ID, e.g. 'sora-2'."),

	badDuration: (value: unknown) =>
		invalid(
			`'Duration (Seconds)' is ${shown(value)}, which is not a valid duration`,
			`Enter a number of seconds of 1 or more, for instance 8.${shown(value) === 'empty' ? ` ${IF_EXPRESSION}` : ''}`,
		),

	badImageUrl: (value: string) =>
		invalid(
			`'Image URL' is ${shown(value)}, which is not a URL`,
			'Enter a URL that starts with https:// and that the server can open without a login.',
		),

	badVideoUrl: (value: string) =>
		invalid(
			`'Video URL' is ${shown(value)}, which is not a URL`,
			'Enter a URL that starts with https:// and that the server can open without a login.',
		),

	/** @param site the name of the site, e.g. YouTube */
	pageInsteadOfFile: (parameter: string, url: string, site: string) =>
		invalid(
			`'${parameter}' is ${shown(url)}, a page of ${site} and not a file`,
			'Enter the URL of the file itself, or download the file with another node and use its binary field.',
		),

	badReferenceUrl: (parameter: string, value: string) =>
		invalid(
			`'${parameter}' contains ${shown(value)}, which is not a URL`,
			'Enter URLs that start with https:// and that the server can open without a login, separated by commas.',
		),

	/** @param found what the file is instead, as text */
	notAnImage: (field: string, found: string) =>
		invalid(
			`The file in '${field}' is not a PNG, JPEG or WebP image but ${found}`,
			"Connect an image, or convert the file first, for instance with the 'Edit Image' node.",
		),

	imageTooLarge: (field: string, bytes: number, maxBytes: number) =>
		invalid(
			`The image in '${field}' is ${megabytes(bytes)} MB, but at most ${megabytes(maxBytes)} MB can be sent`,
			"Use a smaller image. The 'Edit Image' node can resize it; a video has only a few megapixels.",
		),

	badJson: (parameter: string) =>
		invalid(
			`'${parameter}' is not a JSON object`,
			'Enter something like { "style": "film" }, or leave it empty.',
		),

	emptyVideoId: () =>
		invalid(
			"'Video ID' is empty",
			`Enter the ID that a generate operation returned, e.g. '{{ $json.id }}'. A failed item has it in '{{ $json.details.videoId }}'. ${IF_EXPRESSION}`,
		),

	unknownOperation: (operation: string) =>
		invalid(
			`'Operation' is ${shown(operation)}, which this version of the node does not support`,
			'Choose an operation from the list, or update the package.',
		),

	emptyFieldName: (parameter = 'Put Output File in Field', usual = 'data') =>
		invalid(
			`'${parameter}' is empty`,
			`Enter the name of the binary field for the file, usually '${usual}'.`,
		),

	/** @param others the fields of the item that contain files */
	missingFile: (parameter: string, field: string, itemIndex: number, others: string[]) =>
		invalid(
			`Item ${itemIndex} has no file in the field ${shown(field)}`,
			others.length > 0
				? `Check '${parameter}'. This item has files in: ${others.map(shown).join(', ')}.`
				: `This item has no files at all. Place a node before this one that outputs a file, such as 'HTTP Request' or a form, and enter its binary field in '${parameter}', often 'data'.`,
		),

	sameField: (field: string) =>
		invalid(
			`'Put Comparison Page in Field' and 'Put Output File in Field' are both '${field}'`,
			"Use another field for the page, usually 'page'.",
		),

	badModelCount: (count: number, min: number, max: number) =>
		invalid(
			`'Models' contains ${counted(count, 'model')}, but a comparison needs ${min} to ${max}`,
			'Add or remove models. Nothing was created.',
		),

	badSceneCount: (count: number, max: number) =>
		invalid(
			count === 0 ? "'Scenes' contains no scene" : `'Scenes' contains ${count} scenes`,
			`Enter 1 to ${max} scenes. Nothing was created.`,
		),

	emptyScene: (scene: number) =>
		invalid(
			`Scene ${scene} in 'Scenes' has no prompt`,
			'Describe the scene, or remove it. Nothing was created.',
		),

	modelTwice: (model: string, again: string) =>
		invalid(
			model === again
				? `'Models' contains ${shown(model)} twice`
				: `'Models' contains one model twice: ${shown(model)} and ${shown(again)}`,
			'Enter each model once. To compare one model at two providers, put the provider in front, e.g. fal/sora-2. Nothing was created.',
		),

	/** @param expected completes "Enter …" */
	badOption: (parameter: string, value: unknown, expected: string) =>
		invalid(`'${parameter}' is ${shown(value)}`, `Enter ${expected}.`),
};
