import { inputErrors } from '../parameters/inputErrors';
import { imageErrors } from './imageErrors';
import { extensionOf } from '../media/fileType';
import { fitImage, type Fit } from '../media/image/fitImage';
import type { Size } from '../media/image/imageMetadata';
import { MAX_IMAGE_BYTES, MAX_PIXELS } from '../media/image/limits';
import type { ItemContext } from '../context';
import { hintOtherSize } from '../output/hintTexts';
import type { InputImage, VideoRequest } from '../request/videoRequest';
import { sizeOfVideo, sizesOf } from '../request/frameSize';

/**
 * Resizes the frames of the request to the exact size of the video, if the user chose it. Images are resized one after
 * another and block n8n meanwhile: 0.6 s for a JPEG of 12 megapixels (see bench/RESULTS.md).
 * @throws FailureError if an image is damaged or too large
 */
export async function resizeImages(
	context: ItemContext,
	request: VideoRequest,
): Promise<VideoRequest> {
	const { image, lastFrame, imageFit } = request;
	const size = sizeOfVideo(request);
	if (!imageFit || !size) {
		if (!context.api.dialect.resizesImages) hintOtherSize(context.execution, sizesOf(request));
		return request;
	}
	const [width, height] = size.split('x').map(Number);
	return {
		...request,
		...(image && { image: await fitOnce(image, { width, height }, imageFit) }),
		...(lastFrame && { lastFrame: await fitOnce(lastFrame, { width, height }, imageFit) }),
	};
}

/** The dry run sends the same image, and models of a comparison may share one, so each image is resized once. */
const fitted = new WeakMap<InputImage, Map<string, Promise<InputImage>>>();

async function fitOnce(image: InputImage, size: Size, how: Fit): Promise<InputImage> {
	const versions = fitted.get(image) ?? new Map<string, Promise<InputImage>>();
	fitted.set(image, versions);
	const key = `${how} ${size.width}x${size.height}`;
	const version = versions.get(key) ?? fit(image, size, how);
	versions.set(key, version);
	return await version;
}

async function fit(image: InputImage, size: Size, how: Fit): Promise<InputImage> {
	if (image.kind === 'url') throw imageErrors.fitOfUrl();
	const { metadata, fileName } = image;
	if (!metadata) throw imageErrors.unknownSize(fileName);
	for (const { width, height } of [metadata, size]) {
		if (width * height > MAX_PIXELS)
			throw imageErrors.tooManyPixels(fileName, { width, height }, MAX_PIXELS);
	}
	const resized = await fitImage(image.bytes, metadata, size, how).catch(() => {
		throw imageErrors.cannotDecode(fileName);
	});
	if (resized.bytes.length > MAX_IMAGE_BYTES)
		throw inputErrors.imageTooLarge(fileName, resized.bytes.length, MAX_IMAGE_BYTES);

	return {
		kind: 'file',
		bytes: resized.bytes,
		mimeType: resized.type,
		fileName: fileName.replace(/[^.]*$/, extensionOf(resized.type)),
		metadata: { type: resized.type, ...size, orientation: 1 },
	};
}
