import type { VideoRequest } from '../../request/videoRequest';
import { dialectErrors } from './dialectErrors';

/** Checks for inputs with fields only in OpenRouter's format. */

/** @throws FailureError if there are videos or sounds among the references */
export function checkMediaReferences(request: VideoRequest, server: string): void {
	if (request.referenceVideos?.length) throw dialectErrors.noField('Reference Videos', server);
	if (request.referenceAudio?.length) throw dialectErrors.noField('Reference Audio', server);
}

/** @throws FailureError if a setting of upscaling models is set */
export function checkUpscaling({ upscaleFactor, creativity }: VideoRequest, server: string): void {
	if (upscaleFactor !== undefined) throw dialectErrors.noField('Upscale Factor', server);
	if (creativity !== undefined) throw dialectErrors.noField('Creativity', server);
}
