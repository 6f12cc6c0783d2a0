import type { IExecuteFunctions } from 'n8n-workflow';
import { inputErrors } from './inputErrors';
import { describeFile, extensionOf, imageTypeOf } from '../media/fileType';
import { readImageMetadata } from '../media/imageMetadata';
import type { InputImage, RequestImages } from '../request/videoRequest';
import type { Options } from './options';
import { readChoice, readText } from './values';

/**
 * The limit for an image in JSON is 20 MiB of characters, which is 15 MB of bytes
 * (docs/protocols/openai-videos.md#create-request).
 */
export const MAX_IMAGE_BYTES = 15_000_000;
/** An image that is resized before it is sent may be larger: a photo of 24 megapixels as PNG. */
const MAX_BYTES_TO_RESIZE = 60_000_000;

/** Where the images of an item come from, each as the name of a binary field or as a URL. */
export interface ImageSelection {
	/** The image of the form; absent if the form has none. */
	main?: { source: 'binary' | 'url'; name: string };
	isReference: boolean;
	lastFrame?: string;
	referenceImages: string[];
	/** Whether frames are resized to the size of the video. */
	isResized: boolean;
}

/** Reads which images the form names, without opening them. */
export function imageSelectionOf(
	execution: IExecuteFunctions,
	itemIndex: number,
	{ imageRole, lastFrame, referenceImages, imageFit }: Options,
): ImageSelection {
	return {
		main: readMain(execution, itemIndex),
		isReference: imageRole === 'reference',
		lastFrame,
		referenceImages,
		isResized: imageFit !== undefined,
	};
}

function readMain(execution: IExecuteFunctions, itemIndex: number): ImageSelection['main'] {
	const sources = ['binary', 'url', 'none'] as const;
	const source = readChoice(execution, 'imageSource', itemIndex, 'Image From', sources);
	if (source === 'none') return undefined;
	const field = source === 'url' ? 'imageUrl' : 'binaryPropertyName';
	return { source, name: readText(execution, field, itemIndex) };
}

/**
 * Reads and checks the images of an item, each by its role.
 * @throws FailureError naming the field
 */
export async function readImages(
	execution: IExecuteFunctions,
	itemIndex: number,
	selection: ImageSelection,
): Promise<RequestImages> {
	const { main, isReference, lastFrame, referenceImages, isResized } = selection;
	const maxFrameBytes = isResized ? MAX_BYTES_TO_RESIZE : MAX_IMAGE_BYTES;
	const read = async (name: string, maxBytes: number): Promise<InputImage> =>
		isWebUrl(name)
			? { kind: 'url', url: name }
			: await readFile(execution, itemIndex, name, maxBytes);

	const images: RequestImages = {};
	const references: InputImage[] = [];
	if (main?.source === 'url' && !isWebUrl(main.name)) throw inputErrors.badImageUrl(main.name);
	if (main) {
		const image = await read(main.name, maxFrameBytes);
		if (isReference) references.push(image);
		else images.image = image;
	}
	if (lastFrame) images.lastFrame = await read(lastFrame, maxFrameBytes);
	for (const name of referenceImages) references.push(await read(name, MAX_IMAGE_BYTES));
	return references.length > 0 ? { ...images, referenceImages: references } : images;
}

function isWebUrl(text: string): boolean {
	return /^https?:\/\/[^\s/]+\S*$/i.test(text);
}

/** The type comes from the bytes: a wrong one is a common cause of refusal after the upload. */
async function readFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	field: string,
	maxBytes: number,
): Promise<InputImage> {
	const binary = await Promise.resolve()
		.then(() => execution.helpers.assertBinaryData(itemIndex, field))
		.catch(() => {
			throw inputErrors.missingBinary(field);
		});
	// Checked first, so that a video connected by mistake is not read into memory.
	const size = binary.id ? (await execution.helpers.getBinaryMetadata(binary.id)).fileSize : 0;
	if (size > maxBytes) throw inputErrors.imageTooLarge(field, size, maxBytes);

	const bytes = await execution.helpers.getBinaryDataBuffer(itemIndex, field);
	const mimeType = imageTypeOf(bytes);
	if (!mimeType) throw inputErrors.notAnImage(field, describeFile(bytes));
	if (bytes.length > maxBytes) throw inputErrors.imageTooLarge(field, bytes.length, maxBytes);

	const name = binary.fileName?.replace(/\.[^.]*$/, '') || 'image';
	const fileName = `${name}.${extensionOf(mimeType)}`;
	return { kind: 'file', bytes, mimeType, fileName, facts: readImageMetadata(bytes) };
}
