import type { FailureFacts } from '../errors/failure';
import { pictureFailures } from '../errors/pictureFailures';
import { uprightSize } from '../media/pictureFacts';
import { askedSize } from '../media/pixelSize';
import { ratioOfPicture } from '../models/nearest';
import { profileOf } from '../models/profiles';
import type { InputImage, VideoRequest } from './request';

/** The aspect ratio of the form that stands for that of the picture. */
export const SAME_AS_IMAGE = 'sameAsImage';

/**
 * The shape of a request that follows its picture: the ratio that is nearest among those its model is known to have.
 * @throws FailureError where there is no picture, or none whose size can be read
 */
export function followImage(
	model: string,
	image?: InputImage,
): Required<Pick<VideoRequest, 'aspectRatio' | 'followsImage'>> {
	if (!image) throw pictureFailures.sameAsNothing();
	if (image.kind === 'url') throw pictureFailures.sameAsUrl();
	if (!image.facts) throw pictureFailures.unknownSize(image.fileName);
	const aspectRatio = ratioOfPicture(uprightSize(image.facts), profileOf(model)?.aspectRatios);
	return { followsImage: true, aspectRatio };
}

/** The sizes of picture and video, as far as they are known, for a message about them. */
export function sizesOf(request: VideoRequest): FailureFacts {
	const facts = request.image?.kind === 'file' ? request.image.facts : undefined;
	const videoSize = askedSize(request);
	return {
		...(facts && { pictureSize: `${facts.width}x${facts.height}` }),
		...(videoSize && { videoSize }),
	};
}

/**
 * Whether 'Image Fit' can do its work, as far as that is known without opening the pictures.
 * @throws FailureError where a frame is a URL, or the size of the video is left to the model
 */
export function checkImageFit(request: VideoRequest): void {
	const frames = [request.image, request.lastFrame].filter((frame) => frame !== undefined);
	if (!request.imageFit || frames.length === 0) return;
	if (frames.some(({ kind }) => kind === 'url')) throw pictureFailures.fitOfUrl();
	if (!askedSize(request)) throw pictureFailures.fitWithoutSize();
}
