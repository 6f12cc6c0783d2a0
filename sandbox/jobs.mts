import type { ApiError } from './apiError.mts';
import type { Clock } from './clock.mts';
import type { Failure } from './failures.mts';
import type { JobQuirk } from './faults.mts';
import type { GivenImage } from './images.mts';
import type { Media } from './media.mts';
import { findRoute } from './models.mts';
import type { VideoOrder } from './renderer/film.mts';
import type { Studio, VideoFile } from './renderer/studio.mts';

export interface FurtherImage {
	role: 'last' | 'reference';
	image: GivenImage;
}

/** One accepted request, whatever dialect it came in; money in USD, time in seconds. */
export interface JobOrder {
	model: string;
	provider: string;
	executedModel: string;
	usdPerSecond: number;
	/** What the given pictures cost by themselves. */
	usdForPictures?: number;
	prompt: string;
	seconds: number;
	width: number;
	height: number;
	/** The size in the words of the caller, as the wire repeats it. */
	size: string;
	/** The first frame. */
	image?: GivenImage;
	/** Pictures besides the first frame. */
	furtherImages?: FurtherImage[];
	idempotencyKey?: string;
	webhookUrl?: string;
	user?: string;
	/** Fails whatever the prompt says, because of what only the provider knows. */
	doomed?: Failure;
	body: Record<string, unknown>;
	encoding: 'json' | 'multipart';
}

/** A job and everything that happened to it; times in sandbox milliseconds. */
export interface Job extends JobOrder {
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
	quirk?: JobQuirk;
}

export interface Jobs {
	/** Takes the order, or throws the dialect's refusal when too many jobs run already. */
	start(order: JobOrder, quirk?: JobQuirk): Job;
	find(id: string): Job | undefined;
	withIdempotencyKey(key: string | undefined): Job | undefined;
	/** Ends a job early and free of charge; a finished job stays as it is. */
	cancel(job: Job): void;
	all(): Job[];
	/** Lets the jobs that are stuck finish now. */
	releaseStuck(): void;
	/** How far a job is, from 0 to 100; an unfinished one never passes 99. */
	progress(job: Job): number;
	clear(): void;
}

interface JobsContext {
	clock: Clock;
	studio: Studio;
	media: Media;
	newId(): string;
	jobSeconds: number;
	/** By model id: how many times `jobSeconds` its jobs take. */
	paces: Record<string, number>;
	fileLifetimeSeconds: number;
	maxRunningJobs: number;
	tooManyRunning(): ApiError;
	onFinished(job: Job): void;
}

const queuedShare = 0.25;

export function createJobs(context: JobsContext): Jobs {
	const { clock, studio, media } = context;
	const paceOf = ({ model }: JobOrder) => context.paces[findRoute(model)?.id ?? model] ?? 1;
	const totalMsOf = (order: JobOrder) => context.jobSeconds * 1000 * paceOf(order);
	const jobs: Job[] = [];
	const stuck: Array<() => void> = [];

	function start(order: JobOrder, quirk?: JobQuirk): Job {
		if (jobs.filter(isPending).length >= context.maxRunningJobs) throw context.tooManyRunning();
		const job: Job = {
			...order,
			id: context.newId(),
			status: 'queued',
			createdAt: clock.now(),
			billedUsd: 0,
			cancelled: false,
			deleted: false,
			quirk,
		};
		jobs.push(job);

		const totalMs = totalMsOf(order);
		// Filming starts now, not when the job is due, so that at normal speed no job is late.
		const failure = failureAskedFor(order, quirk);
		const film = failure ? undefined : studio.film(videoOf(order));
		film?.catch(report);
		clock.after(totalMs * queuedShare, () => {
			if (!isPending(job)) return;
			const status = quirk?.do === 'job-status' ? quirk.status : 'in_progress';
			Object.assign(job, { status, startedAt: clock.now() });
		});
		const end = () => void finish(job, film, failure);
		if (quirk?.do === 'stuck') stuck.push(end);
		else if (quirk?.do !== 'job-status') clock.after(totalMs, end);
		return job;
	}

	async function finish(job: Job, film?: Promise<VideoFile>, failure: Failure = broken) {
		const file = await film?.catch(() => undefined);
		if (!isPending(job) || !jobs.includes(job)) return;

		job.finishedAt = clock.now();
		if (file) {
			const lifetime = job.quirk?.do === 'expired' ? 0 : context.fileLifetimeSeconds;
			job.status = job.quirk?.do === 'unknown-status' ? 'transmogrified' : 'completed';
			job.billedUsd = cost(job);
			job.output = job.quirk?.do === 'no-file' ? undefined : media.publish(file, lifetime);
		} else {
			job.status = 'failed';
			job.failure = failure;
		}
		context.onFinished(job);
	}

	function cancel(job: Job) {
		if (!isPending(job)) return;
		Object.assign(job, { status: 'cancelled', cancelled: true, finishedAt: clock.now() });
		context.onFinished(job);
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
		progress,
		clear: () => {
			jobs.splice(0);
			stuck.splice(0);
		},
	};
}

export function isPending({ status }: Pick<Job, 'status'>): boolean {
	return status === 'queued' || status === 'in_progress';
}

/** Price of the whole video in USD, rounded to millionths. */
export function cost({ usdPerSecond, seconds, usdForPictures = 0 }: JobOrder): number {
	return Math.round((usdPerSecond * seconds + usdForPictures) * 1e6) / 1e6;
}

function videoOf(order: JobOrder): VideoOrder {
	const { width, height, seconds, prompt, model, image, furtherImages = [] } = order;
	const pictures = (wanted: FurtherImage['role']) =>
		furtherImages.filter(({ role }) => role === wanted).map((further) => further.image.data);
	return {
		width,
		height,
		seconds,
		prompt,
		model,
		image: image?.data,
		lastImage: pictures('last').at(0),
		references: pictures('reference'),
	};
}

// On the wire a broken renderer looks like any failed provider, so its own error is told here.
function report(error: Error) {
	if (error.name !== 'AbortError') console.error('The sandbox could not render a video:', error);
}

const broken: Failure = { kind: 'provider' };

function failureAskedFor({ doomed, prompt }: JobOrder, quirk?: JobQuirk): Failure | undefined {
	if (quirk?.do === 'job-fails') return { ...broken, ...quirk };
	if (doomed) return doomed;
	if (prompt.includes('[blocked]')) return { kind: 'moderation' };
	return prompt.includes('[fails]') ? broken : undefined;
}
