import { failure, said, theVideo, useVideo } from '../errors/message';
import type { Refusal } from '../errors/serverErrors';

/** The file of a video, and the status of its job. */
export interface FileSubject {
	videoId: string;
	status?: string;
	/** Absent for the video itself. */
	variant?: string;
}

type RefusedFile = Refusal & FileSubject;

/** The file of a finished video, or an image of it, cannot be delivered. None of these errors causes a new video. */
export const downloadErrors = {
	notReady: (known: RefusedFile) =>
		failure('notReady', known, (k) => ({
			message: `${theVideo(k)} is not ready for download${k.status ? ` (${k.status})` : ''}${said(k)}`,
			advice: "Try again later. The operation 'Get' returns its status.",
		})),

	noFile: (known: RefusedFile) =>
		failure('noFile', known, (k) => ({
			message: `${theVideo(k)} is completed, but the server returned no file URL${said(k)}`,
			advice: `Ask the server's support about this video, or ${useVideo(k.videoId)} later. It is not created again automatically.`,
		})),

	noVariant: (known: RefusedFile & { variant: string }) =>
		failure('noVariant', known, (k) => ({
			message: `This server has no ${k.variant} of video ${k.videoId}${said(k)}`,
			advice: "Choose 'Video' in 'Variant'.",
		})),

	expired: (known: RefusedFile) =>
		failure('fileExpired', known, (k) => ({
			message: `The file of video ${k.videoId} has expired on the server${said(k)}`,
			advice:
				"Servers keep files for a short time, often one hour. Let the generate operation download the file itself (choose 'File' in 'Output'), or download it right after.",
		})),

	/** @param known.cause why, as text for the user */
	failed: (known: RefusedFile & { cause?: string }) =>
		failure('downloadFailed', known, (k) => ({
			message: `The file of video ${k.videoId} could not be downloaded${k.cause ? `: ${k.cause}` : ''}${said(k)}`,
			advice: `The video itself is finished and is not created again: ${useVideo(k.videoId)}.`,
		})),
};
