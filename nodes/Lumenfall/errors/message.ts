import { FailureError, type FailureDetails, type FailureKind } from './failure';

/** Builds messages: functions for the `*Errors.ts` files, and phrases that several of them share. */

interface Words {
	/** What happened, one sentence. */
	message: string;
	/** What to do, one sentence or more. */
	advice: string;
}

/**
 * An error of one kind. The details go into the record and into the text. An existing video is always named, even if
 * its ID becomes known later.
 */
export function failure<Known extends FailureDetails>(
	kind: FailureKind,
	details: Known,
	wordsOf: (details: Known) => Words,
): FailureError {
	const { videoId } = details;
	const words = wordsOf(details);
	const isNamed = !videoId || `${words.message} ${words.advice}`.includes(videoId);
	const pickUp = isNamed ? '' : ` To pick up the video, ${useVideo(videoId)}.`;
	const advice = words.advice.trim() + pickUp;
	return new FailureError({ ...details, kind, message: words.message, advice }, (id) =>
		failure(kind, { ...details, videoId: id }, wordsOf),
	);
}

/** The user's input cannot be used. Found before anything is sent. */
export function invalid(message: string, advice: string): FailureError {
	return failure('invalidInput', {}, () => ({ message, advice }));
}

/** How to use an existing video; completes a sentence. */
export function useVideo(videoId: string): string {
	return `use the operation 'Wait', 'Get' or 'Download' with video ID ${videoId}`;
}

export function notLost(videoId: string): string {
	return `The video is not lost: ${useVideo(videoId)}.`;
}

export function theVideo({ videoId }: { videoId?: string }): string {
	return videoId ? `Video ${videoId}` : 'The video';
}

/** The server's message at the end of a sentence. A message that only repeats the HTTP status is left out. */
export function said({
	serverMessage,
	httpStatus,
}: {
	serverMessage?: string;
	httpStatus?: number;
}): string {
	return serverMessage && serverMessage !== String(httpStatus) ? `: ${serverMessage}` : '';
}

/** A value as the user entered it, in quotes and shortened. */
export function shown(value: unknown): string {
	if (typeof value === 'number') return String(value);
	const text = typeof value === 'string' ? value : jsonOf(value);
	return text === '' ? 'empty' : `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}

/** A circle or a bigint has no JSON. */
function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return String(value);
	}
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(values: string[], last = 'or'): string {
	return values.length < 2
		? values.join()
		: `${values.slice(0, -1).join(', ')} ${last} ${values[values.length - 1]}`;
}
