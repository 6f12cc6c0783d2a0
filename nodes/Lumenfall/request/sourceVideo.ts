import type { VideoType } from '../media/fileType';

/** A change of an earlier video: `extend` makes it longer, `edit` makes another version of it. */
export type Change = 'extend' | 'edit';

/** How a request refers to an earlier video: by the ID of its job, by a URL, or as the file itself. */
export type SourceKind = 'id' | 'url' | 'file';

const INPUT_WAYS = [
	'videoUrl',
	'inputVideo',
	'videoUri',
	'videoReference',
	'sourceVideo',
	'inputReferences',
	'inputReference',
] as const;

/**
 * The ways to send an earlier video to a server (docs/protocols/video-changes.md). `changeRoute` and `remix` have their
 * own routes; the others are fields of an ordinary create.
 */
export const CHANGE_WAYS = [
	'changeRoute',
	'remix',
	'previousJobId',
	'extendVideoId',
	...INPUT_WAYS,
] as const;
export type ChangeWay = (typeof CHANGE_WAYS)[number];

/**
 * Reports whether a way has its own route. A server without that route refuses the request and does not treat it as an
 * ordinary create.
 */
export function isOwnRoute(way: ChangeWay): boolean {
	return way === 'changeRoute' || way === 'remix';
}

/** Reports whether the video is an input of the model in this way, like an image. */
export function isModelInput(way: ChangeWay): boolean {
	return INPUT_WAYS.some((one) => one === way);
}

/** An earlier video as it is sent to the server. */
export type SentVideo =
	| { kind: 'id'; id: string }
	| { kind: 'url'; url: string }
	| { kind: 'file'; bytes: Buffer; mimeType: VideoType; fileName: string };

/** An earlier video that was found, before it is decided how to send it. */
export interface FoundVideo {
	/** The available kinds, the given one first. */
	kinds: SourceKind[];
	/** The model that made it, if it is known. */
	model?: string;
	/** Its length in seconds, if it is known without reading the file. */
	seconds?: number;
	/**
	 * Returns the video in one of its kinds. Reads, downloads or links it if necessary.
	 * @throws FailureError with the reason why that is not possible
	 */
	as(kind: SourceKind): Promise<{ video: SentVideo; seconds?: number }>;
}

/** The earlier video of a request, and its change. */
export interface SourceVideo {
	change: Change;
	video: SentVideo;
	way: ChangeWay;
	/** The next way, if the server has no route for `way`. Never a field that a server may ignore. */
	otherWay?: ChangeWay;
	/** Length of the earlier video in seconds, if it is known. */
	seconds?: number;
	/** The model must list videos as an input. Otherwise it would ignore the video. */
	mustBeListed?: true;
	/** The video does not exist yet, so the request can be checked and quoted, but not sent. */
	isFuture?: true;
}
