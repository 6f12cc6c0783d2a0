import type { ApiError } from '../server/apiError.mts';
import type { Clock } from '../clock.mts';
import { BROKEN, failureInPrompt, type Failure } from './failures.mts';
import { cost, isPending, type Job, type JobRequest, type OtherImage } from './job.mts';
import type { JobFault } from '../faults/plannedFaults.mts';
import type { Media } from '../server/mediaServer.mts';
import { findRoute } from '../models/models.mts';
import type { EncoderSettings, RenderRequest } from '../renderer/renderRequest.mts';
import type { RenderQueue, VideoFile } from '../renderer/renderQueue.mts';

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

const QUEUED_SHARE = 0.25;

/** The jobs of a sandbox: they run in sandbox time and render real videos. */
export class Jobs {
	private readonly jobs: Job[] = [];
	/** Ends the stuck jobs. */
	private readonly stuck: Array<() => void> = [];
	/** What waits for the end of a job. */
	private readonly waiting = new Map<Job, Array<() => void>>();

	constructor(private readonly context: JobsContext) {}

	/** Starts a job, or throws the dialect's refusal if too many jobs are running. */
	start(request: JobRequest, jobFault?: JobFault): Job {
		const { context } = this;
		const running = this.jobs.filter(isPending).length;
		if (running >= context.maxRunningJobs) throw context.tooManyRunning();
		const job: Job = {
			...request,
			id: jobFault?.do === 'job-id' ? jobFault.id : context.newId(),
			status: 'queued',
			createdAt: context.clock.now(),
			billedUsd: 0,
			cancelled: false,
			deleted: false,
			jobFault,
		};
		this.jobs.push(job);
		this.run(job);
		return job;
	}

	find(id: string): Job | undefined {
		return this.jobs.find((job) => job.id === id && !job.deleted);
	}

	withIdempotencyKey(key: string | undefined): Job | undefined {
		if (key === undefined) return undefined;
		return this.jobs.find(({ idempotencyKey }) => idempotencyKey === key);
	}

	all(): Job[] {
		return this.jobs;
	}

	/** Ends a job early, without a bill. A finished job does not change. */
	cancel(job: Job): void {
		if (!isPending(job)) return;
		const finishedAt = this.context.clock.now();
		Object.assign(job, { status: 'cancelled', cancelled: true, finishedAt });
		this.settle(job);
	}

	/** Finishes all stuck jobs now. */
	releaseStuck(): void {
		this.stuck.splice(0).forEach((end) => end());
	}

	/** Resolves when the job has ended. */
	async ended(job: Job): Promise<void> {
		if (!isPending(job)) return;
		await new Promise<void>((resolve) => {
			this.waiting.set(job, [...(this.waiting.get(job) ?? []), resolve]);
		});
	}

	/** Returns the progress of a job in percent. At most 99 for an unfinished job. */
	progress(job: Job): number {
		if (job.finishedAt !== undefined) return 100;
		if (job.startedAt === undefined) return 0;
		const runningMs = this.totalMsOf(job) * (1 - QUEUED_SHARE);
		const share = (this.context.clock.now() - job.startedAt) / runningMs;
		return Math.min(99, Math.floor(share * 100));
	}

	clear(): void {
		this.jobs.splice(0);
		this.stuck.splice(0);
		this.waiting.clear();
	}

	/** Plans the course of a job in sandbox time. */
	private run(job: Job): void {
		const { clock } = this.context;
		const { jobFault } = job;
		const totalMs = this.totalMsOf(job);
		const failure = requestedFailure(job);
		// Rendering starts now and not at the end of the job, so that no job is late at normal speed.
		const rendering = failure ? undefined : this.render(job);
		clock.after(totalMs * QUEUED_SHARE, () => {
			if (!isPending(job)) return;
			const status = jobFault?.do === 'job-status' ? jobFault.status : 'in_progress';
			Object.assign(job, { status, startedAt: clock.now() });
		});
		const end = () => void this.finish(job, rendering, failure);
		if (jobFault?.do === 'stuck') this.stuck.push(end);
		else if (jobFault?.do !== 'job-status') clock.after(totalMs, end);
	}

	private totalMsOf({ model }: JobRequest): number {
		const { jobSeconds, paces } = this.context;
		return jobSeconds * 1000 * (paces[findRoute(model)?.id ?? model] ?? 1);
	}

	private async render(job: Job): Promise<VideoFile | undefined> {
		const request = { ...renderRequestOf(job), encoder: this.context.encoderOf(job) };
		return await this.context.renderQueue.render(request).catch(report);
	}

	private async finish(
		job: Job,
		rendering?: Promise<VideoFile | undefined>,
		failure: Failure = BROKEN,
	): Promise<void> {
		const file = await rendering;
		if (!isPending(job) || !this.jobs.includes(job)) return;

		const finishedAt = this.context.clock.now();
		job.finishedAt = finishedAt;
		if (job.jobFault?.do === 'job-ends') {
			job.status = job.jobFault.status;
		} else if (file) {
			job.status = job.jobFault?.do === 'unknown-status' ? 'transmogrified' : 'completed';
			job.billedUsd = cost(job);
			job.output = job.jobFault?.do === 'no-file' ? undefined : this.publish(job, file, finishedAt);
		} else {
			job.status = 'failed';
			job.failure = failure;
		}
		this.settle(job);
	}

	private publish({ jobFault }: Job, file: VideoFile, finishedAt: number): Job['output'] {
		const { media, fileLifetimeSeconds } = this.context;
		const lifetimeSeconds = jobFault?.do === 'expired' ? 0 : fileLifetimeSeconds;
		return media.publish(file, finishedAt + lifetimeSeconds * 1000);
	}

	private settle(job: Job): void {
		this.context.onFinished(job);
		this.waiting.get(job)?.forEach((resolve) => resolve());
		this.waiting.delete(job);
	}
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
function report(error: Error): undefined {
	if (error.name !== 'AbortError') console.error('The sandbox could not render a video:', error);
}

function requestedFailure({ failsWith, prompt, jobFault }: Job): Failure | undefined {
	if (jobFault?.do === 'job-fails') return { ...BROKEN, ...jobFault };
	return failsWith ?? failureInPrompt(prompt);
}
