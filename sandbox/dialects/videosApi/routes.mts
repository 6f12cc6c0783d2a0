import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jobFaultOf } from '../../faults/plannedFaults.mts';
import { reportedJob } from '../../faults/reportedJob.mts';
import { isPending, type Job, type JobRequest } from '../../jobs/job.mts';
import { anyModel, listModels, type Model } from '../../models/models.mts';
import { ApiError, plainError } from '../../server/apiError.mts';
import { readBody, type ReceivedBody } from '../../server/readBody.mts';
import { sendFile } from '../../server/sendFile.mts';
import type { SandboxState } from '../../state.mts';
import { registerChanges, type ChangeRules } from './changes.mts';
import type { ContentRules, ListRules, ServerSpec } from './serverSpec.mts';
import {
	formatDeleted,
	formatModel,
	formatPage,
	notReady,
	unknownVideo,
	type ListQuery,
} from './response.mts';

/** The routes of OpenAI's contract on one server. A route that the server does not have is absent. */
export interface VideosContract {
	readCreateRequest(
		body: ReceivedBody,
		findJob: (id: string) => Job | undefined,
	): Promise<JobRequest>;
	/** Relative to `base`. `/videos` by default. */
	createPath?: string;
	/** Status of the response to a create. 200 by default. */
	createdStatus?: number;
	/** The response to a create, if it differs from later ones. */
	formatCreated?: Format;
	/** The response to a create is sent when the video is finished. */
	waitsForVideo?: boolean;
	/** Called before every response with a job. Sets headers or the status. */
	prepareResponse?(job: Job, reply: FastifyReply): void;
	formatVideo: Format;
	/** Whether the status route is missing. */
	hasNoStatus?: boolean;
	/** While a job is running, the response is 202 without a body. */
	emptyWhileRunning?: boolean;
	list?: ListRules;
	content?: ContentRules;
	/** Deletes the job and returns the response. */
	remove?(job: Job, state: SandboxState, request: FastifyRequest): unknown;
	changes?: ChangeRules;
	unknownVideo?(id: string): ApiError;
}

export type Format = (job: Job, state: SandboxState, request: FastifyRequest) => unknown;

/** Registers the routes of the Videos API below `base`. */
export function registerVideos(
	api: FastifyInstance,
	state: SandboxState,
	base: string,
	contract: VideosContract,
) {
	const { jobs } = state;
	const { formatVideo, formatCreated = formatVideo, list, content, remove } = contract;

	function requireJob(id: string): Job {
		const job = jobs.find(id);
		if (!job) throw (contract.unknownVideo ?? unknownVideo)(id);
		return job;
	}
	const jobIn = (request: FastifyRequest) => requireJob((request.params as { id: string }).id);

	async function create(jobRequest: JobRequest, request: FastifyRequest, reply: FastifyReply) {
		const job = jobs.start(jobRequest, jobFaultOf(request.fault));
		if (contract.waitsForVideo) await jobs.ended(job);
		reply.code(contract.createdStatus ?? 200);
		contract.prepareResponse?.(job, reply);
		return formatCreated(job, state, request);
	}

	const { createPath = '/videos' } = contract;
	api.post(`${base}${createPath}`, { config: { kind: 'create' } }, async (request, reply) => {
		const body = await readBody(request);
		const jobRequest = await contract.readCreateRequest(body, (id) => jobs.find(id));
		return await create(jobRequest, request, reply);
	});
	if (contract.changes) registerChanges(api, base, contract.changes, { requireJob, create });

	if (!contract.hasNoStatus) {
		api.get(`${base}/videos/:id`, { config: { kind: 'status' } }, async (request, reply) => {
			const job = reportedJob(jobIn(request), request);
			setPollHint(reply, job, state);
			contract.prepareResponse?.(job, reply);
			if (contract.emptyWhileRunning && isPending(job)) return await reply.code(202).send();
			return formatVideo(job, state, request);
		});
	}
	if (list) {
		api.get(`${base}/videos`, { config: { kind: 'list' } }, async (request) => {
			const query = request.query as ListQuery & Record<string, string | undefined>;
			if (list.requiredQuery && query[list.requiredQuery] === undefined) {
				throw plainError(400, `${list.requiredQuery} is required`, { param: list.requiredQuery });
			}
			const page = formatPage(query, state, (job) => formatVideo(job, state, request));
			return list.cursors ? page : { object: page.object, data: page.data };
		});
	}
	if (content) {
		api.get(`${base}/videos/:id/content`, { config: { kind: 'content' } }, (request, reply) =>
			sendContent(request, reply, jobIn(request), content),
		);
	}
	if (remove) {
		api.delete(`${base}/videos/:id`, { config: { kind: 'delete' } }, async (request, reply) => {
			const response = remove(jobIn(request), state, request);
			return response === undefined ? await reply.code(204).send() : response;
		});
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
		rules.prepare?.(request, reply, state);
		if (request.fault?.do === 'redirect') return await reply.redirect(output.url, 302);
		if (variant === 'video' || !rules.sendVariant) return await sendFile(request, reply, output);
		return await rules.sendVariant(reply, output.path, variant);
	}
}

/** Registers the model list in OpenAI's format. Servers that accept any model still list only these. */
export function registerModels(
	api: FastifyInstance,
	base: string,
	{ requireModel = anyModel, modelOwner }: Pick<ServerSpec, 'requireModel' | 'modelOwner'> = {},
) {
	const format = (model: Model) => ({
		...formatModel(model),
		...(modelOwner && { owned_by: modelOwner }),
	});
	api.get(`${base}/models`, { config: { kind: 'models' } }, async () => ({
		object: 'list',
		data: listModels().map(format),
	}));
	api.get<{ Params: { id: string } }>(
		`${base}/models/:id`,
		{ config: { kind: 'models' } },
		async ({ params }) => format(requireModel(params.id)),
	);
}

/** OpenAI's DELETE: only a job that has ended can be deleted. */
export function removeEnded(job: Job) {
	if (isPending(job)) throw plainError(400, 'Video is still being processed.');
	job.deleted = true;
	return formatDeleted(job);
}

/** A DELETE that also stops a running job. */
export function abort(job: Job, { jobs }: SandboxState) {
	jobs.cancel(job);
	job.deleted = true;
	return formatDeleted(job);
}

/** Sets the header that OpenAI's SDK uses as its polling interval. */
export function setPollHint(reply: FastifyReply, job: Job, { pollAfterMs }: SandboxState) {
	if (pollAfterMs !== undefined && isPending(job)) {
		reply.header('openai-poll-after-ms', String(pollAfterMs));
	}
}
