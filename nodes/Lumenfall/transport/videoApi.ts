import type { FailureError } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { ModelInfo } from '../models/modelInfo';
import { sizesOf } from '../request/shape';
import type { VideoRequest } from '../request/videoRequest';
import { Connection, type ServedFile } from './connection';
import { readError } from './decode/error';
import { decodeJob, decodeJobs, isJobId, strongIdIn, type JobPage } from './decode/video';
import { dialectOf } from './dialects';
import type { Dialect } from './dialects/dialect';
import type { Balance } from './dialects/lumenfall/balance';
import type { Estimate } from './dialects/lumenfall/dryRun';
import { TIMEOUTS } from './http';
import type { HttpHost, HttpResponse } from './httpTypes';
import {
	clockLead,
	failureOfJob,
	isSuccess,
	pollHint,
	provesNothingMade,
	refusalOf,
	type ClockLead,
} from './readResponse';
import { sendCreate } from './sendCreate';
import { requestErrors } from './requestErrors';

/** The server behind the credential: each method is one exchange and answers with typed values. */
export interface VideoApi {
	readonly dialect: Dialect;
	/** Everything in front of `/videos`, without a slash at the end. */
	readonly baseUrl: string;
	/**
	 * Creates a video. Never repeated by itself, but for a refusal of the form of the request. Stop leaves it less than a
	 * second: its answer is the proof of purchase.
	 * @throws FailureError with `nothingMade` or `neverSent` where that is certain; any other leaves the outcome unknown
	 */
	createVideo(request: VideoRequest, idempotencyKey: string): Promise<Job>;
	/**
	 * Whether the server makes one job for one key, so that a create of unknown outcome may be repeated. Asks the server
	 * where its name does not tell; what is not certain counts as no.
	 */
	supportsIdempotencyKey(): Promise<boolean>;
	/** One status check; `hintMs` is the server's wish for the next one. */
	getVideo(id: string, timeoutMs?: number): Promise<{ job: Job; hintMs?: number }>;
	/** One page of the server's videos, newest first; `clockLead` is how far its clock is ahead of ours. */
	listVideos(page: { limit: number; after?: string }): Promise<JobPage & { clockLead: ClockLead }>;
	/** Asks the server to stop a running job. Some servers delete a finished one instead, so check first. */
	cancelVideo(id: string): Promise<void>;
	/** Every model of the server's list, whatever it makes. */
	listModels(timeoutMs?: number): Promise<ModelInfo[]>;
	/** What the parameter schema of a model says; nothing on servers that have none. */
	describeModel(model: string, timeoutMs?: number): Promise<Partial<ModelInfo>>;
	/**
	 * Asks what a request would cost, without creating it; undefined on servers that cannot be asked.
	 * @param key not that of the create: should the server create a video after all, a repeat finds the same one
	 * @throws FailureError `dryRunCreatedVideo` where the answer looks like a job
	 */
	estimateCost(request: VideoRequest, key: string): Promise<Estimate | undefined>;
	/** @throws FailureError `balanceUnsupported` where the server has none */
	getBalance(timeoutMs?: number): Promise<Balance>;
	/** The secret that the server signs its deliveries with: docs/protocols/lumenfall.md#webhooks. */
	webhookSecret(): Promise<string>;
	/** The URL of a file behind the key, on servers that serve it themselves. */
	contentUrl(id: string, variant: string): string;
	/** Opens a file; the key goes to the server's own origin only. */
	openFile(url: string): Promise<ServedFile>;
	/** The failure that a job which ended without a video means. */
	failureOfJob(job: Job): FailureError;
}

/** Reads the credential and opens the server it names. */
export async function openApi(host: HttpHost): Promise<VideoApi> {
	const server = await Connection.open(host);
	return new ServerApi(server, dialectOf(server.credential));
}

class ServerApi implements VideoApi {
	readonly failureOfJob = failureOfJob;

	constructor(
		private readonly server: Connection,
		readonly dialect: Dialect,
	) {}

	get baseUrl(): string {
		return this.server.baseUrl;
	}

	async createVideo(request: VideoRequest, idempotencyKey: string): Promise<Job> {
		const answer = await sendCreate(this.server, this.dialect, request, idempotencyKey);
		const job = createdJob(answer, this.baseUrl);
		if (job) return this.withCurrency(job);
		const videoId = strongIdIn(answer.body);
		throw refusalOf(answer, 'create', {
			model: request.model,
			...sizesOf(request),
			...(videoId !== undefined && { videoId }),
			...(provesNothingMade(answer) && { nothingMade: true }),
		});
	}

	async supportsIdempotencyKey(): Promise<boolean> {
		const { supportsIdempotencyKey, extras } = this.dialect;
		if (!supportsIdempotencyKey || !extras) return supportsIdempotencyKey;
		return await extras.isConfirmed(this.server).catch(() => false);
	}

	async getVideo(id: string, timeoutMs: number = TIMEOUTS.status) {
		const timeout = Math.min(timeoutMs, TIMEOUTS.status);
		const answer = await this.get(this.videoUrl(id), timeout);
		const job = isSuccess(answer) ? statusOf(answer, id, this.baseUrl) : undefined;
		if (!job) throw refusalOf(answer, 'status', { videoId: id });
		return { job: this.withCurrency(job), ...pollHint(answer) };
	}

	async listVideos(page: { limit: number; after?: string }) {
		if (!this.dialect.listUrl) throw serverErrors.noList();
		const askedAt = Date.now();
		const answer = await this.get(this.dialect.listUrl(this.baseUrl, page), TIMEOUTS.list);
		const found = isSuccess(answer) ? decodeJobs(answer.body) : undefined;
		if (!found) throw refusalOf(answer, 'list');
		const jobs = found.jobs.map((job) => this.withCurrency(job));
		return { ...found, jobs, clockLead: clockLead(answer, { askedAt, answeredAt: Date.now() }) };
	}

	async cancelVideo(id: string) {
		const url = this.videoUrl(id);
		const answer = await this.server.send({ method: 'DELETE', url, timeoutMs: TIMEOUTS.cancel });
		if (!isSuccess(answer)) throw refusalOf(answer, 'cancel', { videoId: id });
	}

	async listModels(timeoutMs: number = TIMEOUTS.models) {
		const { path, decode } = this.dialect.models;
		const answer = await this.get(`${this.baseUrl}${path}`, timeoutMs);
		if (!isSuccess(answer)) throw refusalOf(answer, 'models');
		const models = decode(answer.body);
		if (models.length === 0) throw serverErrors.invalidBaseUrl({ httpStatus: answer.statusCode });
		return models;
	}

	async describeModel(model: string, timeoutMs: number = TIMEOUTS.modelSchema) {
		return (await this.dialect.extras?.describeModel(this.server, model, timeoutMs)) ?? {};
	}

	async estimateCost(request: VideoRequest, key: string) {
		return await this.dialect.extras?.estimateCost(this.server, request, key);
	}

	async getBalance(timeoutMs: number = TIMEOUTS.balance) {
		if (!this.dialect.extras) throw serverErrors.balanceUnsupported();
		return await this.dialect.extras.getBalance(this.server, timeoutMs);
	}

	async webhookSecret() {
		if (!this.dialect.extras) throw serverErrors.webhooksUnsupported();
		return await this.dialect.extras.webhookSecret(this.server);
	}

	contentUrl(id: string, variant: string) {
		return `${this.videoUrl(id)}/content${variant === 'video' ? '' : `?variant=${variant}`}`;
	}

	async openFile(url: string) {
		return await this.server.open(url);
	}

	/** An id is one segment of the path: a dot would be taken for a step in it. */
	private videoUrl(id: string): string {
		if (/^\.+$/.test(id) || !isJobId(id)) throw requestErrors.badVideoId(id);
		return `${this.baseUrl}/videos/${encodeURIComponent(id)}`;
	}

	private async get(url: string, timeoutMs: number): Promise<HttpResponse> {
		return await this.server.send({ method: 'GET', url, timeoutMs });
	}

	private withCurrency(job: Job): Job {
		const { currency } = this.dialect;
		return currency && job.cost !== undefined ? { currency, ...job } : job;
	}
}

/** The job that a create made; undefined where the answer is a refusal, whatever its status says. */
function createdJob(answer: HttpResponse, base: string): Job | undefined {
	if (!isSuccess(answer)) return undefined;
	const job = decodeJob(answer.body, { base });
	// Some gateways answer a refusal with status 200, and with the id of a log entry.
	const isRefusal = readError(answer.body) && strongIdIn(answer.body) === undefined;
	if (!job || isRefusal) return undefined;
	// `success` without a file is said of the create; the first status check tells.
	const isOfAnswer = job.phase === 'completed' && !job.fileUrls;
	return isOfAnswer ? { ...job, phase: 'queued', status: 'queued' } : job;
}

function statusOf({ statusCode, body }: HttpResponse, id: string, base: string): Job | undefined {
	// xAI answers 202 without a body while a job is running.
	if (statusCode === 202 && !body) return { id, phase: 'running', status: 'in_progress' };
	return decodeJob(body, { id, base });
}
