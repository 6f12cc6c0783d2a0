import { invalid, listed, megabytes, shown } from '../errors/message';
import type { Change, SourceKind } from '../request/sourceVideo';

const KINDS: Record<SourceKind, string> = { id: 'its ID', url: 'its URL', file: 'its file' };
const SOURCES: Record<SourceKind, string> = { id: 'Video ID', url: 'URL', file: 'Binary File' };

const LINK =
	"Set the option 'Input Link (Hours)', so that the server can download the video from this n8n; anyone who has the link can do so. Or set 'Video From' to 'URL'.";

/**
 * Errors for an earlier video that cannot be extended or edited as the form requests. Found before anything is created.
 */
export const sourceErrors = {
	/** @param advice what to do instead: a sentence */
	noWay: (server: string, change: Change, advice: string) =>
		invalid(`${server} has no way to ${change} a video`, `${advice} Nothing was created.`),

	wayUnsupported: (server: string, change: Change, way: string) =>
		invalid(
			`'Send Video As' is ${shown(way)}, but ${server} cannot ${change} a video that way`,
			"Choose 'Automatic'. Nothing was created.",
		),

	/**
	 * @param required the kinds that the server supports
	 * @param given the kind in the form
	 */
	otherKind: (server: string, change: Change, required: SourceKind[], given: SourceKind) =>
		invalid(
			`${server} can ${change} a video only by ${listed(required.map((kind) => KINDS[kind]))}, but 'Video From' is '${SOURCES[given]}'`,
			`${required.includes('url') && given !== 'url' ? LINK : `Set 'Video From' to ${listed(required.map((kind) => `'${SOURCES[kind]}'`))}.`} Nothing was created.`,
		),

	notCompleted: (videoId: string, status: string) =>
		invalid(
			`Video ${videoId} is ${status}, but only a completed video can be extended or edited`,
			`Wait for it first, with the operation 'Wait' and video ID ${videoId}.`,
		),

	otherModel: (model: string, videoId: string, used: string) =>
		invalid(
			`'Model' is ${shown(model)}, but video ${videoId} was made by ${shown(used)}, and this server uses that model again`,
			"Leave 'Model' empty. Nothing was created.",
		),

	/** @param found what the file contains instead, in words */
	notAVideo: (label: string, found: string) =>
		invalid(
			`The file in '${label}' is not an MP4, MOV or WebM video but ${found}`,
			'Use an MP4, MOV or WebM file.',
		),

	tooLarge: (label: string, bytes: number, maxBytes: number) =>
		invalid(
			`The video in '${label}' is ${megabytes(bytes)} MB, but at most ${megabytes(maxBytes)} MB can be sent as a file`,
			"Use a shorter video, or set 'Video From' to 'URL' if the server supports that.",
		),
};
