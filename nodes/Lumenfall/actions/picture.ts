import type { IExecuteFunctions } from 'n8n-workflow';
import { inputFailures } from '../errors/inputFailures';
import type { InputImage } from '../job/request';
import { readPictureFacts } from '../media/pictureFacts';
import { describeFile, extensionOf, pictureTypeOf } from '../media/fileType';
import { readOptions, readText } from './form';

/** The contract's limit for a picture in JSON is 20 MiB of characters, which is 15 MB of bytes (OpenAI Videos 1.1). */
export const MAX_PICTURE_BYTES = 15_000_000;
/** What is made smaller before it is sent may be larger: a photo of 24 megapixels as PNG. */
const MAX_BYTES_TO_FIT = 60_000_000;

/**
 * The picture the form names, read and checked. The type comes from the bytes: a wrong one is a common cause of
 * refusal after the upload.
 */
export async function readPicture(
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
	if (!isWebAddress(url)) throw inputFailures.badImageUrl(url);
	return { kind: 'url', url };
}

export function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s/]+\S*$/i.test(text);
}

/** The picture in a field that becomes a frame of the video. */
export async function readFrameFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<InputImage> {
	const isFitted = readOptions(execution, itemIndex).imageFit !== undefined;
	const maxBytes = isFitted ? MAX_BYTES_TO_FIT : MAX_PICTURE_BYTES;
	return await readPictureFile(execution, itemIndex, field, maxBytes);
}

/** The picture in a field, checked. */
export async function readPictureFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	field: string,
	maxBytes = MAX_PICTURE_BYTES,
): Promise<InputImage> {
	const binary = await Promise.resolve()
		.then(() => execution.helpers.assertBinaryData(itemIndex, field))
		.catch(() => {
			throw inputFailures.missingBinary(field);
		});
	// Asked first, so that a film connected by mistake is not read into memory.
	const size = binary.id ? (await execution.helpers.getBinaryMetadata(binary.id)).fileSize : 0;
	if (size > maxBytes) throw inputFailures.pictureTooLarge(field, size, maxBytes);

	const bytes = await execution.helpers.getBinaryDataBuffer(itemIndex, field);
	const mimeType = pictureTypeOf(bytes);
	if (!mimeType) throw inputFailures.notAPicture(field, describeFile(bytes));
	if (bytes.length > maxBytes) throw inputFailures.pictureTooLarge(field, bytes.length, maxBytes);

	const name = binary.fileName?.replace(/\.[^.]*$/, '') || 'picture';
	const fileName = `${name}.${extensionOf(mimeType)}`;
	return { kind: 'file', bytes, mimeType, fileName, facts: readPictureFacts(bytes) };
}
