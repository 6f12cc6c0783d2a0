import type { IExecuteFunctions } from 'n8n-workflow';
import { inputErrors } from '../errors/inputErrors';
import { readImageMetadata } from '../media/imageMetadata';
import { describeFile, extensionOf, imageTypeOf } from '../media/fileType';
import { readOptions, readText } from './form';
import type { InputImage } from '../request/videoRequest';

/** The contract's limit for a picture in JSON is 20 MiB of characters, which is 15 MB of bytes (OpenAI Videos 1.1). */
export const MAX_IMAGE_BYTES = 15_000_000;
/** What is made smaller before it is sent may be larger: a photo of 24 megapixels as PNG. */
const MAX_BYTES_TO_FIT = 60_000_000;

/**
 * The picture the form names, read and checked. The type comes from the bytes: a wrong one is a common cause of
 * refusal after the upload.
 */
export async function readImage(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<InputImage> {
	return readText(execution, 'imageSource', itemIndex) === 'url'
		? readAddress(execution, itemIndex)
		: await readFrameFile(
				execution,
				itemIndex,
				readText(execution, 'binaryPropertyName', itemIndex),
			);
}

function readAddress(execution: IExecuteFunctions, itemIndex: number): InputImage {
	const url = readText(execution, 'imageUrl', itemIndex);
	if (!isWebUrl(url)) throw inputErrors.badImageUrl(url);
	return { kind: 'url', url };
}

export function isWebUrl(text: string): boolean {
	return /^https?:\/\/[^\s/]+\S*$/i.test(text);
}

/** The picture in a field that becomes a frame of the video. */
export async function readFrameFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<InputImage> {
	const isFitted = readOptions(execution, itemIndex).imageFit !== undefined;
	const maxBytes = isFitted ? MAX_BYTES_TO_FIT : MAX_IMAGE_BYTES;
	return await readImageFile(execution, itemIndex, field, maxBytes);
}

/** The picture in a field, checked. */
export async function readImageFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	field: string,
	maxBytes = MAX_IMAGE_BYTES,
): Promise<InputImage> {
	const binary = await Promise.resolve()
		.then(() => execution.helpers.assertBinaryData(itemIndex, field))
		.catch(() => {
			throw inputErrors.missingBinary(field);
		});
	// Asked first, so that a film connected by mistake is not read into memory.
	const size = binary.id ? (await execution.helpers.getBinaryMetadata(binary.id)).fileSize : 0;
	if (size > maxBytes) throw inputErrors.pictureTooLarge(field, size, maxBytes);

	const bytes = await execution.helpers.getBinaryDataBuffer(itemIndex, field);
	const mimeType = imageTypeOf(bytes);
	if (!mimeType) throw inputErrors.notAPicture(field, describeFile(bytes));
	if (bytes.length > maxBytes) throw inputErrors.pictureTooLarge(field, bytes.length, maxBytes);

	const name = binary.fileName?.replace(/\.[^.]*$/, '') || 'picture';
	const fileName = `${name}.${extensionOf(mimeType)}`;
	return { kind: 'file', bytes, mimeType, fileName, facts: readImageMetadata(bytes) };
}
