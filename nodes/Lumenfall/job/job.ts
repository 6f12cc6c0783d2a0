import type { JobPhase } from './status';

/** What is fetched of a job: the video itself, or an image of it. */
export type FileVariant = 'video' | 'thumbnail' | 'spritesheet';

/** One video job as any server describes it. What the server did not say is absent. */
export interface Job {
	/** Opaque and up to several hundred characters long on some gateways; never parsed. */
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
	/** Where the file can be fetched: the likeliest of `fileUrls` that others can open. */
	url?: string;
	/** Every place the server names for the file, the likeliest first: `http(s)` URLs and `data:` URIs. */
	fileUrls?: string[];
	/** The id in a status answer, where it is another one than was asked for. Some relays encode ids anew. */
	reportedId?: string;
	/** Bytes of the file as the server announces them. */
	bytes?: number;
	/** In `currency`. */
	cost?: number;
	estimatedCost?: number;
	currency?: string;
	error?: { code?: string; message?: string };
}

/** Whether waiting longer can change anything; about an unknown status nobody can say that it cannot. */
export function isPending({ phase }: Job): boolean {
	return phase === 'queued' || phase === 'running' || phase === 'unknown';
}
