import type { FastifyInstance, FastifyRequest } from 'fastify';
import { randomHex } from '../../ids.mts';
import { ApiError, errorTable, type ErrorText } from '../../server/apiError.mts';
import { readBody } from '../../server/readBody.mts';
import { jobFaultOf } from '../../faults/plannedFaults.mts';
import { cost, type Job } from '../../jobs/job.mts';
import { billingOf } from '../../jobs/shownJob.mts';
import { findRoute, similarModel, type Model } from '../../models/models.mts';
import { reportedJob } from '../../faults/reportedJob.mts';
import { formatModel } from '../videosApi/response.mts';
import { setPollHint } from '../videosApi/routes.mts';
import type { Dialect } from '../dialect.mts';
import type { SandboxState } from '../../state.mts';
import { standardSignature } from '../../webhooks/signatures.mts';
import { readCreateRequest } from './createRequest.mts';
import {
	formatCreated,
	formatEstimate,
	formatDetailedModel,
	formatRequest,
	formatSchema,
	formatVideo,
	requestId,
} from './response.mts';

const internalError: ErrorText = ['api_error', 'INTERNAL_ERROR', 'Something went wrong'];
// Codes and messages: docs.lumenfall.ai/api-reference/errors. Types that the page does not show are guesses.
const faultErrors: Record<number, ErrorText> = {
	400: ['invalid_request_error', 'INVALID_REQUEST', 'The request is not valid'],
	401: ['authentication_error', 'AUTHENTICATION_FAILED', 'Invalid API key'],
	402: [
		'insufficient_quota',
		'INSUFFICIENT_BALANCE',
		'Insufficient balance: $0.80 required, $0.02 available',
	],
	404: ['invalid_request_error', 'NOT_FOUND', 'Not found'],
	429: ['rate_limit_error', 'RATE_LIMITED', 'Too many requests'],
	502: ['api_error', 'ALL_PROVIDERS_EXHAUSTED', 'All providers failed to process the request'],
};

/** Lumenfall's gateway, as docs.lumenfall.ai documents it. */
export const lumenfall: Dialect = {
	basePath: '/openai/v1',
	newId: () => `video_${randomHex(6)}`,
	register,
	errorBody: ({ message, type, code }) => ({ error: { message, type, code } }),
	unauthorized: () =>
		new ApiError(401, 'Invalid API key', {
			type: 'authentication_error',
			code: 'AUTHENTICATION_FAILED',
		}),
	unknownPath: (method, path) =>
		new ApiError(404, `Unknown route ${method} ${path}`, {
			type: 'invalid_request_error',
			code: 'NOT_FOUND',
		}),
	faultError: errorTable(faultErrors, internalError),
	webhookField: 'webhook_url',
	sendWebhook,
};

function register(api: FastifyInstance, state: SandboxState) {
	const { jobs } = state;

	api.post('/openai/v1/videos', { config: { kind: 'create' } }, async (request, reply) => {
		const route = (slug: string) => requireRoute(slug, state);
		const { model, jobRequest } = await readCreateRequest(await readBody(request), route);
		reply.header('x-lumenfall-provider', jobRequest.provider);
		const isDryRun = request.entry.kind === 'estimate' && request.fault?.do !== 'creates-job';
		if (isDryRun) return formatEstimate(jobRequest, model);

		const known = jobs.withIdempotencyKey(jobRequest.idempotencyKey);
		if (known) return formatVideo(known);
		requireBalance(cost(jobRequest), state);
		const job = jobs.start(jobRequest, jobFaultOf(request.fault));
		return await reply.code(202).send(formatCreated(job));
	});

	api.get('/openai/v1/videos/:id', { config: { kind: 'status' } }, async (request, reply) => {
		const job = reportedJob(requireJob(request, state), request);
		reply.header('x-lumenfall-provider', job.provider);
		setPollHint(reply, job, state);
		return formatVideo(job);
	});

	// The response to the cancellation of a finished job is undocumented. Here, the job does not change.
	api.delete('/openai/v1/videos/:id', { config: { kind: 'delete' } }, async (request, reply) => {
		jobs.cancel(requireJob(request, state));
		return await reply.code(204).send();
	});

	// Both base URLs have this route. Only the native one reports the parameters of a model.
	const format = state.modelList === 'rich' ? formatDetailedModel : formatModel;
	for (const base of ['/openai/v1', '/v1']) {
		api.get(`${base}/models/*`, { config: { kind: 'models' } }, async (request) => {
			const model = requireModel((request.params as { '*': string })['*'], state);
			const { schema } = request.query as { schema?: string };
			return {
				...format(model, state.models.of(model.id)),
				...(base === '/v1' && schema === 'true' && { schema: formatSchema(model) }),
			};
		});
	}
	api.get('/openai/v1/models', { config: { kind: 'models' } }, async () => ({
		object: 'list',
		data: state.models.listed().map((model) => format(model, state.models.of(model.id))),
	}));

	api.get('/v1/balance', { config: { kind: 'account' } }, async () => ({
		object: 'balance',
		billing_type: state.creditUsd === null ? 'postpaid' : 'prepaid',
		available: { amount: balanceUsd(state), currency: 'usd' },
	}));
	api.get('/v1/requests', { config: { kind: 'history' } }, async () => ({
		object: 'list',
		data: jobs.all().map(formatRequest).reverse(),
		next_page_url: null,
		previous_page_url: null,
	}));
	api.get('/v1/webhooks/secret', { config: { kind: 'secret' } }, async () => ({
		key: state.webhooks.secret,
	}));
}

function requireJob(request: FastifyRequest, { jobs }: SandboxState): Job {
	const { id } = request.params as { id: string };
	// Webhooks contain the request id of a job, so both ids find it.
	const job = jobs.find(id.replace(/^req_/, 'video_'));
	if (job) return job;
	throw new ApiError(404, `Video '${id}' not found`, {
		type: 'invalid_request_error',
		code: 'NOT_FOUND',
	});
}

/** The refusal of a forced provider without the model is undocumented. Here, such a model is unknown. */
function requireModel(slug: string, { models }: SandboxState): Model {
	const model = findRoute(slug);
	if (model && models.of(model.id) !== 'retired') return model;
	const similar = similarModel(slug);
	const hint = similar && similar !== model?.id ? `. Did you mean '${similar}'?` : '';
	throw new ApiError(404, `Model '${slug}' not found${hint}`, {
		type: 'invalid_request_error',
		code: 'MODEL_NOT_FOUND',
	});
}

/** Returns the model if the gateway routes it now. */
function requireRoute(slug: string, state: SandboxState): Model {
	const model = requireModel(slug, state);
	if (state.models.of(model.id) === 'present') return model;
	throw new ApiError(404, `Model '${slug}' is disabled`, {
		type: 'invalid_request_error',
		code: 'MODEL_DISABLED',
	});
}

function requireBalance(neededUsd: number, state: SandboxState) {
	const availableUsd = balanceUsd(state);
	if (availableUsd === null || neededUsd <= availableUsd) return;
	const amounts = `$${neededUsd.toFixed(2)} required, $${availableUsd.toFixed(2)} available`;
	throw new ApiError(402, `Insufficient balance: ${amounts}`, {
		type: 'insufficient_quota',
		code: 'INSUFFICIENT_BALANCE',
	});
}

function balanceUsd({ jobs, creditUsd }: SandboxState): number | null {
	return creditUsd === null ? null : creditUsd - billingOf(jobs.all()).usd;
}

function sendWebhook(job: Job, { webhooks, deliveryIds }: SandboxState) {
	if (job.webhookUrl === undefined) return;
	const { output, error, status } = formatVideo(job);
	const data = {
		object: 'video.generation',
		id: deliveryIds === 'video' ? job.id : requestId(job),
		model: job.model,
		status,
		...(output && { output: { url: output.url } }),
		...(error && { error }),
	};
	const sign = standardSignature(`msg_${requestId(job)}`);
	webhooks.send(job.webhookUrl, { type: `video.${status}`, data }, sign);
}
