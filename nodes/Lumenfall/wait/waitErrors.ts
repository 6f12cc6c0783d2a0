import { failure, invalid, notLost, said, shown, theVideo, useVideo } from '../errors/message';
import { durationText } from '../support/duration';
import { originOf } from '../support/urls';

const OTHER_URL =
	"Check that 'Register With Trigger' is the production URL of a 'Lumenfall Trigger' node, and that 'Notice Videos By' is 'Polling Registered Videos' there.";

const ADVICE: Record<number, string> = {
	401: 'The trigger uses another credential. Choose the same credential in the trigger and in this node.',
	404: "Check that the workflow of the trigger is active, and that 'Notice Videos By' is 'Polling Registered Videos' there.",
};

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
			message: `${theVideo(k)} was not ready after ${durationText(k.waitedSeconds)} (${k.status})${said(k)}`,
			advice: `It may still finish and is not created again: ${useVideo(k.videoId)}. For longer videos, raise 'Timeout (Seconds)' in the options.`,
		})),

	/** @param known.cause the origin of the URL: whoever knows its path can register videos */
	notRegistered: (known: { videoId: string; httpStatus: number; cause: string }) =>
		failure('notRegistered', known, (k) => ({
			message: `${theVideo(k)} was created, but the trigger at ${k.cause} did not accept its ID (HTTP ${k.httpStatus})`,
			advice: `${ADVICE[k.httpStatus] ?? OTHER_URL} ${notLost(k.videoId)} A retry registers it again and creates nothing.`,
		})),

	badTriggerUrl: (url: string) =>
		invalid(
			`'Register With Trigger' is ${shown(originOf(url))}, which is not a URL`,
			"Enter the production URL that the 'Lumenfall Trigger' node shows.",
		),
};
