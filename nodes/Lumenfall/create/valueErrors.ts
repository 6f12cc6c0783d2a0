import { IF_EXPRESSION, invalid, shown } from '../errors/message';

/**
 * A value of a request that no model and no server supports. Nothing has been sent yet, so nothing is spent. Each message
 * names the parameter as the form shows it.
 */
export const valueErrors = {
	emptyPrompt: () =>
		invalid(
			"'Prompt' is empty",
			`Describe the video you want, for instance what moves and how the camera moves. ${IF_EXPRESSION}`,
		),

	notAText: (parameter: string, value: string) =>
		invalid(
			`'${parameter}' is ${shown(value)}: its expression returned no text`,
			'Use an expression that returns text, and check that the field is in Expression mode, not Fixed.',
		),

	badSize: (value: string) =>
		invalid(
			`'Custom Size' is ${shown(value)}, which is not a size`,
			"Enter width x height in pixels, e.g. '1280x720'.",
		),

	/** @param reason why the URL cannot be opened from the internet, as the end of a sentence */
	privateUrl: (parameter: string, url: string, reason: string) =>
		invalid(
			`'${parameter}' is ${shown(url)}, which the server cannot open: ${reason}`,
			"Enter a URL that can be opened from the internet, or get the file with the 'HTTP Request' node and use its binary field.",
		),

	protectedParameter: (names: string[]) =>
		invalid(
			`'Additional Parameters' must not contain ${names.map((name) => `'${name}'`).join(', ')}`,
			'Use the fields of this node for them.',
		),

	severalVideos: (name: string) =>
		invalid(
			`'Additional Parameters' requests several videos at once ('${name}')`,
			'Use one item per video. This node creates one video per item, so that none is lost or paid for twice.',
		),

	keyTooLong: (max: number) =>
		invalid(`'Idempotency Key' is longer than ${max} characters`, 'Use a shorter key.'),

	badLastFrameParameter: (name: string) =>
		invalid(
			`'Last Frame Parameter' is ${shown(name)}, which cannot be the name of a parameter for a last frame`,
			"Enter the name from the model's page, for instance 'end_image_url'.",
		),
};
