import { withPartKey } from '../job/identity';
import { uprightSize } from '../media/image/imageMetadata';
import { ratioOfImage } from '../models/nearestValues';
import { profileOf } from '../models/profiles';
import { checkValues } from './checkValues';
import { imageErrors } from './imageErrors';
import type { SourceVideo } from '../request/sourceVideo';
import {
	mainImage,
	type InputImage,
	type RequestImages,
	type VideoRequest,
	type VideoSettings,
} from '../request/videoRequest';
import { valueErrors } from './valueErrors';

/** The option of 'Aspect Ratio' that follows the image. */
const SAME_AS_IMAGE = 'sameAsImage';

/**
 * Builds the request from the form. Nothing has been sent yet, so nothing is spent.
 * @throws FailureError naming the parameter that is invalid
 */
export function buildRequest(
	form: VideoSettings,
	images: RequestImages = {},
	source?: SourceVideo,
): VideoRequest {
	const { customSize, lastFrameParameter, ...values } = form;
	const request: VideoRequest = {
		...values,
		prompt: form.prompt.trim(),
		model: form.model.trim(),
		...(customSize !== undefined && { size: readSize(customSize) }),
		...(form.aspectRatio === SAME_AS_IMAGE && followImage(form.model, mainImage(images))),
		...images,
		...(source && { source }),
		// Ignored for items without a last frame, so that a constant can be set for all items.
		...(images.lastFrame && lastFrameParameter && { lastFrameParameter }),
	};
	checkValues(request);
	return request;
}

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

function readSize(text: string): string {
	const size = text
		.trim()
		.toLowerCase()
		.replace(/[×*\s]+/g, 'x')
		.replace(/x+/g, 'x');
	if (!/^[1-9]\d{1,4}x[1-9]\d{1,4}$/.test(size)) throw valueErrors.badSize(text);
	return size;
}

/** Returns the same request with another model. */
export function withModel(request: VideoRequest, model: string): VideoRequest {
	return model === request.model ? request : withPartKey({ ...request, model }, model);
}
