import { inputErrors } from '../parameters/inputErrors';
import { imageErrors } from './imageErrors';
import { extensionOf } from '../media/fileType';
import { fitImage, type Fit } from '../media/fitImage';
import type { Size } from '../media/imageMetadata';
import type { ItemContext } from '../context';
import { hintOnce } from '../output/hint';
import { MAX_IMAGE_BYTES } from '../parameters/images';
import type { InputImage, VideoRequest } from '../request/videoRequest';
import { sizeOfVideo, sizesOf } from '../request/shape';

/** A picture takes some 20 bytes of memory per pixel while it is worked on, so this is half a gigabyte. */
const MAX_PIXELS = 25_000_000;

/**
 * Gives the frames of the request exactly the size of the video, where the user wants that. Pictures are worked on one
 * after another, and n8n does nothing else in that time: 0.6 s for a JPEG of 12 megapixels (see bench/RESULTS.md).
 * @throws FailureError where a picture is damaged or too large
 */
export async function resizeImages(
	context: ItemContext,
	request: VideoRequest,
): Promise<VideoRequest> {
	const { image, lastFrame, imageFit } = request;
	const size = sizeOfVideo(request);
	if (!imageFit || !size) {
		hintAtOtherSize(context, request);
		return request;
	}
	const [width, height] = size.split('x').map(Number);
	return {
		...request,
		...(image && { image: await fitOnce(image, { width, height }, imageFit) }),
		...(lastFrame && { lastFrame: await fitOnce(lastFrame, { width, height }, imageFit) }),
	};
}

/** Servers that do not fit pictures themselves may refuse one of another size, or stretch it; most do not say which. */
function hintAtOtherSize({ execution, api }: ItemContext, request: VideoRequest): void {
	const { imageSize, videoSize } = sizesOf(request);
	const isKnown = imageSize !== undefined && videoSize !== undefined;
	if (api.dialect.resizesImages || !isKnown || imageSize === videoSize) return;
	hintOnce(
		execution,
		'imageSize',
		`The picture has ${imageSize} pixels, the video ${videoSize}. Some servers refuse that, others stretch the picture. The option 'Image Fit' gives it exactly the size of the video.`,
	);
}

/** The price is asked with the picture that is sent, and models of a comparison may share one: it is worked on once. */
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
	const { facts, fileName } = image;
	if (!facts) throw imageErrors.unknownSize(fileName);
	for (const { width, height } of [facts, size]) {
		if (width * height > MAX_PIXELS)
			throw imageErrors.tooManyPixels(fileName, { width, height }, MAX_PIXELS);
	}
	const made = await fitImage(image.bytes, facts, size, how).catch(() => {
		throw imageErrors.cannotDecode(fileName);
	});
	if (made.bytes.length > MAX_IMAGE_BYTES)
		throw inputErrors.imageTooLarge(fileName, made.bytes.length, MAX_IMAGE_BYTES);

	return {
		kind: 'file',
		bytes: made.bytes,
		mimeType: made.type,
		fileName: fileName.replace(/[^.]*$/, extensionOf(made.type)),
		facts: { type: made.type, ...size, orientation: 1 },
	};
}
