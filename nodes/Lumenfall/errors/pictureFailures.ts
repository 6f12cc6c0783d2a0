import { invalid } from './inputFailures';

/** What can be wrong with pictures and the choices about them. All of it is found before anything is sent. */
export const pictureFailures = {
	sameAsNothing: () =>
		invalid(
			"'Aspect Ratio' is 'Same as Image', but there is no picture",
			"Choose a ratio, or the operation 'Image to Video'.",
		),
	sameAsUrl: () =>
		invalid(
			"'Aspect Ratio' is 'Same as Image', but the picture is a URL, which only the server opens",
			"Choose a ratio, or fetch the picture first with the 'HTTP Request' node and choose 'Binary File' in 'Image From'.",
		),
	unknownSize: (name: string) =>
		invalid(
			`The size of the picture '${name}' cannot be read`,
			'The file is damaged or cut off. Save it again, or choose another one.',
		),
};
