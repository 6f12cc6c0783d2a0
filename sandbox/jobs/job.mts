import type { JobFault } from '../faults/plannedFaults.mts';
import type { InputImage } from '../server/inputImages.mts';
import type { InputVideo } from '../server/inputVideos.mts';
import type { Failure } from './failures.mts';

export interface OtherImage {
	role: 'last' | 'reference';
	image: InputImage;
}

/** A video in a request, and its purpose. */
export interface JobVideo {
	role: 'extend' | 'edit' | 'reference';
	video: InputVideo;
}

/** One accepted request of any dialect. Amounts in USD, times in seconds. */
export interface JobRequest {
	model: string;
	provider: string;
	executedModel: string;
	usdPerSecond: number;
	/** Price of the input images. */
	usdForImages?: number;
	prompt: string;
	seconds: number;
	width: number;
	height: number;
	/** The size as the caller wrote it. Responses repeat it. */
	size: string;
	/** The first frame. */
	image?: InputImage;
	/** Images other than the first frame. */
	otherImages?: OtherImage[];
	/** Videos to continue, to change, or to use as references. */
	videos?: JobVideo[];
	/** Number of seconds to bill, if it is not the length of the whole video. */
	billedSeconds?: number;
	idempotencyKey?: string;
	webhookUrl?: string;
	user?: string;
	/** Fails after the create, whatever the prompt. */
	failsWith?: Failure;
	body: Record<string, unknown>;
	encoding: 'json' | 'multipart';
}

/** A job and its history. Times in sandbox milliseconds. */
export interface Job extends JobRequest {
	id: string;
	status: string;
	createdAt: number;
	startedAt?: number;
	finishedAt?: number;
	failure?: Failure;
	output?: { url: string; path: string; bytes: number; expiresAt: number };
	billedUsd: number;
	cancelled: boolean;
	deleted: boolean;
	jobFault?: JobFault;
}

/** Reports whether a job has not ended. */
export function isPending({ status }: Pick<Job, 'status'>): boolean {
	return status === 'queued' || status === 'in_progress';
}

/** Returns the price of the whole video in USD, rounded to millionths. */
export function cost(request: JobRequest): number {
	const { usdPerSecond, seconds, billedSeconds = seconds, usdForImages = 0 } = request;
	return Math.round((usdPerSecond * billedSeconds + usdForImages) * 1e6) / 1e6;
}
