import type { JobPhase } from './status';

/** The files of a job: the video itself, or an image of it. */
export type FileVariant = 'video' | 'thumbnail' | 'spritesheet';

/** One video job as reported by any server. Absent fields were not reported. */
export interface Job {
	/** Never parsed: on some gateways it is several hundred characters long. */
	id: string;
	phase: JobPhase;
	/** `queued`, `in_progress`, `completed`, `failed`, `cancelled`, `expired`, or the server's own word. */
	status: string;
	/** Percent, 0 to 100. */
	progress?: number;
	model?: string;
	provider?: string;
	prompt?: string;
	seconds?: number;
	size?: string;
	/** Milliseconds since 1970, as are the other times. */
	createdAt?: number;
	completedAt?: number;
	expiresAt?: number;
	/** URL of the file: the most likely one of `fileUrls` that other programs can open. */
	url?: string;
	/** All URLs of the file in the response, the most likely one first: `http(s)` URLs and `data:` URIs. */
	fileUrls?: string[];
	/** The id in the response, if it differs from the requested one. Some relays encode ids in a new way each time. */
	reportedId?: string;
	/** File size in bytes as reported by the server. */
	bytes?: number;
	/** In `currency`. */
	cost?: number;
	estimatedCost?: number;
	currency?: string;
	error?: { code?: string; message?: string };
}

/** Returns what the job cost in USD. Undefined if that is unknown, or in another currency. */
export function usdCostOf({ cost, currency = 'USD' }: Job): number | undefined {
	return currency === 'USD' ? cost : undefined;
}

/** Reports whether the job may still change. An unknown status counts as pending. */
export function isPending({ phase }: Job): boolean {
	return phase === 'queued' || phase === 'running' || phase === 'unknown';
}

/** Reports whether two IDs belong to the same video. */
export function isSameVideo(one: string, other: string): boolean {
	return one === other || bareId(one) === bareId(other);
}

/**
 * Returns the part of an ID that is the same wherever it occurs. Lumenfall's deliveries and its request history have `req_…`
 * where the video API has `video_…`: docs/protocols/lumenfall.md#video-ids.
 */
export function bareId(id: string): string {
	return id.replace(/^(video|req)_/, '');
}
