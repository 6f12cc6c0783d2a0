import { invalid } from '../../errors/message';

const OPENROUTER_FORMAT =
	"OpenRouter has a field for this. For another server that uses OpenRouter's format, choose 'OpenAI Compatible' in 'Server' and 'OpenRouter' in 'Request Format' in the credential.";

/** Errors for input that the form accepts, but this server does not support. Found before anything is sent. */
export const dialectErrors = {
	resolutionNeedsRatio: () =>
		invalid(
			"'Resolution' is set, but 'Aspect Ratio' is 'Model Default'",
			'This server supports only a full size in pixels. Choose an aspect ratio too.',
		),

	noShapeField: (field: 'Resolution' | 'Custom Size', server: string) =>
		invalid(
			`'${field}' is set, but ${server} has no field for it`,
			"Choose 'Model Default' in 'Resolution' and a ratio in 'Aspect Ratio'.",
		),

	noImages: (server: string) =>
		invalid(
			`There is an image, but ${server} has no field for one and would make a video without it`,
			"Use 'Text to Video', or a server that supports images.",
		),

	wholeSecondsOnly: (value: number, server: string) =>
		invalid(
			`'Duration (Seconds)' is ${value}, but ${server} supports whole seconds only`,
			'Enter a whole number.',
		),

	noNegativePrompt: (server: string) =>
		invalid(
			`'Negative Prompt' is set, but ${server} has no common field for it`,
			"Describe it in 'Prompt', or set the parameter of the model's provider in 'Additional Parameters'.",
		),

	/** @param parameter an option with a field only in OpenRouter's format */
	noField: (parameter: string, server: string) =>
		invalid(
			`'${parameter}' is set, but ${server} has no common field for it`,
			`Remove it. If the model's page names a parameter for it, set that in 'Additional Parameters'. ${OPENROUTER_FORMAT}`,
		),

	fixedExtension: (seconds: number) =>
		invalid(
			`'Duration (Seconds)' must be ${seconds}: this server makes a video longer by ${seconds} seconds at a time`,
			`Enter ${seconds}. For a longer video, extend the result again.`,
		),

	editKeepsLength: () =>
		invalid(
			"'Duration (Seconds)' is set, but this server keeps the length of an edited video",
			'Enter 0.',
		),

	/** @param parameter an option of the form */
	notInChange: (parameter: string) =>
		invalid(
			`'${parameter}' is set, but this server has no field for it when it extends or edits a video`,
			"Remove it, and describe what matters in 'Prompt'.",
		),

	noLastFrame: (server: string) =>
		invalid(
			`'Last Frame' is set, but ${server} has no common field for it`,
			`Remove it. If the model's page names a parameter for it, enter that name in 'Last Frame Parameter'. ${OPENROUTER_FORMAT}`,
		),

	noReferences: (server: string) =>
		invalid(
			`'Reference Images' is set or 'Image Role' is 'Reference', but ${server} supports only the image for the first frame`,
			`Remove them, or use a server and a model that support references. ${OPENROUTER_FORMAT}`,
		),

	referencesNeedFirstFrame: (server: string) =>
		invalid(
			`There are reference images without a first frame, but ${server} has one field for all images, and this model may use the first reference as its first frame`,
			"Set 'Image Role' to 'First Frame' for the main image, or choose a model that is known to support references alone, such as Seedance 2.0.",
		),

	framesOrReferences: (server: string) =>
		invalid(
			`There are frames and references, but ${server} supports only one of them per video and would ignore the references`,
			"Remove 'Reference Images', 'Reference Videos' and 'Reference Audio', or set 'Image Role' to 'Reference' and remove 'Last Frame'.",
		),
};
