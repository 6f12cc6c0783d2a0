import type { VideoType } from '../media/fileType';

/** What becomes of an earlier video: `extend` makes it longer, `edit` makes another version of it. */
export type Change = 'extend' | 'edit';

/** How an earlier video can be named: by the ID of its job, by a URL, or as the file itself. */
export type SourceKind = 'id' | 'url' | 'file';

/**
 * How servers are told of an earlier video (docs/protocols/video-changes.md). `changeRoute` and `remix` are routes of their
 * own; the others are fields of an ordinary create.
 */
export const CHANGE_WAYS = [
	'changeRoute',
	'remix',
	'previousJobId',
	'extendVideoId',
	'videoUrl',
	'inputVideo',
	'videoUri',
	'videoReference',
	'sourceVideo',
	'inputReferences',
	'inputReference',
] as const;
export type ChangeWay = (typeof CHANGE_WAYS)[number];

/** Ways in which the video is an input of the model, as an image is. */
export const SOURCE_WAYS_OF_MODELS: readonly ChangeWay[] = [
	...(['videoUrl', 'inputVideo', 'videoUri', 'videoReference'] as const),
	...(['sourceVideo', 'inputReferences', 'inputReference'] as const),
];

/** Whether a way is a route of its own: a server without it refuses, and does not take it for an ordinary create. */
export function isOwnRoute(way: ChangeWay): boolean {
	return way === 'changeRoute' || way === 'remix';
}

/** An earlier video as it goes to the server. */
export type SentVideo =
	| { kind: 'id'; id: string }
	| { kind: 'url'; url: string }
	| { kind: 'file'; bytes: Buffer; mimeType: VideoType; fileName: string };

/** The earlier video of a request, and what becomes of it. */
export interface SourceVideo {
	change: Change;
	video: SentVideo;
	way: ChangeWay;
	/** Tried next if the server has no route for `way`. Never a field that a server may ignore. */
	otherWay?: ChangeWay;
	/** Length of the earlier video, if it is known. */
	seconds?: number;
	/** A model that does not list videos as an input would ignore it. */
	mustBeListed?: true;
}
