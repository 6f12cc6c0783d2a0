import type { ItemPlace } from '../context';
import { describeFile, extensionOf, imageTypeOf } from '../media/fileType';
import { readImageMetadata } from '../media/image/imageMetadata';
import { MAX_BYTES_TO_RESIZE, MAX_IMAGE_BYTES } from '../media/image/limits';
import type { InputImage, RequestImages } from '../request/videoRequest';
import { isWebUrl } from '../support/urls';
import type { Form } from './form';
import { findFile, labelOf, optionalFile, type FileReference } from './fileReferences';
import { inputErrors } from './inputErrors';
import type { Options } from './options';

/** A file, and the display name of its field. */
interface FormFile {
	file: FileReference;
	parameter: string;
}

/** Where the images of an item come from. */
export interface ImageSelection {
	/** The image of the form; absent if the form has none. */
	main?: FormFile;
	isReference: boolean;
	lastFrame?: FileReference;
	referenceImages: FileReference[];
	/** Whether frames are resized to the size of the video. */
	isResized: boolean;
}

/** Reads which images the form selects, without opening them. */
export function imageSelectionOf(
	form: Form,
	{ imageRole, lastFrame, referenceImages, imageFit }: Options,
): ImageSelection {
	return {
		main: readMain(form),
		isReference: imageRole === 'reference',
		lastFrame,
		referenceImages,
		isResized: imageFit !== undefined,
	};
}

/** @throws FailureError if the form requires an image and the field is empty */
function readMain(form: Form): FormFile | undefined {
	const source = readSource(form);
	if (source === 'none') return undefined;
	const [field, parameter, expected] = IMAGE_FIELDS[source];
	const file = optionalFile(parameter, expected).parse(form.value(field));
	if (source === 'binary') {
		if (!file) throw inputErrors.emptyFieldName(parameter);
	} else if (!file || (typeof file === 'string' && !isWebUrl(file) && !isDataUrl(file)))
		throw inputErrors.badImageUrl(file ?? '');
	return { file, parameter };
}

const IMAGE_FIELDS = {
	binary: ['binaryPropertyName', 'Input Binary Field', undefined],
	url: ['imageUrl', 'Image URL', 'one URL that starts with https://'],
} as const;

/** The options of this field and its default depend on the operation. */
function readSource(form: Form): 'binary' | 'url' | 'none' {
	return form.text('operation', 'Operation') === 'imageToVideo'
		? form.choice('imageSource', 'Image From', ['binary', 'url'])
		: form.choice('imageSource', 'Image From', ['none', 'binary', 'url']);
}

/**
 * Reads and checks the images of an item, by role.
 * @throws FailureError naming the field
 */
export async function readImages(
	item: ItemPlace,
	selection: ImageSelection,
): Promise<RequestImages> {
	const { main, isReference, lastFrame, referenceImages, isResized } = selection;
	const maxFrameBytes = isResized ? MAX_BYTES_TO_RESIZE : MAX_IMAGE_BYTES;
	const read = async (source: FormFile, maxBytes: number): Promise<InputImage> =>
		await readImage(item, source, maxBytes);

	const images: RequestImages = {};
	const references: InputImage[] = [];
	if (main) {
		const image = await read(main, maxFrameBytes);
		if (isReference) references.push(image);
		else images.image = image;
	}
	if (lastFrame) {
		const source = { file: lastFrame, parameter: 'Last Frame' };
		images.lastFrame = await read(source, maxFrameBytes);
	}
	for (const file of referenceImages)
		references.push(await read({ file, parameter: 'Reference Images' }, MAX_IMAGE_BYTES));
	return references.length > 0 ? { ...images, referenceImages: references } : images;
}

async function readImage(item: ItemPlace, source: FormFile, maxBytes: number): Promise<InputImage> {
	const { file } = source;
	if (typeof file !== 'string' || !(isWebUrl(file) || isDataUrl(file)))
		return await readFile(item, source, maxBytes);
	return isWebUrl(file)
		? { kind: 'url', url: file }
		: toImage(bytesOfDataUrl(file, maxBytes), labelOf(file), maxBytes);
}

function isDataUrl(text: string): boolean {
	return /^data:[^,]*;base64,/i.test(text);
}

function bytesOfDataUrl(url: string, maxBytes: number): Buffer {
	const base64 = withoutPercents(url.slice(url.indexOf(',') + 1));
	const bytes = Math.floor(base64.length * 0.75);
	if (bytes > maxBytes) throw inputErrors.imageTooLarge(labelOf(url), bytes, maxBytes);
	return Buffer.from(base64, 'base64');
}

/** Decodes the signs of base64 that a program has encoded for a URL: `%2B`, `%2F` and `%3D`. */
function withoutPercents(base64: string): string {
	return base64.replace(/%([\da-f]{2})/gi, (_, code: string) =>
		String.fromCharCode(Number.parseInt(code, 16)),
	);
}

async function readFile(
	item: ItemPlace,
	{ file, parameter }: FormFile,
	maxBytes: number,
): Promise<InputImage> {
	const { execution, itemIndex } = item;
	const { helpers } = execution;
	const label = labelOf(file);
	const binary = await findFile(item, file, parameter);
	// Checked before reading, so that a video connected by mistake is not loaded into memory.
	const size = binary.id ? (await helpers.getBinaryMetadata(binary.id)).fileSize : 0;
	if (size > maxBytes) throw inputErrors.imageTooLarge(label, size, maxBytes);
	const bytes = await helpers.getBinaryDataBuffer(itemIndex, binary);
	return toImage(bytes, label, maxBytes, binary.fileName);
}

/** The type is detected from the bytes, because files often have the wrong type and are refused after the upload. */
function toImage(bytes: Buffer, label: string, maxBytes: number, fileName?: string): InputImage {
	const mimeType = imageTypeOf(bytes);
	if (!mimeType) throw inputErrors.notAnImage(label, describeFile(bytes));
	if (bytes.length > maxBytes) throw inputErrors.imageTooLarge(label, bytes.length, maxBytes);
	const name = `${fileName?.replace(/\.[^.]*$/, '') || 'image'}.${extensionOf(mimeType)}`;
	return { kind: 'file', bytes, mimeType, fileName: name, metadata: readImageMetadata(bytes) };
}
