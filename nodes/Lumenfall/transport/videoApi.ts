import { serverErrors } from '../errors/serverErrors';
import type { Job } from '../job/job';
import type { ModelInfo } from '../models/modelInfo';
import type { VideoRequest } from '../request/videoRequest';
import { sha256, shortHash } from '../support/hash';
import { Connection, type ServedFile } from './connection';
import { failureOfCreate } from './createResponse';
import { readError } from './decode/error';
import { isJobId, strongIdIn } from './decode/jobId';
import { decodeJob } from './decode/video';
import { decodeJobs, type JobPage } from './decode/videoList';
import { dialectOf } from './dialects';
import type { Balance, Dialect, Estimate } from './dialects/dialect';
import { TIMEOUTS } from './timeouts';
import type { HttpHost } from './httpHost';
import type { ClockLead } from './httpResponse';
import { failureOfResponse } from './failureOfResponse';
import { sendCreate } from './sendCreate';
import { requestErrors } from './requestErrors';
import { readStatusResponse } from './statusResponse';

/** How a create is sent. */
interface CreateOptions {
	/** How long to wait for a response at least, in milliseconds. Some servers respond only when the video is finished. */
	patienceMs?: number;
	/** Called once, right before the request is sent. After an error before that, nothing was created. */
	onSend?(): void;
}

/** Reads the credential and returns the API of its server. */
export async function openApi(host: HttpHost): Promise<VideoApi> {
	const server = await Connection.open(host);
	return new VideoApi(server, dialectOf(server.credential));
}

/** The API of the credential's server. Each method is one exchange and returns typed values. */
export class VideoApi {
	/** The part of each URL before `/videos`, without a trailing slash. */
	readonly baseUrl: string;
	/** A secret that only holders of the credential can compute. The API key cannot be derived from it. */
	readonly signingKey: string;
	/** Identifies server and key of the credential. The key cannot be derived from it. */
	readonly account: string;

	constructor(
		private readonly server: Connection,
		readonly dialect: Dialect,
	) {
		const { baseUrl, apiKey } = server.credential;
		this.baseUrl = baseUrl;
		this.signingKey = sha256(`n8n-nodes-lumenfall ${baseUrl} ${apiKey}`);
		this.account = shortHash(this.signingKey);
	}

	/**
	 * Creates a video. Never retried, except in another form if the server refused the form of the request. After a Stop,
	 * the request has less than a second left, because its response is the only record of what was paid.
	 * @throws FailureError with `nothingMade` or `neverSent` if that is certain; after any other error, the outcome is
	 * unknown
	 */
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

	/**
	 * Reports whether the server creates one job per key, so that a create with an unknown outcome may be repeated. Sends
	 * a request if the host name does not show it. Returns false if it is not certain.
	 */
	async supportsIdempotencyKey(): Promise<boolean> {
		const { supportsIdempotencyKey, extras } = this.dialect;
		if (!supportsIdempotencyKey || !extras) return supportsIdempotencyKey;
		return await extras.isConfirmed(this.server).catch(() => false);
	}

	/**
	 * Makes one status check. `hintMs` is the server's hint for the next check, in milliseconds.
	 * @throws FailureError if the response describes no job, which says nothing about the job itself
	 */
	async getVideo(
		id: string,
		timeoutMs: number = TIMEOUTS.status,
	): Promise<{ job: Job; hintMs?: number }> {
		const timeout = Math.min(timeoutMs, TIMEOUTS.status);
		const response = await this.server.get(this.videoUrl(id), timeout);
		const job = readStatusResponse(response, id, this.baseUrl);
		if (!job) throw failureOfResponse(response, 'status', { videoId: id });
		return { job: this.withCurrency(job), ...response.pollHint };
	}

	/**
	 * Returns one page of the server's videos, newest first. `clockLead` is how far the server's clock is ahead of ours.
	 * @throws FailureError `noList` if the server has no list; another error if the response is no list
	 */
	async listVideos(page: {
		limit: number;
		after?: string;
	}): Promise<JobPage & { clockLead: ClockLead }> {
		if (!this.dialect.listUrl) throw serverErrors.noList();
		const sentAt = Date.now();
		const response = await this.server.get(this.dialect.listUrl(this.baseUrl, page), TIMEOUTS.list);
		const found = response.isSuccess ? decodeJobs(response.body) : undefined;
		if (!found) throw failureOfResponse(response, 'list');
		const jobs = found.jobs.map((job) => this.withCurrency(job));
		return { ...found, jobs, clockLead: response.clockLead({ sentAt, receivedAt: Date.now() }) };
	}

	/**
	 * Cancels a running job. Some servers delete a finished video instead, so check its status first.
	 * @throws FailureError if the server refuses, also with the status of a success
	 */
	async cancelVideo(id: string): Promise<void> {
		const url = this.videoUrl(id);
		const response = await this.server.send({ method: 'DELETE', url, timeoutMs: TIMEOUTS.cancel });
		if (!response.isSuccess) throw failureOfResponse(response, 'cancel', { videoId: id });
		// Some relays refuse with status 200. A cancelled job may have an error too, which says that it was cancelled.
		const { json, body } = response;
		const isCancelled = decodeJob(json, { id })?.phase === 'cancelled';
		const isJob = isCancelled || strongIdIn(json) !== undefined;
		const refusal = isJob ? undefined : readError(json);
		if (!refusal) return;
		const asRefusal = response.with({ body, statusCode: 400 });
		throw failureOfResponse(asRefusal, 'cancel', { videoId: id }, refusal);
	}

	/** Returns every model of the server's list, whatever its output. */
	async listModels(timeoutMs: number = TIMEOUTS.models): Promise<ModelInfo[]> {
		const { path, decode } = this.dialect.models;
		const response = await this.server.get(`${this.baseUrl}${path}`, timeoutMs);
		if (!response.isSuccess) throw failureOfResponse(response, 'models');
		const models = decode(response.body);
		if (models.length === 0) throw serverErrors.invalidBaseUrl({ httpStatus: response.statusCode });
		return models;
	}

	/** Returns the model info from the model's parameter schema. Empty on servers without schemas. */
	async describeModel(
		model: string,
		timeoutMs: number = TIMEOUTS.modelSchema,
	): Promise<Partial<ModelInfo>> {
		return (await this.dialect.extras?.describeModel(this.server, model, timeoutMs)) ?? {};
	}

	/**
	 * Returns the cost of a request without creating the video. Undefined on servers that cannot estimate.
	 * @param key not the key of the create: if the server creates a video by mistake, a repeat returns the same one
	 * @throws FailureError `dryRunCreatedVideo` if the response looks like a job
	 */
	async estimateCost(request: VideoRequest, key: string): Promise<Estimate | undefined> {
		return await this.dialect.extras?.estimateCost(this.server, request, key);
	}

	/** @throws FailureError `balanceUnsupported` if the server does not report a balance */
	async getBalance(timeoutMs: number = TIMEOUTS.balance): Promise<Balance> {
		if (!this.dialect.extras) throw serverErrors.balanceUnsupported();
		return await this.dialect.extras.getBalance(this.server, timeoutMs);
	}

	/** Returns the secret that the server signs its deliveries with. Undefined if the user must enter it, and did not. */
	async webhookSecret(): Promise<string | undefined> {
		if (!this.dialect.webhook) throw serverErrors.webhooksUnsupported();
		return await this.dialect.webhook.secret(this.server);
	}

	/** Returns the URL of a file that requires the key, on servers that store the files themselves. */
	contentUrl(id: string, variant: string): string {
		return `${this.videoUrl(id)}/content${variant === 'video' ? '' : `?variant=${variant}`}`;
	}

	/** Opens a file. Sends the key to the server's own origin only. */
	async openFile(url: string): Promise<ServedFile> {
		return await this.server.open(url);
	}

	/** The id is one segment of the path. A segment of dots would be a relative path. */
	private videoUrl(id: string): string {
		if (/^\.+$/.test(id) || !isJobId(id)) throw requestErrors.badVideoId(id);
		return `${this.baseUrl}/videos/${encodeURIComponent(id)}`;
	}

	private withCurrency(job: Job): Job {
		const { currency } = this.dialect;
		return currency && job.cost !== undefined ? { currency, ...job } : job;
	}
}
