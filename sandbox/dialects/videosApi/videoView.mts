import type { FailureWords } from '../../jobs/failures.mts';

/** A job as a server may report it: times in Unix seconds, money in USD. */
export interface VideoView {
	id: string;
	/** In the words of the server. */
	status: string;
	model: string;
	prompt: string;
	seconds: number;
	size: string;
	/** 0 to 100. */
	progress: number;
	createdAt: number;
	completedAt: number | null;
	expiresAt: number | null;
	/** For how long the file is kept, and whether an option of the sandbox says so. */
	lifetimeSeconds: number | null;
	hasRetention: boolean;
	/** The option `cloudUrl` of the sandbox. */
	isInCloud: boolean;
	error: FailureWords | null;
	/** Of the file; null until there is one. */
	url: string | null;
	bytes: number | null;
	/** Null until it is billed. */
	cost: number | null;
	/** Real time that the job took; null until it has ended. */
	inferenceSeconds: number | null;
	/** Of the video that it changes or continues. */
	sourceId: string | null;
	hasEnded: boolean;
	hasFailed: boolean;
}
