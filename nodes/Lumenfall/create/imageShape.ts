import { imageErrors } from './imageErrors';
import { uprightSize } from '../media/imageMetadata';
import { ratioOfImage } from '../models/nearest';
import { profileOf } from '../models/profiles';
import { hasImages, type InputImage, type VideoRequest } from '../request/videoRequest';
import { sizeOfVideo } from '../request/shape';

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
	if (!image) throw imageErrors.sameAsNothing();
	if (image.kind === 'url') throw imageErrors.sameAsUrl();
	if (!image.facts) throw imageErrors.unknownSize(image.fileName);
	const aspectRatio = ratioOfImage(uprightSize(image.facts), profileOf(model)?.aspectRatios);
	return { followsImage: true, aspectRatio };
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
