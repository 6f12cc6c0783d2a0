import type { InputImage } from '../server/inputImages.mts';
import type { InputVideo } from '../server/inputVideos.mts';
import type { Job, JobVideo, OtherImage } from './job.mts';

/** A job as tests and control routes read it. Times in sandbox milliseconds, amounts in USD. */
export interface ShownJob {
	id: string;
	model: string;
	prompt: string;
	seconds: number;
	size: string;
	width: number;
	height: number;
	status: string;
	createdAt: number;
	startedAt?: number;
	finishedAt?: number;
	billedUsd: number;
	cancelled: boolean;
	idempotencyKey?: string;
	webhookUrl?: string;
	body: Record<string, unknown>;
	encoding: 'json' | 'multipart';
	/** The first frame. */
	image?: ShownImage;
	/** All images, each with its role. */
	images: Array<ShownImage & { role: 'first' | OtherImage['role'] }>;
	/** The videos that the job continues, changes or uses as references. */
	videos: Array<Omit<InputVideo, 'source'> & { role: JobVideo['role'] }>;
}

type ShownImage = Omit<InputImage, 'data'>;

/** Returns a job without the bytes of its images and videos. */
export function shownJobOf(job: Job): ShownJob {
	const { id, model, prompt, seconds, size, width, height, status, image } = job;
	const { createdAt, startedAt, finishedAt, billedUsd, cancelled } = job;
	const { idempotencyKey, webhookUrl, body, encoding } = job;
	return {
		id,
		model,
		prompt,
		seconds,
		size,
		width,
		height,
		status,
		createdAt,
		startedAt,
		finishedAt,
		billedUsd,
		cancelled,
		idempotencyKey,
		webhookUrl,
		body,
		encoding,
		image: image && withoutData(image),
		images: imagesOf(job),
		videos: videosOf(job),
	};
}

function imagesOf({ image, otherImages = [] }: Job): ShownJob['images'] {
	return [
		...(image ? [{ role: 'first' as const, ...withoutData(image) }] : []),
		...otherImages.map((other) => ({ role: other.role, ...withoutData(other.image) })),
	];
}

function videosOf({ videos = [] }: Job): ShownJob['videos'] {
	return videos.map(({ role, video: { source: _, ...known } }) => ({ role, ...known }));
}

function withoutData({ how, mimeType, bytes, width, height }: InputImage): ShownImage {
	return { how, mimeType, bytes, width, height };
}

/** Returns what was charged since the last reset. Only completed jobs cost money. */
export function billingOf(jobs: Job[]): { jobs: number; usd: number } {
	const usd = jobs.reduce((sum, { billedUsd }) => sum + billedUsd, 0);
	return {
		jobs: jobs.filter(({ billedUsd }) => billedUsd > 0).length,
		usd: Math.round(usd * 1e6) / 1e6,
	};
}
