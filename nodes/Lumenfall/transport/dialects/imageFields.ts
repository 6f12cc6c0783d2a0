import type { IDataObject } from 'n8n-workflow';
import type { InputImage, VideoRequest } from '../../request/videoRequest';
import { dialectErrors } from './dialectErrors';

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
