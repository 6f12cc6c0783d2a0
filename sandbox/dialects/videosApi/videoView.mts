import type { FailureText } from '../../jobs/failures.mts';

/** The data of a job that a server may report: times in Unix seconds, amounts in USD. */
export interface VideoView {
	id: string;
	/** The server's own status word. */
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
	/** Time until the file expires, and whether an option of the sandbox sets it. */
	lifetimeSeconds: number | null;
	hasRetention: boolean;
	/** The sandbox option `cloudUrl`. */
	isInCloud: boolean;
	error: FailureText | null;
	/** URL of the file. Null until the video is completed. */
	url: string | null;
	bytes: number | null;
	/** Null until the job is billed. */
	cost: number | null;
	/** Real seconds that the job took. Null until it has ended. */
	inferenceSeconds: number | null;
	/** Id of the video that this one changes or continues. */
	sourceId: string | null;
	hasEnded: boolean;
	hasFailed: boolean;
}
