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

/** The path of the create: that of the way in which the server extends or edits a video. */
export function createPath({ source }: VideoRequest, form: RequestForm = {}): string {
	if (!source) return '/videos';
	const way = wayOf(source, form);
	if (way === 'remix' && source.video.kind === 'id')
		return `/videos/${encodeURIComponent(source.video.id)}/remix`;
	if (way !== 'changeRoute') return '/videos';
	return source.change === 'extend' ? '/videos/extensions' : '/videos/edits';
}

/** Whether the request goes to a route of its own; see `changes.ts`. */
export function hasOwnRoute({ source }: VideoRequest): boolean {
	return source !== undefined && isOwnRoute(source.way);
}

/**
 * The body for a route that extends or edits: the prompt, the video, and the seconds to add
 * (docs/protocols/video-changes.md). Everything else is that of the earlier video.
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
		// The ID of a video tells the server its model.
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

/** The fields that name the earlier video in an ordinary create. */
export function sourceFieldsOf({ source }: VideoRequest): IDataObject {
	if (source?.video.kind === 'id') {
		return source.way === 'extendVideoId' ? { extend_video_id: source.video.id } : {};
	}
	if (source?.video.kind !== 'url') return {};
	return FIELDS[source.way]?.(source.video.url) ?? {};
}

const FIELDS: Partial<Record<ChangeWay, (url: string) => IDataObject>> = {
	inputVideo: (url) => ({ input_video: url }),
	sourceVideo: (url) => ({ media: { source_video: url } }),
	// vLLM-Omni reads it as JSON text in a form.
	videoReference: (url) => ({ video_reference: { video_url: url } }),
	videoUri: (url) => ({ video_uri: url }),
	videoUrl: (url) => ({ video_url: url }),
};

/** The file of the earlier video in an ordinary create. */
export function sourcePartsOf({ source }: VideoRequest): FilePart[] {
	return source?.video.kind === 'file' ? [partOf('input_reference', source.video)] : [];
}

function partOf(field: string, video: Extract<SentVideo, { kind: 'file' }>): FilePart {
	return { field, ...video };
}
