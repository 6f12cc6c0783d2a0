import type { IDataObject } from 'n8n-workflow';
import type { ChangeWay } from '../../../request/sourceVideo';
import type { VideoRequest } from '../../../request/videoRequest';
import type { ChangeSupport, WayRules } from '../dialect';

const byUrl: WayRules = { changes: ['edit'], kinds: ['url'], mustBeListed: true };

/**
 * Lumenfall edits a video with an ordinary create and a parameter of the model. The model's schema contains its name,
 * and model pages show `video_url`. There is no extension: docs/protocols/video-changes.md#lumenfalls-video-to-video.
 */
export const changes: ChangeSupport = {
	server: 'Lumenfall',
	ways: { videoUrl: byUrl, inputVideo: byUrl },
	automatic(change, { model }) {
		if (change === 'extend') return [];
		const names = model.videoParameters ?? [];
		const isOther = names.includes('input_video') && !names.includes('video_url');
		return [isOther ? 'inputVideo' : 'videoUrl'];
	},
	advice: () =>
		"Generate a second video with the operation 'Image to Video' from the last frame, and put both together with the operation 'Join'.",
};

const PARAMETERS: Partial<Record<ChangeWay, string>> = {
	videoUrl: 'video_url',
	inputVideo: 'input_video',
};

/** Returns the field for the earlier video. */
export function sourceFieldOf({ source }: VideoRequest): IDataObject {
	const name = source && PARAMETERS[source.way];
	return name && source.video.kind === 'url' ? { [name]: source.video.url } : {};
}
