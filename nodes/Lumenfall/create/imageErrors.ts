import { invalid } from '../errors/message';
import type { Size } from '../media/image/imageMetadata';

/** The image prevents the requested shape or size. Found before anything is sent. */
export const imageErrors = {
	sameAsNothing: () =>
		invalid(
			"'Aspect Ratio' is 'Same as Image', but there is no image",
			"Choose a ratio, or use the operation 'Image to Video'.",
		),

	sameAsUrl: () =>
		invalid(
			"'Aspect Ratio' is 'Same as Image', but the image is a URL, which only the server opens",
			"Choose a ratio, or download the image first with the 'HTTP Request' node and choose 'Binary File' in 'Image From'.",
		),

	unknownSize: (name: string) =>
		invalid(
			`The size of the image '${name}' cannot be read`,
			'The file is damaged or incomplete. Save it again, or choose another image.',
		),

	fitOfReferences: () =>
		invalid(
			"'Image Fit' is set, but there is no frame to resize: a reference may have any size",
			"Choose 'As Is' in 'Image Fit'.",
		),

	fitOfUrl: () =>
		invalid(
			"'Image Fit' is set, but the image is a URL, which only the server opens",
			"Download the image first with the 'HTTP Request' node and choose 'Binary File' in 'Image From', or choose 'As Is' in 'Image Fit'.",
		),

	fitWithoutSize: () =>
		invalid(
			"'Image Fit' is set, but the size of the video is left to the model",
			"Choose a ratio or 'Custom Size' in 'Aspect Ratio', so that the size is known, or choose 'As Is' in 'Image Fit'. A size in 'Additional Parameters' must be a 'size' in pixels.",
		),

	tooManyPixels: (name: string, { width, height }: Size, maxPixels: number) =>
		invalid(
			`The image '${name}' is ${width}x${height}, but 'Image Fit' supports up to ${maxPixels / 1_000_000} megapixels`,
			"Use a smaller image or a smaller video, or choose 'As Is' in 'Image Fit'.",
		),

	cannotDecode: (name: string) =>
		invalid(
			`'Image Fit' cannot open the image '${name}'`,
			"The file is damaged or of a rare format. Save it again, or choose 'As Is' in 'Image Fit'.",
		),
};
