import { inputFailures } from '../errors/inputFailures';
import { pictureFailures } from '../errors/pictureFailures';
import { hashOfBytes } from '../job/idempotency';
import type { InputImage, VideoRequest } from '../job/request';
import { extensionOf } from '../media/fileType';
import { fitPicture, type Fit } from '../media/fitPicture';
import type { Size } from '../media/pictureFacts';
import { askedSize } from '../media/pixelSize';
import { MAX_PICTURE_BYTES } from './picture';

/** A picture takes some 20 bytes of memory per pixel while it is worked on, so this is half a gigabyte. */
const MAX_PIXELS = 25_000_000;

/**
 * Gives the pictures of the request exactly the size of the video, where the user wants that. Pictures are worked on one
 * after another, and n8n does nothing else in that time: some 0.7 s for a JPEG of 12 megapixels (see bench/RESULTS.md).
 * @throws FailureError where the size of the video is open, or the picture is a URL or damaged
 */
export async function fitPictures(request: VideoRequest): Promise<VideoRequest> {
	const { image, imageFit } = request;
	if (!image || !imageFit) return request;
	const size = askedSize(request);
	if (!size) throw pictureFailures.fitWithoutSize();

	const [width, height] = size.split('x').map(Number);
	return { ...request, image: await fit(image, { width, height }, imageFit) };
}

async function fit(image: InputImage, size: Size, how: Fit): Promise<InputImage> {
	if (image.kind === 'url') throw pictureFailures.fitOfUrl();
	const { facts, fileName } = image;
	if (!facts) throw pictureFailures.unknownSize(fileName);
	for (const { width, height } of [facts, size]) {
		if (width * height > MAX_PIXELS)
			throw pictureFailures.tooManyPixels(fileName, { width, height }, MAX_PIXELS);
	}
	const made = await fitPicture(image.bytes, facts, size, how).catch(() => {
		throw pictureFailures.notDecoded(fileName);
	});
	if (made.bytes.length > MAX_PICTURE_BYTES)
		throw inputFailures.pictureTooLarge(fileName, made.bytes.length, MAX_PICTURE_BYTES);

	return {
		kind: 'file',
		bytes: made.bytes,
		mimeType: made.type,
		fileName: fileName.replace(/[^.]*$/, extensionOf(made.type)),
		facts: { type: made.type, ...size, orientation: 1 },
		madeFromHash: hashOfBytes(image.bytes),
	};
}
