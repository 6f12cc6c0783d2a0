import type { IDataObject } from 'n8n-workflow';
import type { InputImage, VideoRequest } from '../../request/videoRequest';
import { dialectErrors } from './dialectErrors';

/** An image as servers take it inside JSON: its own address, or a data URI of the file. */
export function imageUrlOf(image: InputImage): string {
	return image.kind === 'url'
		? image.url
		: `data:${image.mimeType};base64,${image.bytes.toString('base64')}`;
}

/**
 * The last frame for a server without a field for one: models have parameters of their own, which pass through
 * (docs/protocols/lumenfall.md#image-inputs).
 */
export function lastFrameOf({ lastFrame, lastFrameParameter }: VideoRequest): IDataObject {
	return lastFrame && lastFrameParameter ? { [lastFrameParameter]: imageUrlOf(lastFrame) } : {};
}

/** @throws FailureError where there is a last frame without the name of its parameter */
export function checkLastFrame(request: VideoRequest, server: string): void {
	if (request.lastFrame && !request.lastFrameParameter) throw dialectErrors.noLastFrame(server);
}
