import type { Size } from '../media/imageMetadata';
import { invalid, shown } from './inputErrors';

/** What can be wrong with pictures and the choices about them. All of it is found before anything is sent. */
export const imageErrors = {
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
	lastFrameNotTaken: (server: string) =>
		invalid(
			`'Last Frame' is set, but ${server} has no common way to take one`,
			`Remove it. Where the model's page names a parameter of its own for it, enter that name in 'Last Frame Parameter'. ${OPENROUTER_WAY}`,
		),
	badParameter: (name: string) =>
		invalid(
			`'Last Frame Parameter' is ${shown(name)}, which cannot be the name of a parameter for a last frame`,
			"Enter the name from the model's page, for instance 'end_image_url'.",
		),
	referencesNotTaken: (server: string) =>
		invalid(
			`'Reference Images' or a picture as 'Reference' is set, but ${server} takes only the one picture the video starts on`,
			`Remove them, or use a server and a model that take references. ${OPENROUTER_WAY}`,
		),
	referenceAlone: (server: string) =>
		invalid(
			`There are references without a first frame, but ${server} has one field for all pictures, and this model is not known to take references alone: it would start on the first of them`,
			'Give a first frame too, or choose a model that is known to, such as Seedance 2.0.',
		),
	framesAndReferences: (server: string) =>
		invalid(
			`There are frames and reference images, but ${server} makes a video from either and would drop the references`,
			"Remove 'Reference Images', or set 'Image Role' to 'Reference' and remove 'Last Frame'.",
		),
	fitOfReferences: () =>
		invalid(
			"'Image Fit' is set, but there is no frame: a reference may have any size",
			"Choose 'As Is' in 'Image Fit'.",
		),
	fitWithoutSize: () =>
		invalid(
			"'Image Fit' is set, but the size of the video is left to the model",
			"Choose a ratio or 'Custom Size' in 'Aspect Ratio', so that the size is known, or 'As Is' in 'Image Fit'. A shape in 'Additional Parameters' must be a 'size' in pixels.",
		),
	fitOfUrl: () =>
		invalid(
			"'Image Fit' is set, but the picture is a URL, which only the server opens",
			"Fetch the picture first with the 'HTTP Request' node and choose 'Binary File' in 'Image From', or choose 'As Is' in 'Image Fit'.",
		),
	tooManyPixels: (name: string, { width, height }: Size, maxPixels: number) =>
		invalid(
			`'Image Fit' cannot work on ${width}x${height} pixels (picture '${name}'), but on at most ${maxPixels / 1_000_000} megapixels`,
			"Make the picture and the video smaller, or choose 'As Is' in 'Image Fit'.",
		),
	notDecoded: (name: string) =>
		invalid(
			`The picture '${name}' cannot be opened to give it the size of the video`,
			"The file is damaged, or of a rare kind. Save it again, or choose 'As Is' in 'Image Fit'.",
		),
	unknownSize: (name: string) =>
		invalid(
			`The size of the picture '${name}' cannot be read`,
			'The file is damaged or cut off. Save it again, or choose another one.',
		),
};

const OPENROUTER_WAY =
	"OpenRouter takes such pictures; for another server that takes them as OpenRouter does, choose 'OpenAI Compatible' and 'Request Format' = 'OpenRouter' in the credential.";
