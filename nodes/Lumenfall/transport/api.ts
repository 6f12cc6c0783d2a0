import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { inputFailures } from '../errors/inputFailures';
import { classify, type Phase, type Refusal } from '../errors/classify';
import { fail } from '../errors/catalogue';
import type { FailureError } from '../errors/failure';
import { tidyServerText } from '../errors/serverText';
import type { Job } from '../job/job';
import type { VideoRequest } from '../job/request';
import { videoModelsOf, type ModelInfo } from '../models/catalogue';
import { dialects } from './dialects';
import type { Dialect, ServerKind } from './dialects/dialect';
import { decodeJob, decodeModels, decodeRefusal } from './dialects/decode';
import { requestWithKey, type HttpAnswer, type HttpHost } from './http';

/** One look at a job, with the server's wish for the next one. */
export interface JobAnswer {
	job: Job;
	pollAfterMs?: number;
}

/** The server behind the credential: each method is one request and answers with typed values. */
export interface VideoApi {
	readonly dialect: Dialect;
	/** Orders a video. Never repeated by itself. */
	createVideo(request: VideoRequest, idempotencyKey: string): Promise<Job>;
	getVideo(id: string, timeoutMs?: number): Promise<JobAnswer>;
	/** The address of the file behind the key, on servers that serve it themselves. */
	contentUrl(id: string): string;
	listVideoModels(): Promise<ModelInfo[]>;
	/** The failure that a refusing answer means. */
	refusalOf(
		answer: HttpAnswer,
		phase: Phase,
		facts?: { videoId?: string; model?: string },
	): FailureError;
	/** The failure that a job which ended without a video means. */
	failureOfJob(job: Job): FailureError;
}

interface Credential {
	baseUrl: string;
	apiKey: string;
	server: ServerKind;
}

/** A create may carry a picture of several megabytes and some gateways answer only after checking it. */
const CREATE_TIMEOUT_MS = 120_000;
const GET_TIMEOUT_MS = 30_000;

/** Reads the credential and opens the server it names. */
export async function openApi(host: HttpHost): Promise<VideoApi> {
	const { baseUrl, apiKey, server } = await host.getCredentials<Credential & IDataObject>(
		'lumenfallApi',
	);
	const base = baseUrl.trim().replace(/\/+$/, '');
	if (!/^https?:\/\/[^\s/]+/i.test(base)) throw inputFailures.badBaseUrl(baseUrl);
	return apiAt(host, base, dialects[server] ?? dialects.lumenfall, [apiKey]);
}

function apiAt(host: HttpHost, base: string, dialect: Dialect, secrets: string[]): VideoApi {
	const send = async (
		method: IHttpRequestMethods,
		path: string,
		timeout: number,
		body?: IDataObject | FormData,
	) =>
		await requestWithKey(host, {
			method,
			url: `${base}${path}`,
			timeout,
			...(body && { body }),
			json: !(body instanceof FormData),
		});

	const refusalOf: VideoApi['refusalOf'] = (answer, phase, facts = {}) =>
		classify(readRefusal(answer, secrets), phase, facts);

	const readJob = (
		answer: HttpAnswer,
		phase: Phase,
		facts: { videoId?: string; model?: string },
	): Job => {
		const job = isSuccess(answer) ? decodeJob(answer.body) : undefined;
		if (job) return job;
		// Some gateways answer a refusal with status 200 (lumenfall-api section 5).
		throw refusalOf(answer, phase, facts);
	};

	return {
		dialect,
		refusalOf,
		contentUrl: (id) => `${base}/videos/${encodeURIComponent(id)}/content`,
		failureOfJob: (job) =>
			classify(readJobError(job, secrets), 'job', { videoId: job.id, status: job.status }),

		async createVideo(request, idempotencyKey) {
			const body = dialect.encodeCreate(request, idempotencyKey);
			const answer = await send('POST', '/videos', CREATE_TIMEOUT_MS, body);
			return readJob(answer, 'create', { model: request.model });
		},

		async getVideo(id, timeoutMs = GET_TIMEOUT_MS) {
			const answer = await send('GET', `/videos/${encodeURIComponent(id)}`, timeoutMs);
			const job = readJob(answer, 'status', { videoId: id });
			return { job, ...pollHint(answer) };
		},

		async listVideoModels() {
			const answer = await send('GET', '/models', GET_TIMEOUT_MS);
			if (!isSuccess(answer)) throw refusalOf(answer, 'models');
			const models = decodeModels(answer.body);
			if (models.length === 0) throw fail('wrongAddress', { httpStatus: answer.statusCode });
			return videoModelsOf(models);
		},
	};
}

function isSuccess({ statusCode }: HttpAnswer): boolean {
	return statusCode >= 200 && statusCode < 300;
}

function readRefusal(answer: HttpAnswer, secrets: string[]): Refusal {
	const { code, message } = decodeRefusal(answer.body);
	const retryAfterMs = retryAfter(answer.headers);
	return {
		httpStatus: answer.statusCode,
		...(code && { code: tidyServerText(code, secrets) }),
		...(message && { serverMessage: tidyServerText(message, secrets) }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

function readJobError({ error, status }: Job, secrets: string[]): Refusal {
	const words = error?.message ?? `the server says '${status}' and gives no reason`;
	return {
		...(error?.code && { code: tidyServerText(error.code, secrets) }),
		serverMessage: tidyServerText(words, secrets),
	};
}

/** OpenAI's own pollers obey this header (openai-videos-api section 1.5). */
function pollHint({ headers }: HttpAnswer): { pollAfterMs?: number } {
	const hinted = Number(headers['openai-poll-after-ms'] ?? Number.NaN);
	const pollAfterMs = hinted > 0 ? hinted : retryAfter(headers);
	return pollAfterMs === undefined ? {} : { pollAfterMs };
}

/** `Retry-After` in milliseconds, from seconds or from a date (RFC 9110, 10.2.3); a malformed one is no hint. */
function retryAfter(headers: IDataObject): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string') return undefined;
	const milliseconds = /^\d+(\.\d+)?$/.test(value)
		? Number(value) * 1000
		: Date.parse(value) - Date.now();
	return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
