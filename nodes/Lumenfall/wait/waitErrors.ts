import { failure, said, theVideo, useVideo } from '../errors/message';

/** A wait that ends without the video, although the server did not report a failure. */
export const waitErrors = {
	/** @param known.serverMessage why the last status check failed, if it did */
	timedOut: (known: {
		videoId: string;
		status: string;
		waitedSeconds: number;
		serverMessage?: string;
	}) =>
		failure('timedOut', known, (k) => ({
			message: `${theVideo(k)} was not ready after ${duration(k.waitedSeconds)} (${k.status})${said(k)}`,
			advice: `It may still finish and is not created again: ${useVideo(k.videoId)}. For longer videos, raise 'Timeout (Seconds)' in the options.`,
		})),
};

function duration(seconds: number): string {
	return seconds >= 120 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds)} seconds`;
}
