import { imageErrors } from './imageErrors';
import { uprightSize } from '../media/image/imageMetadata';
import { ratioOfImage } from '../models/nearestValues';
import { profileOf } from '../models/profiles';
import { hasImages, type InputImage, type VideoRequest } from '../request/videoRequest';
import { sizeOfVideo } from '../request/frameSize';

/** The option of 'Aspect Ratio' that follows the image. */
export const SAME_AS_IMAGE = 'sameAsImage';

/**
 * Returns the shape of a request that follows its image: the closest of the ratios that the model is known to support.
 * @throws FailureError if there is no image, or if its size cannot be read
 */
export function followImage(
	model: string,
	image?: InputImage,
): Required<Pick<VideoRequest, 'aspectRatio' | 'followsImage'>> {
	if (!image) throw imageErrors.sameAsNothing();
	if (image.kind === 'url') throw imageErrors.sameAsUrl();
	if (!image.metadata) throw imageErrors.unknownSize(image.fileName);
	const aspectRatio = ratioOfImage(uprightSize(image.metadata), profileOf(model)?.aspectRatios);
	return { followsImage: true, aspectRatio };
}

/**
 * Checks that 'Image Fit' is possible, without decoding the images.
 * @throws FailureError if a frame is a URL, if there is no frame, or if the size of the video is left to the model
 */
export function checkImageFit(request: VideoRequest): void {
	const { imageFit, image, lastFrame } = request;
	const frames = [image, lastFrame].filter((frame) => frame !== undefined);
	if (!imageFit || !hasImages(request)) return;
	if (frames.length === 0) throw imageErrors.fitOfReferences();
	if (frames.some(({ kind }) => kind === 'url')) throw imageErrors.fitOfUrl();
	if (!sizeOfVideo(request)) throw imageErrors.fitWithoutSize();
}
