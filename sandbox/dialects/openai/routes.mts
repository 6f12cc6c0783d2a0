import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, plainError } from '../../server/apiError.mts';
import { readBody, type ReceivedBody } from '../../server/readBody.mts';
import { quirkOf } from '../../faults/faults.mts';
import { isPending, type Job, type JobRequest } from '../../jobs/jobs.mts';
import { anyModel, listModels, type Model } from '../../models/models.mts';
import { reportedJob } from '../../faults/playFaults.mts';
import { sendFile } from '../../server/sendFile.mts';
import type { SandboxState } from '../../state.mts';
import {
	formatDeleted,
	formatModel,
	formatPage,
	notReady,
	unknownVideo,
	type ListQuery,
} from './response.mts';

/** How one server fills the routes of OpenAI's contract; a route that it lacks is left out. */
export interface VideosContract {
	readCreateRequest(body: ReceivedBody): Promise<JobRequest>;
	/** Status of the answer to a create; 200 unless said otherwise. */
	createdStatus?: number;
	/** The answer to a create, where it differs from later ones. */
	formatCreated?: Format;
	formatVideo: Format;
	/** The list; `cursors: false` where it has nothing but the videos. */
	list?: { cursors: boolean };
	content?: ContentRules;
	/** Deletes the job and returns the answer. */
	remove?(job: Job, state: SandboxState): unknown;
	unknownVideo?(id: string): ApiError;
}

type Format = (job: Job, state: SandboxState, request: FastifyRequest) => unknown;

export interface ContentRules {
	notReady?(job: Job): ApiError;
	/** Comes before the file of a finished job: throws to refuse, or sets headers. */
	prepare?(request: FastifyRequest, reply: FastifyReply): void;
	/** Answers a request for another variant than the video; it is ignored where this is absent. */
	sendVariant?(reply: FastifyReply, videoPath: string, variant: string): Promise<unknown>;
}

/** The routes of the Videos API below `base`, as the contract fills them. */
export function registerVideos(
	api: FastifyInstance,
	state: SandboxState,
	base: string,
	contract: VideosContract,
) {
	const { jobs } = state;
	const { formatVideo, formatCreated = formatVideo, list, content, remove } = contract;

	function requireJob(request: FastifyRequest): Job {
		const { id } = request.params as { id: string };
		const job = jobs.find(id);
		if (!job) throw (contract.unknownVideo ?? unknownVideo)(id);
		return job;
	}

	api.post(`${base}/videos`, { config: { kind: 'create' } }, async (request, reply) => {
		const jobRequest = await contract.readCreateRequest(await readBody(request));
		const job = jobs.start(jobRequest, quirkOf(request.fault));
		reply.code(contract.createdStatus ?? 200);
		return formatCreated(job, state, request);
	});

	api.get(`${base}/videos/:id`, { config: { kind: 'status' } }, async (request, reply) => {
		const job = reportedJob(requireJob(request), request);
		setPollHint(reply, job, state);
		return formatVideo(job, state, request);
	});

	if (list) {
		api.get(`${base}/videos`, async (request) => {
			const format = (job: Job) => formatVideo(job, state, request);
			const page = formatPage(request.query as ListQuery, state, format);
			return list.cursors ? page : { object: page.object, data: page.data };
		});
	}
	if (content) {
		api.get(`${base}/videos/:id/content`, { config: { kind: 'content' } }, (request, reply) =>
			sendContent(request, reply, requireJob(request), content),
		);
	}
	if (remove) {
		api.delete(`${base}/videos/:id`, { config: { kind: 'delete' } }, async (request) =>
			remove(requireJob(request), state),
		);
	}

	async function sendContent(
		request: FastifyRequest,
		reply: FastifyReply,
		job: Job,
		rules: ContentRules,
	) {
		const { output } = job;
		const { variant = 'video' } = request.query as { variant?: string };
		if (!output) throw (rules.notReady ?? notReady)(job);
		if (output.expiresAt <= state.clock.now() || request.fault?.do === 'expired') {
			throw (contract.unknownVideo ?? unknownVideo)(job.id);
		}
		rules.prepare?.(request, reply);
		if (request.fault?.do === 'redirect') return await reply.redirect(output.url, 302);
		if (variant === 'video' || !rules.sendVariant) return await sendFile(request, reply, output);
		return await rules.sendVariant(reply, output.path, variant);
	}
}

/** The catalogue in OpenAI's form; servers that take any model still list only these. */
export function registerModels(
	api: FastifyInstance,
	base: string,
	requireModel: (id: string) => Model = anyModel,
) {
	api.get(`${base}/models`, { config: { kind: 'models' } }, async () => ({
		object: 'list',
		data: listModels().map(formatModel),
	}));
	api.get<{ Params: { id: string } }>(
		`${base}/models/:id`,
		{ config: { kind: 'models' } },
		async ({ params }) => formatModel(requireModel(params.id)),
	);
}

/** DELETE as OpenAI means it: only what has ended can go. */
export function removeEnded(job: Job) {
	if (isPending(job)) throw plainError(400, 'Video is still being processed.');
	job.deleted = true;
	return formatDeleted(job);
}

/** DELETE that also stops a job which still runs. */
export function abort(job: Job, { jobs }: SandboxState) {
	jobs.cancel(job);
	job.deleted = true;
	return formatDeleted(job);
}

/** Sets the header by which OpenAI's client library spaces its polls. */
export function setPollHint(reply: FastifyReply, job: Job, { pollAfterMs }: SandboxState) {
	if (pollAfterMs !== undefined && isPending(job)) {
		reply.header('openai-poll-after-ms', String(pollAfterMs));
	}
}
