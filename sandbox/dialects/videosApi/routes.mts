import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { quirkOf } from '../../faults/plannedFaults.mts';
import { reportedJob } from '../../faults/reportedJob.mts';
import { isPending, type Job, type JobRequest } from '../../jobs/jobs.mts';
import { anyModel, listModels, type Model } from '../../models/models.mts';
import { ApiError, plainError } from '../../server/apiError.mts';
import { readBody, type ReceivedBody } from '../../server/readBody.mts';
import { sendFile } from '../../server/sendFile.mts';
import type { SandboxState } from '../../state.mts';
import { registerChanges, type ChangeRules } from './changes.mts';
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
	readCreateRequest(
		body: ReceivedBody,
		findJob: (id: string) => Job | undefined,
	): Promise<JobRequest>;
	/** Below `base`; `/videos` by default. */
	createPath?: string;
	/** Status of the answer to a create; 200 by default. */
	createdStatus?: number;
	/** The answer to a create, where it differs from later ones. */
	formatCreated?: Format;
	/** Answers a create when the video is finished. */
	waitsForVideo?: boolean;
	/** Comes before every answer with a job: sets headers or the status. */
	prepareAnswer?(job: Job, reply: FastifyReply): void;
	formatVideo: Format;
	/** The status route; it exists by default. */
	hasNoStatus?: boolean;
	/** A running job is answered 202 without a body. */
	emptyWhileRunning?: boolean;
	/** The list; `cursors: false` where it has nothing but the videos. */
	list?: { cursors: boolean; requiredQuery?: string };
	content?: ContentRules;
	/** Deletes the job and returns the answer. */
	remove?(job: Job, state: SandboxState, request: FastifyRequest): unknown;
	changes?: ChangeRules;
	unknownVideo?(id: string): ApiError;
}

export type Format = (job: Job, state: SandboxState, request: FastifyRequest) => unknown;

export interface ContentRules {
	notReady?(job: Job): ApiError;
	/** Comes before the file of a finished job: throws to refuse, or sets headers. */
	prepare?(request: FastifyRequest, reply: FastifyReply, state: SandboxState): void;
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

	function requireJob(id: string): Job {
		const job = jobs.find(id);
		if (!job) throw (contract.unknownVideo ?? unknownVideo)(id);
		return job;
	}
	const jobIn = (request: FastifyRequest) => requireJob((request.params as { id: string }).id);

	async function create(jobRequest: JobRequest, request: FastifyRequest, reply: FastifyReply) {
		const job = jobs.start(jobRequest, quirkOf(request.fault));
		if (contract.waitsForVideo) await jobs.ended(job);
		reply.code(contract.createdStatus ?? 200);
		contract.prepareAnswer?.(job, reply);
		return formatCreated(job, state, request);
	}

	const { createPath = '/videos' } = contract;
	api.post(`${base}${createPath}`, { config: { kind: 'create' } }, async (request, reply) =>
		create(await contract.readCreateRequest(await readBody(request), jobs.find), request, reply),
	);
	if (contract.changes) registerChanges(api, base, contract.changes, { requireJob, create });

	if (!contract.hasNoStatus) {
		api.get(`${base}/videos/:id`, { config: { kind: 'status' } }, async (request, reply) => {
			const job = reportedJob(jobIn(request), request);
			setPollHint(reply, job, state);
			contract.prepareAnswer?.(job, reply);
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
			const answer = remove(jobIn(request), state, request);
			return answer === undefined ? await reply.code(204).send() : answer;
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

/** The models in OpenAI's form; servers that accept any model still list only these. */
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
