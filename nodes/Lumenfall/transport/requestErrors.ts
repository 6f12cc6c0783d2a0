import { FailureError } from '../errors/failure';
import { failure, invalid, notLost, said, shown } from '../errors/message';
import type { Change } from '../request/sourceVideo';
import { withoutQuery } from '../support/urls';

/** Also for storyboards, which have no such option. Completes a sentence. */
export function chooseWayIn(change: Change): string {
	return `choose it in the option 'Send Video As' of the operation '${change === 'extend' ? 'Extend' : 'Edit'}'`;
}

/** Errors for values that cannot be part of a request. Found before anything is sent. */
export const requestErrors = {
	/** The message does not show the value, because it may contain a key or a password. */
	badBaseUrl: () =>
		invalid(
			"'Base URL' in the credential is not a URL",
			'Enter a URL such as https://api.lumenfall.ai/openai/v1.',
		),

	/** @param part the part that must be removed, in words */
	baseUrlWith: (part: string) =>
		invalid(
			`'Base URL' in the credential contains ${part}`,
			"Enter only what comes before /videos, such as https://api.lumenfall.ai/openai/v1. The key belongs in 'API Key'.",
		),

	badApiKey: () =>
		invalid(
			"'API Key' in the credential contains a character that a request cannot contain",
			'Copy the key again, without spaces, line breaks or quotation marks.',
		),

	/** Nothing was sent, and the next try may succeed. */
	credentialNotRead: (known: { cause: string; videoId?: string }) =>
		failure('network', { ...known, neverSent: true }, ({ cause, videoId }) => ({
			message: `The credential could not be read: ${cause || 'no reason given'}`,
			advice: videoId
				? notLost(videoId)
				: "Check n8n's database, and its external secrets if the credential uses them. Then run the workflow again.",
		})),

	/** @param words the server's own message */
	noChangeRoute: (change: Change, words?: string) =>
		invalid(
			`The server has no route that can ${change} this video${said({ serverMessage: words })}`,
			`If its documentation names another way to ${change} a video, ${chooseWayIn(change)}. Nothing was created.`,
		),

	/** @param cause why: a phrase for the user */
	imageNotDownloaded: (url: string, cause: string) =>
		invalid(
			`The image at ${shown(withoutQuery(url))} could not be downloaded: ${cause}`,
			'This server accepts images as files only, so the node downloads the image and sends it. Enter a URL that opens without a login.',
		),

	/** Has no function that rewrites the message with a video id, because this id is invalid. */
	badVideoId: (value: string) =>
		new FailureError(
			invalid(
				`'Video ID' is ${shown(value)}, which is not an ID`,
				'Enter the ID that a generate operation returned.',
			).failure,
		),
};
