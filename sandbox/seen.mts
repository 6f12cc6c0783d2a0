import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPending, type Job } from './jobs.mts';
import type { World } from './world.mts';

/** The job as this one answer tells it: the truth, or the lie that a status fault asks for. */
export function seenJob(job: Job, request: FastifyRequest): Job {
	switch (request.fault?.do) {
		case 'stuck':
			return {
				...job,
				status: 'in_progress',
				startedAt: 0,
				finishedAt: undefined,
				output: undefined,
			};
		case 'unknown-status':
			return { ...job, status: 'transmogrified' };
		case 'no-file':
			return { ...job, status: 'completed', output: undefined };
		default:
			return job;
	}
}

/** Tells the client when to ask again, as OpenAI's own helper expects it. */
export function hintNextPoll(reply: FastifyReply, job: Job, { pollAfterMs }: World) {
	if (pollAfterMs !== undefined && isPending(job)) {
		reply.header('openai-poll-after-ms', String(pollAfterMs));
	}
}
