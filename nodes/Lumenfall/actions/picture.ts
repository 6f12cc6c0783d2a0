import type { IExecuteFunctions } from 'n8n-workflow';
import { inputFailures } from '../errors/inputFailures';
import { sizesOf } from '../job/pictureShape';
import type { InputImage, VideoRequest } from '../job/request';
import { readPictureFacts } from '../media/pictureFacts';
import { describeFile, extensionOf, pictureTypeOf } from '../media/fileType';
import type { ActionContext } from './action';
import { readOptions, readText } from './form';
import { hintOnce } from './hint';

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
		: await readBinary(execution, itemIndex);
}

function readAddress(execution: IExecuteFunctions, itemIndex: number): InputImage {
	const url = readText(execution, 'imageUrl', itemIndex);
	if (!/^https?:\/\/[^\s/]+\S*$/i.test(url)) throw inputFailures.badImageUrl(url);
	return { kind: 'url', url };
}

async function readBinary(execution: IExecuteFunctions, itemIndex: number): Promise<InputImage> {
	const field = readText(execution, 'binaryPropertyName', itemIndex);
	const isFitted = readOptions(execution, itemIndex).imageFit !== undefined;
	const maxBytes = isFitted ? MAX_BYTES_TO_FIT : MAX_PICTURE_BYTES;
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

/** Servers that do not fit pictures themselves may refuse one of another size, or stretch it; most do not say which. */
export function hintAtOtherSize({ execution, api }: ActionContext, request: VideoRequest): void {
	if (api.dialect.fitsPictures || request.image?.kind !== 'file') return;
	const { pictureSize, videoSize } = sizesOf(request);
	if (!pictureSize || !videoSize || pictureSize === videoSize) return;
	hintOnce(
		execution,
		'pictureSize',
		`The picture has ${pictureSize} pixels, the video ${videoSize}. Some servers refuse that, others stretch the picture. The option 'Image Fit' gives it exactly the size of the video.`,
	);
}
