import type { FailureError } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { ModelInfo } from '../models/modelInfo';
import type { VideoRequest } from '../request/videoRequest';
import { sha256, shortHash } from '../support/hash';
import { Connection, type ServedFile } from './connection';
import { failureOfCreate } from './createResponse';
import { isJobId, strongIdIn } from './decode/jobId';
import { decodeJob } from './decode/video';
import { decodeJobs, type JobPage } from './decode/videoList';
import { dialectOf } from './dialects';
import type { Dialect } from './dialects/dialect';
import type { Balance } from './dialects/lumenfall/balance';
import type { Estimate } from './dialects/lumenfall/dryRun';
import { TIMEOUTS } from './timeouts';
import { isSuccess, type HttpHost, type HttpResponse } from './httpTypes';
import { clockLead, type ClockLead } from './clockLead';
import { failureOfJob, refusalOf } from './failureOfResponse';
import { pollHint } from './retryAfter';
import { sendCreate } from './sendCreate';
import { requestErrors } from './requestErrors';

/** How a create is sent. */
interface CreateOptions {
	/** How long to wait for a response at least, in milliseconds. Some servers respond only when the video is finished. */
	patienceMs?: number;
	/** Called once, right before the request is sent. After an error before that, nothing was created. */
	onSend?(): void;
}

/** The API of the credential's server. Each method is one exchange and returns typed values. */
export interface VideoApi {
	readonly dialect: Dialect;
	/** The part of each URL before `/videos`, without a trailing slash. */
	readonly baseUrl: string;
	/** A secret that only holders of the credential can compute. The API key cannot be derived from it. */
	readonly signingKey: string;
	/** Identifies server and key of the credential. The key cannot be derived from it. */
	readonly account: string;
	/**
	 * Creates a video. Never retried, except in another form if the server refused the form of the request. After a Stop,
	 * the request has less than a second left, because its response is the only record of what was paid.
	 * @throws FailureError with `nothingMade` or `neverSent` if that is certain; after any other error, the outcome is
	 * unknown
	 */
	createVideo(request: VideoRequest, idempotencyKey: string, options?: CreateOptions): Promise<Job>;
	/**
	 * Reports whether the server creates one job per key, so that a create with an unknown outcome may be repeated. Sends
	 * a request if the host name does not show it. Returns false if it is not certain.
	 */
	supportsIdempotencyKey(): Promise<boolean>;
	/** Makes one status check. `hintMs` is the server's hint for the next check, in milliseconds. */
	getVideo(id: string, timeoutMs?: number): Promise<{ job: Job; hintMs?: number }>;
	/**
	 * Returns one page of the server's videos, newest first. `clockLead` is how far the server's clock is ahead of ours.
	 */
	listVideos(page: { limit: number; after?: string }): Promise<JobPage & { clockLead: ClockLead }>;
	/** Cancels a running job. Some servers delete a finished video instead, so check its status first. */
	cancelVideo(id: string): Promise<void>;
	/** Returns every model of the server's list, whatever its output. */
	listModels(timeoutMs?: number): Promise<ModelInfo[]>;
	/** Returns the model info from the model's parameter schema. Empty on servers without schemas. */
	describeModel(model: string, timeoutMs?: number): Promise<Partial<ModelInfo>>;
	/**
	 * Returns the cost of a request without creating the video. Undefined on servers that cannot estimate.
	 * @param key not the key of the create: if the server creates a video by mistake, a repeat returns the same one
	 * @throws FailureError `dryRunCreatedVideo` if the response looks like a job
	 */
	estimateCost(request: VideoRequest, key: string): Promise<Estimate | undefined>;
	/** @throws FailureError `balanceUnsupported` if the server does not report a balance */
	getBalance(timeoutMs?: number): Promise<Balance>;
	/** Returns the secret that the server signs its deliveries with. Undefined if the user must enter it, and did not. */
	webhookSecret(): Promise<string | undefined>;
	/** Returns the URL of a file that requires the key, on servers that store the files themselves. */
	contentUrl(id: string, variant: string): string;
	/** Opens a file. Sends the key to the server's own origin only. */
	openFile(url: string): Promise<ServedFile>;
	/** Returns the failure for a job that ended without a video. */
	failureOfJob(job: Job): FailureError;
}

/** Reads the credential and returns the API of its server. */
export async function openApi(host: HttpHost): Promise<VideoApi> {
	const server = await Connection.open(host);
	return new ServerApi(server, dialectOf(server.credential));
}

class ServerApi implements VideoApi {
	readonly failureOfJob = failureOfJob;
	readonly baseUrl: string;
	readonly signingKey: string;
	readonly account: string;

	constructor(
		private readonly server: Connection,
		readonly dialect: Dialect,
	) {
		const { baseUrl, decrypted } = server.credential;
		this.baseUrl = baseUrl;
		this.signingKey = sha256(`n8n-nodes-lumenfall ${baseUrl} ${String(decrypted.data?.apiKey)}`);
		this.account = shortHash(this.signingKey);
	}

	async createVideo(
		request: VideoRequest,
		idempotencyKey: string,
		{ patienceMs = 0, onSend }: CreateOptions = {},
	): Promise<Job> {
		const timeoutMs = Math.max(TIMEOUTS.create, patienceMs);
		const { response, read } = await sendCreate(this.server, this.dialect, request, {
			idempotencyKey,
			timeoutMs,
			onSend,
		});
		if (read.outcome === 'created') return this.withCurrency(read.job);
		throw response.brokenBy ?? failureOfCreate(response, read, request);
	}

	async supportsIdempotencyKey(): Promise<boolean> {
		const { supportsIdempotencyKey, extras } = this.dialect;
		if (!supportsIdempotencyKey || !extras) return supportsIdempotencyKey;
		return await extras.isConfirmed(this.server).catch(() => false);
	}

	async getVideo(id: string, timeoutMs: number = TIMEOUTS.status) {
		const timeout = Math.min(timeoutMs, TIMEOUTS.status);
		const response = await this.get(this.videoUrl(id), timeout);
		const job = statusOf(response, id, this.baseUrl);
		if (!job) throw refusalOf(response, 'status', { videoId: id });
		return { job: this.withCurrency(job), ...pollHint(response) };
	}

	async listVideos(page: { limit: number; after?: string }) {
		if (!this.dialect.listUrl) throw serverErrors.noList();
		const sentAt = Date.now();
		const response = await this.get(this.dialect.listUrl(this.baseUrl, page), TIMEOUTS.list);
		const found = isSuccess(response) ? decodeJobs(response.body) : undefined;
		if (!found) throw refusalOf(response, 'list');
		const jobs = found.jobs.map((job) => this.withCurrency(job));
		return { ...found, jobs, clockLead: clockLead(response, { sentAt, receivedAt: Date.now() }) };
	}

	async cancelVideo(id: string) {
		const url = this.videoUrl(id);
		const response = await this.server.send({ method: 'DELETE', url, timeoutMs: TIMEOUTS.cancel });
		if (!isSuccess(response)) throw refusalOf(response, 'cancel', { videoId: id });
	}

	async listModels(timeoutMs: number = TIMEOUTS.models) {
		const { path, decode } = this.dialect.models;
		const response = await this.get(`${this.baseUrl}${path}`, timeoutMs);
		if (!isSuccess(response)) throw refusalOf(response, 'models');
		const models = decode(response.body);
		if (models.length === 0) throw serverErrors.invalidBaseUrl({ httpStatus: response.statusCode });
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
		if (!this.dialect.webhook) throw serverErrors.webhooksUnsupported();
		return await this.dialect.webhook.secret(this.server);
	}

	contentUrl(id: string, variant: string) {
		return `${this.videoUrl(id)}/content${variant === 'video' ? '' : `?variant=${variant}`}`;
	}

	async openFile(url: string) {
		return await this.server.open(url);
	}

	/** The id is one segment of the path. A segment of dots would be a relative path. */
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

function statusOf(response: HttpResponse, id: string, base: string): Job | undefined {
	const { statusCode, body } = response;
	// xAI responds with 202 and no body while a job is running.
	if (statusCode === 202 && !body) return { id, phase: 'running', status: 'in_progress' };
	if (isSuccess(response)) return decodeJob(body, { id, base });
	// Some servers report a failed job with the status of an error.
	const job = strongIdIn(body) === id ? decodeJob(body, { id, base }) : undefined;
	return job?.phase === 'failed' || job?.phase === 'cancelled' ? job : undefined;
}
