import type { FailureDetails } from '../errors/failure';
import { imageErrors } from '../errors/imageErrors';
import { uprightSize } from '../media/imageMetadata';
import { requestedSize } from '../request/pixelSize';
import { ratioOfImage } from '../models/nearest';
import { profileOf } from '../models/profiles';
import { sidesOf } from '../request/ratios';
import type { InputImage, RequestImages, VideoRequest } from './buildRequest';
import { SHAPE_FIELDS } from '../request/fields';

/** The aspect ratio of the form that stands for that of the picture. */
export const SAME_AS_IMAGE = 'sameAsImage';

/** The picture of the form, whatever it is to the video, or the first reference where the form has none. */
export function mainImage({ image, referenceImages }: RequestImages): InputImage | undefined {
	return image ?? referenceImages?.[0];
}

export function hasImages({ image, lastFrame, referenceImages = [] }: RequestImages): boolean {
	return image !== undefined || lastFrame !== undefined || referenceImages.length > 0;
}

/**
 * The shape of a request that follows its picture: the ratio that is nearest among those its model is known to have.
 * @throws FailureError where there is no picture, or none whose size can be read
 */
export function followImage(
	model: string,
	image?: InputImage,
): Required<Pick<VideoRequest, 'aspectRatio' | 'followsImage'>> {
	if (!image) throw imageErrors.sameAsNothing();
	if (image.kind === 'url') throw imageErrors.sameAsUrl();
	if (!image.facts) throw imageErrors.unknownSize(image.fileName);
	const aspectRatio = ratioOfImage(uprightSize(image.facts), profileOf(model)?.aspectRatios);
	return { followsImage: true, aspectRatio };
}

/**
 * The pixel size the video will have; undefined where that is left to the model. Additional parameters win over the form
 * on the server, so a shape among them counts, or leaves it open.
 */
export function sizeOfVideo(request: VideoRequest): string | undefined {
	const { additionalParameters: raw } = request;
	if (!SHAPE_FIELDS.some((name) => name in raw)) return requestedSize(request);
	return typeof raw.size === 'string' && sidesOf(raw.size) ? raw.size : undefined;
}

/** The sizes of picture and video, as far as they are known, for a message about them. */
export function sizesOf(request: VideoRequest): FailureDetails {
	const facts = request.image?.kind === 'file' ? request.image.facts : undefined;
	const videoSize = sizeOfVideo(request);
	return {
		...(facts && { imageSize: `${facts.width}x${facts.height}` }),
		...(videoSize && { videoSize }),
	};
}

/**
 * Whether 'Image Fit' can do its work, as far as that is known without opening the pictures.
 * @throws FailureError where a frame is a URL, there is none, or the size of the video is left to the model
 */
export function checkImageFit(request: VideoRequest): void {
	const { imageFit, image, lastFrame } = request;
	const frames = [image, lastFrame].filter((frame) => frame !== undefined);
	if (!imageFit || !hasImages(request)) return;
	if (frames.length === 0) throw imageErrors.fitOfReferences();
	if (frames.some(({ kind }) => kind === 'url')) throw imageErrors.fitOfUrl();
	if (!sizeOfVideo(request)) throw imageErrors.fitWithoutSize();
}
