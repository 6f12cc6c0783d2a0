import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError, errorTable, type ErrorWords } from '../apiError.mts';
import { readBody } from '../body.mts';
import { quirkOf } from '../faults.mts';
import { cost, type Job } from '../jobs.mts';
import { billingOf } from '../records.mts';
import { findRoute, similarModel, type Model } from '../models.mts';
import { hintNextPoll, seenJob } from '../seen.mts';
import type { Dialect, World } from '../world.mts';
import { readOrder } from './lumenfallOrder.mts';
import {
	formatCreated,
	formatEstimate,
	formatModel,
	formatModelId,
	formatRequest,
	formatSchema,
	formatVideo,
	requestId,
} from './lumenfallWire.mts';

const internalError: ErrorWords = ['api_error', 'INTERNAL_ERROR', 'Something went wrong'];
// Section 5; where the type was not readable there, it is a guess.
const faultErrors: Record<number, ErrorWords> = {
	400: ['invalid_request_error', 'INVALID_REQUEST', 'The request is not valid'],
	401: ['authentication_error', 'AUTHENTICATION_FAILED', 'Invalid API key'],
	402: [
		'insufficient_quota',
		'INSUFFICIENT_BALANCE',
		'Insufficient balance: $0.80 required, $0.02 available',
	],
	404: ['invalid_request_error', 'MODEL_DISABLED', 'This model is currently switched off'],
	429: ['rate_limit_error', 'RATE_LIMITED', 'Too many requests'],
	502: ['api_error', 'ALL_PROVIDERS_EXHAUSTED', 'All providers failed to process the request'],
};

/** Lumenfall's gateway; section numbers refer to the Lumenfall reference page. */
export const lumenfall: Dialect = {
	basePath: '/openai/v1',
	newId: () => `video_${randomBytes(6).toString('hex')}`,
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
	announce,
};

function register(api: FastifyInstance, world: World) {
	const { jobs } = world;

	api.post('/openai/v1/videos', { config: { kind: 'create' } }, async (request, reply) => {
		const route = (slug: string) => requireRoute(slug, world);
		const { model, order } = await readOrder(await readBody(request), route);
		reply.header('x-lumenfall-provider', order.provider);
		const isDryRun = request.entry.kind === 'estimate' && request.fault?.do !== 'orders';
		if (isDryRun) return formatEstimate(order, model);

		const known = jobs.withIdempotencyKey(order.idempotencyKey);
		if (known) return formatVideo(known);
		requireBalance(cost(order), world);
		const job = jobs.start(order, quirkOf(request.fault));
		return await reply.code(202).send(formatCreated(job));
	});

	api.get('/openai/v1/videos/:id', { config: { kind: 'status' } }, async (request, reply) => {
		const job = seenJob(requireJob(request, world), request);
		reply.header('x-lumenfall-provider', job.provider);
		hintNextPoll(reply, job, world);
		return formatVideo(job);
	});

	// Section 21 leaves open what cancelling a finished job answers; here it changes nothing.
	api.delete('/openai/v1/videos/:id', { config: { kind: 'delete' } }, async (request, reply) => {
		jobs.cancel(requireJob(request, world));
		return await reply.code(204).send();
	});

	// The same entry on both bases; only the native one tells a model's parameters (section 11).
	const format = world.modelList === 'rich' ? formatModel : formatModelId;
	for (const base of ['/openai/v1', '/v1']) {
		api.get(`${base}/models/*`, { config: { kind: 'models' } }, async (request) => {
			const model = requireModel((request.params as { '*': string })['*'], world);
			const { schema } = request.query as { schema?: string };
			const state = world.models.of(model.id);
			return {
				...format(model, state),
				...(base === '/v1' && schema === 'true' && { schema: formatSchema(model) }),
			};
		});
	}
	api.get('/openai/v1/models', { config: { kind: 'models' } }, async () => ({
		object: 'list',
		data: world.models.listed().map((model) => format(model, world.models.of(model.id))),
	}));

	api.get('/v1/balance', async () => ({
		object: 'balance',
		billing_type: world.creditUsd === null ? 'postpaid' : 'prepaid',
		available: { amount: balanceUsd(world), currency: 'usd' },
	}));
	api.get('/v1/requests', async () => ({
		object: 'list',
		data: jobs.all().map(formatRequest).reverse(),
		next_page_url: null,
		previous_page_url: null,
	}));
	api.get('/v1/webhooks/secret', async () => ({ key: world.notifier.secret }));
}

function requireJob(request: FastifyRequest, { jobs }: World): Job {
	const { id } = request.params as { id: string };
	// Notices name a job by its request id (section 8), so both names lead to it.
	const job = jobs.find(id.replace(/^req_/, 'video_'));
	if (job) return job;
	throw new ApiError(404, `Video '${id}' not found`, {
		type: 'invalid_request_error',
		code: 'NOT_FOUND',
	});
}

/** What is refused where a forced provider does not have the model is not said (section 14); here no model has that name. */
function requireModel(slug: string, { models }: World): Model {
	const model = findRoute(slug);
	if (model && models.of(model.id) !== 'retired') return model;
	const similar = similarModel(slug);
	const hint = similar && similar !== model?.id ? `. Did you mean '${similar}'?` : '';
	throw new ApiError(404, `Model '${slug}' not found${hint}`, {
		type: 'invalid_request_error',
		code: 'MODEL_NOT_FOUND',
	});
}

/** The model as far as it can be ordered from. */
function requireRoute(slug: string, world: World): Model {
	const model = requireModel(slug, world);
	if (world.models.of(model.id) === 'present') return model;
	const [type, code, message] = faultErrors[404];
	throw new ApiError(404, message, { type, code });
}

function requireBalance(neededUsd: number, world: World) {
	const availableUsd = balanceUsd(world);
	if (availableUsd === null || neededUsd <= availableUsd) return;
	const amounts = `$${neededUsd.toFixed(2)} required, $${availableUsd.toFixed(2)} available`;
	throw new ApiError(402, `Insufficient balance: ${amounts}`, {
		type: 'insufficient_quota',
		code: 'INSUFFICIENT_BALANCE',
	});
}

function balanceUsd({ jobs, creditUsd }: World): number | null {
	return creditUsd === null ? null : creditUsd - billingOf(jobs.all()).usd;
}

function announce(job: Job, { notifier, deliveryIds }: World) {
	if (job.webhookUrl === undefined) return;
	const { output, error, status } = formatVideo(job);
	notifier.notify(job.webhookUrl, `msg_${requestId(job)}`, {
		type: `video.${status}`,
		data: {
			object: 'video.generation',
			id: deliveryIds === 'video' ? job.id : requestId(job),
			model: job.model,
			status,
			...(output && { output: { url: output.url } }),
			...(error && { error }),
		},
	});
}
