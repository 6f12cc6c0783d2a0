import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, plainError } from '../apiError.mts';
import { readBody, type ReceivedBody } from '../body.mts';
import { quirkOf } from '../faults.mts';
import { isPending, type Job, type JobOrder } from '../jobs.mts';
import { anyModel, listModels, type Model } from '../models.mts';
import { hintNextPoll, seenJob } from '../seen.mts';
import { sendFile } from '../sendFile.mts';
import type { World } from '../world.mts';
import {
	formatDeleted,
	formatModel,
	formatPage,
	notReady,
	unknownVideo,
	type ListQuery,
} from './openaiWire.mts';

/** How one server fills the routes of OpenAI's contract; a route that it lacks is left out. */
export interface VideosContract {
	readOrder(body: ReceivedBody): Promise<JobOrder>;
	/** Status of the answer to a create; 200 unless said otherwise (section 1.1). */
	createdStatus?: number;
	/** The answer to a create, where it differs from later ones. */
	formatCreated?: Format;
	formatVideo: Format;
	/** The list; `cursors: false` where it tells no more than the videos. */
	list?: { cursors: boolean };
	content?: ContentRules;
	/** Deletes the job and tells so. */
	remove?(job: Job, world: World): unknown;
	unknownVideo?(id: string): ApiError;
}

type Format = (job: Job, world: World, request: FastifyRequest) => unknown;

export interface ContentRules {
	notReady?(job: Job): ApiError;
	/** Comes before the file of a finished job: throws to refuse, or sets headers. */
	prepare?(request: FastifyRequest, reply: FastifyReply): void;
	/** Answers a request for another variant than the video; it is ignored where this is absent. */
	sendVariant?(reply: FastifyReply, videoPath: string, variant: string): Promise<unknown>;
}

/** The routes of section 1 below `base`, as the contract fills them. */
export function registerVideos(
	api: FastifyInstance,
	world: World,
	base: string,
	contract: VideosContract,
) {
	const { jobs } = world;
	const { formatVideo, formatCreated = formatVideo, list, content, remove } = contract;

	function requireJob(request: FastifyRequest): Job {
		const { id } = request.params as { id: string };
		const job = jobs.find(id);
		if (!job) throw (contract.unknownVideo ?? unknownVideo)(id);
		return job;
	}

	api.post(`${base}/videos`, { config: { kind: 'create' } }, async (request, reply) => {
		const order = await contract.readOrder(await readBody(request));
		const job = jobs.start(order, quirkOf(request.fault));
		reply.code(contract.createdStatus ?? 200);
		return formatCreated(job, world, request);
	});

	api.get(`${base}/videos/:id`, { config: { kind: 'status' } }, async (request, reply) => {
		const job = seenJob(requireJob(request), request);
		hintNextPoll(reply, job, world);
		return formatVideo(job, world, request);
	});

	if (list) {
		api.get(`${base}/videos`, async (request) => {
			const format = (job: Job) => formatVideo(job, world, request);
			const page = formatPage(request.query as ListQuery, world, format);
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
			remove(requireJob(request), world),
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
		if (output.expiresAt <= world.clock.now() || request.fault?.do === 'expired') {
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

/** DELETE as OpenAI means it: only what has ended can go (section 1.4). */
export function removeEnded(job: Job) {
	if (isPending(job)) throw plainError(400, 'Video is still being processed.');
	job.deleted = true;
	return formatDeleted(job);
}

/** DELETE that also stops a job which still runs. */
export function abort(job: Job, { jobs }: World) {
	jobs.cancel(job);
	job.deleted = true;
	return formatDeleted(job);
}
