import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { fail } from '../errors/messages';
import type { Phase } from '../errors/classify';
import type { FailureDetails } from '../errors/failure';
import { inputErrors } from '../errors/inputErrors';
import type { Job } from '../job/job';
import type { ModelInfo } from '../models/modelInfo';
import { slugOf } from '../models/profiles';
import {
	clockLead,
	createResponseReader,
	isSuccess,
	pollHint,
	type ResponseReader,
	type ClockLead,
} from './readResponse';
import { withoutStop } from './withoutStop';
import { dialectOf, type ServerChoice } from './dialects';
import type { Dialect } from './dialects/dialect';
import { decodeJob, decodeJobs, type JobPage } from './decode/video';
import {
	decodeBalance,
	decodeEstimate,
	jobInDryRun,
	type Balance,
	type Estimate,
} from './dialects/lumenfall/money';
import { decodeSchema } from './dialects/lumenfall/modelSchema';
import { decodeWebhookSecret } from './decode/delivery';
import { requestWithKey, type HttpResponse, type HttpHost } from './http';
import type { VideoRequest } from '../request/videoRequest';
import { sizesOf } from '../request/shape';

/** The server behind the credential: each method is one request and answers with typed values. */
export interface VideoApi extends ResponseReader {
	readonly dialect: Dialect;
	/** Everything in front of `/videos`, without a slash at the end. */
	readonly baseUrl: string;
	/** Orders a video. Never repeated by itself, and never cut short by Stop: its answer is the proof of purchase. */
	createVideo(request: VideoRequest, idempotencyKey: string): Promise<Job>;
	/** One look at a job; `hintMs` is the server's wish for the next one. */
	getVideo(id: string, timeoutMs?: number): Promise<{ job: Job; hintMs?: number }>;
	/** One page of the server's videos, newest first; `clockLead` is how far its clock is ahead of ours. */
	listVideos(page: { limit: number; after?: string }): Promise<JobPage & { clockLead: ClockLead }>;
	/** Asks the server to stop a running job. Some servers delete a finished one instead, so look first. */
	cancelVideo(id: string): Promise<void>;
	/** Every model of the server's list, whatever it makes. */
	listModels(timeoutMs?: number): Promise<ModelInfo[]>;
	/** What the parameter schema of a model says; nothing on servers that have none. */
	describeModel(model: string, timeoutMs?: number): Promise<Partial<ModelInfo>>;
	/**
	 * Asks what a request would cost, without ordering it; undefined on servers that cannot be asked.
	 * @param key not that of the order: should the server order after all, a repeat finds the same video
	 * @throws FailureError `dryRunCreatedVideo` where the answer looks like a job
	 */
	estimateCost(request: VideoRequest, key: string): Promise<Estimate | undefined>;
	/** @throws FailureError `balanceUnsupported` where the server has none */
	getBalance(timeoutMs?: number): Promise<Balance>;
	/** The secret that the server signs its deliveries with: docs/protocols/lumenfall.md#webhooks. */
	webhookSecret(): Promise<string>;
	/** The address of a file behind the key, on servers that serve it themselves. */
	contentUrl(id: string, variant: string): string;
}

interface Credential extends ServerChoice {
	apiKey: string;
}

/** A create may carry a picture of several megabytes and some gateways answer only after checking it. */
const CREATE_TIMEOUT_MS = 120_000;
const GET_TIMEOUT_MS = 30_000;
const CANCEL_TIMEOUT_MS = 10_000;
/** A delivery waits for it, and its sender gives up after 30 s. */
const SECRET_TIMEOUT_MS = 10_000;

/** Reads the credential and opens the server it names. */
export async function openApi(host: HttpHost): Promise<VideoApi> {
	const credential = await host.getCredentials<Credential & IDataObject>('lumenfallApi');
	const { baseUrl, apiKey } = credential;
	const base = baseUrl.trim().replace(/\/+$/, '');
	if (!/^https?:\/\/[^\s/]+/i.test(base)) throw inputErrors.badBaseUrl(baseUrl);
	return apiAt(host, base, dialectOf(credential), createResponseReader([apiKey]));
}

function apiAt(host: HttpHost, base: string, dialect: Dialect, reader: ResponseReader): VideoApi {
	const send = async (
		method: IHttpRequestMethods,
		url: string,
		timeout: number,
		{ body, through = host }: { body?: IDataObject | FormData; through?: HttpHost } = {},
	) =>
		await requestWithKey(through, {
			method,
			url,
			timeout,
			...(body && { body }),
			json: !(body instanceof FormData),
		});

	const readJob = (answer: HttpResponse, phase: Phase, facts: FailureDetails): Job => {
		const job = isSuccess(answer) ? decodeJob(answer.body) : undefined;
		if (job) return withCurrency(job, dialect);
		// Some gateways answer a refusal with status 200: docs/protocols/lumenfall.md#errors.
		throw reader.refusalOf(answer, phase, facts);
	};

	const native = dialect.nativeBase?.(base);
	const videoUrl = (id: string) => `${base}/videos/${encodeURIComponent(id)}`;

	return {
		...reader,
		dialect,
		baseUrl: base,

		async createVideo(request, idempotencyKey) {
			const order = async (body: IDataObject | FormData) =>
				await send('POST', `${base}/videos`, CREATE_TIMEOUT_MS, {
					body,
					through: withoutStop(host),
				});

			const body = dialect.encodeCreate(request, idempotencyKey);
			const answer = await order(body);
			const otherBody = dialect.encodeAsForm?.(body, answer.statusCode);
			return readJob(otherBody ? await order(otherBody) : answer, 'create', {
				model: request.model,
				...sizesOf(request),
			});
		},

		async getVideo(id, timeoutMs = GET_TIMEOUT_MS) {
			const answer = await send('GET', videoUrl(id), timeoutMs);
			return { job: readJob(answer, 'status', { videoId: id }), ...pollHint(answer) };
		},

		async listVideos(page) {
			if (!dialect.listUrl) throw fail('noList');
			const askedAt = Date.now();
			const answer = await send('GET', dialect.listUrl(base, page), GET_TIMEOUT_MS);
			const found = isSuccess(answer) ? decodeJobs(answer.body) : undefined;
			if (!found) throw reader.refusalOf(answer, 'list');
			return { ...found, clockLead: clockLead(answer, { askedAt, answeredAt: Date.now() }) };
		},

		async cancelVideo(id) {
			const answer = await send('DELETE', videoUrl(id), CANCEL_TIMEOUT_MS);
			if (!isSuccess(answer)) throw reader.refusalOf(answer, 'cancel', { videoId: id });
		},

		async listModels(timeoutMs = GET_TIMEOUT_MS) {
			const answer = await send('GET', `${base}${dialect.models.path}`, timeoutMs);
			if (!isSuccess(answer)) throw reader.refusalOf(answer, 'models');
			const models = dialect.models.decode(answer.body);
			if (models.length === 0) throw fail('invalidBaseUrl', { httpStatus: answer.statusCode });
			return models;
		},

		async describeModel(model, timeoutMs = GET_TIMEOUT_MS) {
			if (!native) return {};
			const url = `${native}/models/${encodeURIComponent(slugOf(model))}?schema=true`;
			const answer = await send('GET', url, timeoutMs);
			return isSuccess(answer) ? decodeSchema(answer.body) : {};
		},

		async estimateCost(request, key) {
			if (!native) return undefined;
			const body = dialect.encodeCreate(request, key);
			const answer = await send('POST', `${base}/videos?dryRun=true`, GET_TIMEOUT_MS, { body });
			if (!isSuccess(answer)) throw reader.refusalOf(answer, 'create', { model: request.model });
			const videoId = jobInDryRun(answer.statusCode, answer.body);
			if (videoId !== undefined) throw fail('dryRunCreatedVideo', videoId ? { videoId } : {});
			return decodeEstimate(answer.body);
		},

		async getBalance(timeoutMs = GET_TIMEOUT_MS) {
			const answer = native && (await send('GET', `${native}/balance`, timeoutMs));
			if (!answer) throw fail('balanceUnsupported');
			const balance = isSuccess(answer) ? decodeBalance(answer.body) : undefined;
			if (!balance) throw reader.refusalOf(answer, 'balance');
			return balance;
		},

		async webhookSecret() {
			const url = `${native ?? base}/webhooks/secret`;
			const answer = await send('GET', url, SECRET_TIMEOUT_MS);
			const secret = isSuccess(answer) ? decodeWebhookSecret(answer.body) : undefined;
			if (!secret) throw reader.refusalOf(answer, 'models');
			return secret;
		},

		contentUrl: (id, variant) =>
			`${videoUrl(id)}/content${variant === 'video' ? '' : `?variant=${variant}`}`,
	};
}

function withCurrency(job: Job, { currency }: Dialect): Job {
	return currency && job.cost !== undefined ? { currency, ...job } : job;
}
