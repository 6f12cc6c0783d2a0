import type { IDataObject } from 'n8n-workflow';
import type { VideoRequest } from '../../request/videoRequest';

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
