import { FailureError, type FailureDetails, type FailureKind } from './failure';

/** Builds messages: functions for the `*Errors.ts` files, and phrases that several of them share. */

interface Words {
	/** What happened: one sentence. */
	message: string;
	/** What to do: one sentence or more. */
	advice: string;
}

/**
 * Creates an error of one kind. The details become part of the record and of the text. The text always contains the id
 * of an existing video, even if the id becomes known later.
 */
export function failure<Known extends FailureDetails>(
	kind: FailureKind,
	details: Known,
	wordsOf: (details: Known) => Words,
): FailureError {
	const { videoId } = details;
	const words = wordsOf(details);
	const isNamed = !videoId || namesVideo(`${words.message} ${words.advice}`, videoId);
	const pickUp = isNamed ? '' : ` To pick up the video, ${useVideo(videoId)}.`;
	const advice = words.advice.trim() + pickUp;
	return new FailureError({ ...details, kind, message: words.message, advice }, (id) =>
		failure(kind, { ...details, videoId: id }, wordsOf),
	);
}

/** A sentence for an empty field. */
export const IF_EXPRESSION =
	'If it is an expression, check that the input item has the field it uses.';

/** Creates an error for invalid user input. Found before anything is sent. */
export function invalid(message: string, advice: string): FailureError {
	return failure('invalidInput', {}, () => ({ message, advice }));
}

/** Reports whether a text contains this ID as a whole: `video_10` does not contain `video_1`. */
export function namesVideo(text: string, videoId: string): boolean {
	for (let at = text.indexOf(videoId); at >= 0; at = text.indexOf(videoId, at + 1)) {
		const around = [text[at - 1], text[at + videoId.length]];
		if (!around.some((letter) => letter !== undefined && /[\w-]/.test(letter))) return true;
	}
	return false;
}

/** Describes how to use an existing video. Completes a sentence. */
export function useVideo(videoId: string): string {
	return `use the operation 'Wait', 'Get' or 'Download' with video ID ${videoId}`;
}

/** The same for several videos, as a sentence. */
export function useVideos(videoIds: string[]): string {
	return `${videoIds.join(', ')}. Use the operation 'Wait', 'Get' or 'Download' with these video IDs.`;
}

/** A sentence for an error about an existing video. */
export function notLost(videoId: string): string {
	return `The video is not lost: ${useVideo(videoId)}.`;
}

/** The subject of a sentence about a video. */
export function theVideo({ videoId }: { videoId?: string }): string {
	return videoId ? `Video ${videoId}` : 'The video';
}

/** Adds the server's message to the end of a sentence. A message that only repeats the HTTP status is left out. */
export function said({
	serverMessage,
	httpStatus,
}: {
	serverMessage?: string;
	httpStatus?: number;
}): string {
	return serverMessage && serverMessage !== String(httpStatus) ? `: ${serverMessage}` : '';
}

/** Formats a value as the user entered it, in quotes and shortened. An expression without a result returns `undefined`. */
export function shown(value: unknown): string {
	if (typeof value === 'number') return String(value);
	if (value === undefined || value === null) return 'empty';
	const text = typeof value === 'string' ? value : jsonOf(value);
	return text === '' ? 'empty' : `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}

/** A circular object or a bigint has no JSON. */
function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return String(value);
	}
}

/** Formats a list: `a`, `a or b`, `a, b or c`. */
export function listed(values: string[], last = 'or'): string {
	return values.length < 2
		? values.join()
		: `${values.slice(0, -1).join(', ')} ${last} ${values[values.length - 1]}`;
}

/** Formats a number of things: `1 video`, `3 videos`. */
export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Formats a size in bytes as megabytes. Rounds up, so that a size above a limit never reads like the limit. */
export function megabytes(bytes: number): string {
	return (Math.ceil(bytes / 100_000) / 10).toFixed(1);
}
