import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../apiError.mts';
import { readBody } from '../body.mts';
import { unixSeconds } from '../clock.mts';
import { quirkOf } from '../faults.mts';
import { isPending, type Failure, type Job } from '../jobs.mts';
import { findModel, listModels, type Model } from '../models.mts';
import { takePicture } from '../renderer/stills.mts';
import { hintNextPoll, seenJob } from '../seen.mts';
import { sendFile } from '../sendFile.mts';
import type { Dialect, World } from '../world.mts';
import { invalidValue, readOrder } from './openaiOrder.mts';

/** OpenAI's Videos API as it was, strictly; section numbers refer to the OpenAI reference page. */
export const openai: Dialect = {
	basePath: '/v1',
	idBytes: 24,
	register,
	errorBody: ({ message, type, param, code }) => ({ error: { message, type, param, code } }),
	unauthorized: () =>
		new ApiError(401, 'Incorrect API key provided.', {
			type: 'invalid_request_error',
			code: 'invalid_api_key',
		}),
	unknownPath: (method, path) => notFound(`Invalid URL (${method} ${path})`),
	faultError(status) {
		const [type, code, message] = faultErrors[status] ?? serverError;
		return new ApiError(status, message, { type, code });
	},
	// OpenAI's webhooks belong to a project, not to a request (section 2), so no job has one here.
	announce: () => {},
};

type ErrorWords = readonly [type: string, code: string | null, message: string];
const serverError: ErrorWords = ['server_error', null, 'The server had an error.'];
const faultErrors: Record<number, ErrorWords> = {
	400: ['invalid_request_error', 'invalid_request', 'Unable to process request'],
	429: ['requests', 'rate_limit_exceeded', 'Rate limit reached for sora-2 on requests per min.'],
};

const defaultPageSize = 20;

function register(api: FastifyInstance, world: World) {
	const { jobs } = world;

	api.post('/v1/videos', { config: { kind: 'create' } }, async (request) => {
		const order = await readOrder(await readBody(request), requireModel);
		return formatVideo(jobs.start(order, quirkOf(request.fault)), world);
	});

	api.get('/v1/videos', async (request) => formatPage(request.query as ListQuery, world));

	api.get('/v1/videos/:id', { config: { kind: 'status' } }, async (request, reply) => {
		const job = seenJob(requireJob(request, world), request);
		hintNextPoll(reply, job, world);
		return formatVideo(job, world);
	});

	api.get('/v1/videos/:id/content', { config: { kind: 'content' } }, async (request, reply) => {
		const job = requireJob(request, world);
		const { variant = 'video' } = request.query as { variant?: string };
		const { output } = job;
		if (!output) {
			throw notFound(`Video is not ready yet, use GET /v1/videos/${job.id} to check status.`);
		}
		if (output.expiresAt <= world.clock.now() || request.fault?.do === 'expired') {
			throw unknownVideo(job.id);
		}
		if (request.fault?.do === 'redirect') return await reply.redirect(output.url, 302);
		if (variant === 'video') return await sendFile(request, reply, output);

		const picture = await takePicture(output.path, variant);
		if (!picture) throw invalidValue('variant', variant, ['video', 'thumbnail', 'spritesheet']);
		return await reply.type(picture.mimeType).send(picture.data);
	});

	api.delete('/v1/videos/:id', { config: { kind: 'delete' } }, async (request) => {
		const job = requireJob(request, world);
		if (isPending(job)) {
			throw new ApiError(400, 'Video is still being processed.', {
				type: 'invalid_request_error',
			});
		}
		job.deleted = true;
		return { id: job.id, object: 'video.deleted', deleted: true };
	});

	api.get('/v1/models', { config: { kind: 'models' } }, async () => ({
		object: 'list',
		data: listModels().map(formatModel),
	}));
	api.get<{ Params: { id: string } }>(
		'/v1/models/:id',
		{ config: { kind: 'models' } },
		async ({ params }) => formatModel(requireModel(params.id)),
	);
}

/** The video object of section 1.3. */
function formatVideo(job: Job, { jobs }: World) {
	return {
		id: job.id,
		object: 'video',
		created_at: unixSeconds(job.createdAt),
		status: job.status,
		completed_at: job.output && job.finishedAt ? unixSeconds(job.finishedAt) : null,
		expires_at: job.output ? unixSeconds(job.output.expiresAt) : null,
		error: job.failure ? errors[job.failure] : null,
		model: job.model,
		progress: jobs.progress(job),
		prompt: job.prompt,
		remixed_from_video_id: null,
		seconds: String(job.seconds),
		size: job.size,
	};
}

const errors: Record<Failure, { code: string; message: string }> = {
	moderation: {
		code: 'moderation_blocked',
		message: 'Your request was blocked by our moderation system.',
	},
	provider: {
		code: 'processing_error',
		message: "We're under heavy load. Please try again later.",
	},
};

interface ListQuery {
	limit?: string;
	order?: 'asc' | 'desc';
	after?: string;
}

function formatPage({ limit, order = 'desc', after }: ListQuery, world: World) {
	const kept = world.jobs.all().filter(({ deleted }) => !deleted);
	const sorted = order === 'asc' ? kept : [...kept].reverse();
	const start = sorted.findIndex(({ id }) => id === after) + 1;
	const page = sorted.slice(start, start + Number(limit ?? defaultPageSize));
	return {
		object: 'list',
		data: page.map((job) => formatVideo(job, world)),
		first_id: page.at(0)?.id ?? null,
		last_id: page.at(-1)?.id ?? null,
		has_more: start + page.length < sorted.length,
	};
}

function formatModel({ id, creator }: Model) {
	return { id, object: 'model', created: 1_760_000_000, owned_by: creator.toLowerCase() };
}

function requireJob(request: FastifyRequest, { jobs }: World): Job {
	const { id } = request.params as { id: string };
	const job = jobs.find(id);
	if (!job) throw unknownVideo(id);
	return job;
}

function requireModel(id: string): Model {
	const model = findModel(id);
	if (model) return model;
	throw new ApiError(404, `The model '${id}' does not exist or you do not have access to it.`, {
		type: 'invalid_request_error',
		code: 'model_not_found',
		param: 'model',
	});
}

function unknownVideo(id: string): ApiError {
	return notFound(`Video with id '${id}' not found.`);
}

function notFound(message: string): ApiError {
	return new ApiError(404, message, { type: 'invalid_request_error' });
}
