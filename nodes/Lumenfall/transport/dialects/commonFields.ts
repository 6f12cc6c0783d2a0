import type { IDataObject } from 'n8n-workflow';
import type { InputImage, VideoRequest } from '../../request/videoRequest';
import { dialectErrors } from './dialectErrors';

/** Fields that several dialects write in the same way, and inputs for which several of them have no field. */

/**
 * Returns the settings that all servers have the same field for. A server that lacks one refuses the request before it is
 * built (`check` of its dialect).
 */
export function settingFieldsOf(request: VideoRequest): IDataObject {
	const { negativePrompt, seed, audio, user } = request;
	return {
		...(negativePrompt && { negative_prompt: negativePrompt }),
		...(seed !== undefined && { seed }),
		...(audio !== undefined && { generate_audio: audio }),
		// Not in OpenRouter's schema for videos, but in the schemas of its other routes.
		...(user && { user }),
	};
}

/** Returns an image as a value in JSON: its own URL, or a data URI of the file. */
export function imageUrlOf(image: InputImage): string {
	return image.kind === 'url'
		? image.url
		: `data:${image.mimeType};base64,${image.bytes.toString('base64')}`;
}

/**
 * Returns the last frame for a server without a field for it. Some models have their own parameter for it, which the
 * server passes on (docs/protocols/lumenfall.md#image-inputs).
 */
export function lastFrameOf({ lastFrame, lastFrameParameter }: VideoRequest): IDataObject {
	return lastFrame && lastFrameParameter ? { [lastFrameParameter]: imageUrlOf(lastFrame) } : {};
}

/** @throws FailureError if there is a last frame, but the name of its parameter is missing */
export function checkLastFrame(request: VideoRequest, server: string): void {
	if (request.lastFrame && !request.lastFrameParameter) throw dialectErrors.noLastFrame(server);
}

/** @throws FailureError if there is an input that has a field only in OpenRouter's format */
export function checkInputsOfOpenRouter(request: VideoRequest, server: string): void {
	const { referenceVideos, referenceAudio, upscaleFactor, creativity } = request;
	if (referenceVideos?.length) throw dialectErrors.noField('Reference Videos', server);
	if (referenceAudio?.length) throw dialectErrors.noField('Reference Audio', server);
	if (upscaleFactor !== undefined) throw dialectErrors.noField('Upscale Factor', server);
	if (creativity !== undefined) throw dialectErrors.noField('Creativity', server);
}
