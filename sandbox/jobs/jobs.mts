import type { ApiError } from '../server/apiError.mts';
import type { Clock } from '../clock.mts';
import { BROKEN, failureInPrompt, type Failure } from './failures.mts';
import type { JobFault } from '../faults/plannedFaults.mts';
import type { InputImage } from '../server/inputImages.mts';
import type { InputVideo } from '../server/inputVideos.mts';
import type { Media } from '../server/mediaServer.mts';
import { findRoute } from '../models/models.mts';
import type { EncoderSettings, RenderRequest } from '../renderer/renderRequest.mts';
import type { RenderQueue, VideoFile } from '../renderer/renderQueue.mts';

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

export interface Jobs {
	/** Starts a job, or throws the dialect's refusal if too many jobs are running. */
	start(request: JobRequest, jobFault?: JobFault): Job;
	find(id: string): Job | undefined;
	withIdempotencyKey(key: string | undefined): Job | undefined;
	/** Ends a job early, without a bill. A finished job does not change. */
	cancel(job: Job): void;
	all(): Job[];
	/** Finishes all stuck jobs now. */
	releaseStuck(): void;
	/** Resolves when the job has ended. */
	ended(job: Job): Promise<void>;
	/** Returns the progress of a job in percent. At most 99 for an unfinished job. */
	progress(job: Job): number;
	clear(): void;
}

interface JobsContext {
	clock: Clock;
	renderQueue: RenderQueue;
	media: Media;
	newId(): string;
	jobSeconds: number;
	/** By model id: a factor for `jobSeconds`. */
	paces: Record<string, number>;
	encoderOf(request: JobRequest): EncoderSettings | undefined;
	fileLifetimeSeconds: number;
	maxRunningJobs: number;
	tooManyRunning(): ApiError;
	onFinished(job: Job): void;
}

const queuedShare = 0.25;

/** Creates the jobs of a sandbox: they run in sandbox time and render real videos. */
export function createJobs(context: JobsContext): Jobs {
	const { clock, renderQueue, media } = context;
	const paceOf = ({ model }: JobRequest) => context.paces[findRoute(model)?.id ?? model] ?? 1;
	const totalMsOf = (request: JobRequest) => context.jobSeconds * 1000 * paceOf(request);
	const jobs: Job[] = [];
	const stuck: Array<() => void> = [];
	const waiting = new Map<Job, Array<() => void>>();

	function start(request: JobRequest, jobFault?: JobFault): Job {
		if (jobs.filter(isPending).length >= context.maxRunningJobs) throw context.tooManyRunning();
		const job: Job = {
			...request,
			id: jobFault?.do === 'job-id' ? jobFault.id : context.newId(),
			status: 'queued',
			createdAt: clock.now(),
			billedUsd: 0,
			cancelled: false,
			deleted: false,
			jobFault,
		};
		jobs.push(job);

		const totalMs = totalMsOf(request);
		// Rendering starts now and not at the end of the job, so that no job is late at normal speed.
		const failure = requestedFailure(request, jobFault);
		const rendering = failure
			? undefined
			: renderQueue.render({
					...renderRequestOf(request),
					encoder: context.encoderOf(request),
				});
		rendering?.catch(report);
		clock.after(totalMs * queuedShare, () => {
			if (!isPending(job)) return;
			const status = jobFault?.do === 'job-status' ? jobFault.status : 'in_progress';
			Object.assign(job, { status, startedAt: clock.now() });
		});
		const end = () => void finish(job, rendering, failure);
		if (jobFault?.do === 'stuck') stuck.push(end);
		else if (jobFault?.do !== 'job-status') clock.after(totalMs, end);
		return job;
	}

	async function finish(job: Job, rendering?: Promise<VideoFile>, failure: Failure = BROKEN) {
		const file = await rendering?.catch(() => undefined);
		if (!isPending(job) || !jobs.includes(job)) return;

		job.finishedAt = clock.now();
		if (job.jobFault?.do === 'job-ends') {
			job.status = job.jobFault.status;
		} else if (file) {
			const lifetimeSeconds = job.jobFault?.do === 'expired' ? 0 : context.fileLifetimeSeconds;
			const expiresAt = job.finishedAt + lifetimeSeconds * 1000;
			job.status = job.jobFault?.do === 'unknown-status' ? 'transmogrified' : 'completed';
			job.billedUsd = cost(job);
			job.output = job.jobFault?.do === 'no-file' ? undefined : media.publish(file, expiresAt);
		} else {
			job.status = 'failed';
			job.failure = failure;
		}
		settle(job);
	}

	function settle(job: Job) {
		context.onFinished(job);
		waiting.get(job)?.forEach((resolve) => resolve());
		waiting.delete(job);
	}

	async function ended(job: Job): Promise<void> {
		if (!isPending(job)) return;
		await new Promise<void>((resolve) => waiting.set(job, [...(waiting.get(job) ?? []), resolve]));
	}

	function cancel(job: Job) {
		if (!isPending(job)) return;
		Object.assign(job, { status: 'cancelled', cancelled: true, finishedAt: clock.now() });
		settle(job);
	}

	function progress(job: Job): number {
		if (job.finishedAt !== undefined) return 100;
		if (job.startedAt === undefined) return 0;
		const share = (clock.now() - job.startedAt) / (totalMsOf(job) * (1 - queuedShare));
		return Math.min(99, Math.floor(share * 100));
	}

	return {
		start,
		find: (id) => jobs.find((job) => job.id === id && !job.deleted),
		withIdempotencyKey: (key) =>
			key === undefined ? undefined : jobs.find(({ idempotencyKey }) => idempotencyKey === key),
		cancel,
		all: () => jobs,
		releaseStuck: () => stuck.splice(0).forEach((end) => end()),
		ended,
		progress,
		clear: () => {
			jobs.splice(0);
			stuck.splice(0);
			waiting.clear();
		},
	};
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

function renderRequestOf(request: JobRequest): RenderRequest {
	const { width, height, seconds, prompt, model, image, otherImages = [], videos = [] } = request;
	const source = videos.find(({ role }) => role !== 'reference');
	const images = (wanted: OtherImage['role']) =>
		otherImages.filter(({ role }) => role === wanted).map((further) => further.image.data);
	return {
		width,
		height,
		seconds,
		prompt,
		model,
		image: image?.data,
		lastImage: images('last').at(0),
		references: images('reference'),
		source: source && {
			video: source.video.source,
			frame: source.role === 'extend' ? 'last' : 'first',
		},
	};
}

// Clients see an error of the renderer as a provider failure, so the original error is printed here.
function report(error: Error) {
	if (error.name !== 'AbortError') console.error('The sandbox could not render a video:', error);
}

function requestedFailure(
	{ failsWith, prompt }: JobRequest,
	jobFault?: JobFault,
): Failure | undefined {
	if (jobFault?.do === 'job-fails') return { ...BROKEN, ...jobFault };
	return failsWith ?? failureInPrompt(prompt);
}
