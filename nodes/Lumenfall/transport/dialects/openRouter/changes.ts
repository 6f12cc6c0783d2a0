import type { IDataObject } from 'n8n-workflow';
import type { VideoRequest } from '../../../request/videoRequest';
import type { ChangeSupport } from '../dialect';

/**
 * OpenRouter continues a completed job, and some of its models use a video among the references. Other models ignore
 * it: docs/protocols/video-changes.md#openrouters-continuation.
 */
export const changes: ChangeSupport = {
	server: 'OpenRouter',
	ways: {
		previousJobId: { changes: ['extend', 'edit'], kinds: ['id'] },
		inputReferences: { changes: ['edit'], kinds: ['url'], mustBeListed: true },
	},
	automatic(change, { model }) {
		if (change === 'extend') return ['previousJobId'];
		// An upscaler creates no new videos, so there is no job to continue.
		return model.upscale ? ['inputReferences'] : ['previousJobId', 'inputReferences'];
	},
	advice: () => "Set 'Video From' to 'Video ID'.",
};

/** Returns the field for the earlier video, if it is continued by its ID. */
export function previousJobOf({ source }: VideoRequest): IDataObject {
	return source?.video.kind === 'id' ? { previous_job_id: source.video.id } : {};
}

/** Returns the videos and sounds among the references. */
export function referencesOf({
	source,
	referenceVideos = [],
	referenceAudio = [],
}: VideoRequest): IDataObject[] {
	const edited = source?.video.kind === 'url' ? [source.video.url] : [];
	return [
		...[...edited, ...referenceVideos].map((url) => ({ type: 'video_url', video_url: { url } })),
		...referenceAudio.map((url) => ({ type: 'audio_url', audio_url: { url } })),
	];
}
