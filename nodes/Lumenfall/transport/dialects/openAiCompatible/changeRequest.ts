import type { IDataObject } from 'n8n-workflow';
import {
	isOwnRoute,
	type ChangeWay,
	type SentVideo,
	type SourceVideo,
} from '../../../request/sourceVideo';
import type { VideoRequest } from '../../../request/videoRequest';
import type { RequestBody, RequestForm } from '../dialect';
import { wayOf } from './changes';
import { formOf, type FilePart } from './multipart';

/** Returns the path of the create, which depends on the way to send the earlier video. */
export function createPath({ source }: VideoRequest, form: RequestForm = {}): string {
	if (!source) return '/videos';
	const way = wayOf(source, form);
	if (way === 'remix' && source.video.kind === 'id')
		return `/videos/${encodeURIComponent(source.video.id)}/remix`;
	if (way !== 'changeRoute') return '/videos';
	return source.change === 'extend' ? '/videos/extensions' : '/videos/edits';
}

/** Reports whether the request is sent to a route of its own, and not to that of an ordinary create. */
export function hasOwnRoute({ source }: VideoRequest): boolean {
	return source !== undefined && isOwnRoute(source.way);
}

/**
 * Builds the body for a route that extends or edits: the prompt, the video, and the seconds to add
 * (docs/protocols/video-changes.md). All other values are those of the earlier video.
 */
export function encodeChange(
	request: VideoRequest,
	source: SourceVideo,
	form: RequestForm,
): RequestBody {
	const { prompt, additionalParameters, model } = request;
	const { video } = source;
	const way = wayOf(source, form);
	const fields: IDataObject = {
		prompt,
		// With a video ID, the server knows the model.
		...(video.kind !== 'id' && { model }),
		...lengthOf(request, source, form),
		...(way !== 'remix' && video.kind !== 'file' && { video: nameOf(video) }),
		...additionalParameters,
	};
	return video.kind === 'file' ? formOf(fields, [partOf('video', video)]) : fields;
}

function lengthOf(
	{ seconds }: VideoRequest,
	{ change }: SourceVideo,
	{ secondsAsNumber, secondsAsDuration }: RequestForm,
): IDataObject {
	if (change !== 'extend' || seconds === undefined) return {};
	if (secondsAsDuration) return { duration: seconds };
	return { seconds: secondsAsNumber ? seconds : String(seconds) };
}

function nameOf(video: Extract<SentVideo, { kind: 'id' | 'url' }>): IDataObject {
	return video.kind === 'id' ? { id: video.id } : { url: video.url };
}

const FIELDS: Partial<Record<ChangeWay, (url: string) => IDataObject>> = {
	inputVideo: (url) => ({ input_video: url }),
	sourceVideo: (url) => ({ media: { source_video: url } }),
	// In multipart, vLLM-Omni reads this as JSON text.
	videoReference: (url) => ({ video_reference: { video_url: url } }),
	videoUri: (url) => ({ video_uri: url }),
	videoUrl: (url) => ({ video_url: url }),
};

/** Returns the fields for the earlier video in an ordinary create. */
export function sourceFieldsOf({ source }: VideoRequest): IDataObject {
	if (source?.video.kind === 'id') {
		return source.way === 'extendVideoId' ? { extend_video_id: source.video.id } : {};
	}
	if (source?.video.kind !== 'url') return {};
	return FIELDS[source.way]?.(source.video.url) ?? {};
}

/** Returns the file of the earlier video in an ordinary create. */
export function sourcePartsOf({ source }: VideoRequest): FilePart[] {
	return source?.video.kind === 'file' ? [partOf('input_reference', source.video)] : [];
}

function partOf(field: string, video: Extract<SentVideo, { kind: 'file' }>): FilePart {
	return { field, ...video };
}
