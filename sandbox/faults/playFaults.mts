import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Job } from '../jobs/jobs.mts';
import type { ActiveFault, Faults } from './faults.mts';
import { retryAfterHeader } from '../server/apiError.mts';

declare module 'fastify' {
	interface FastifyRequest {
		fault?: ActiveFault;
	}
}

/**
 * Plays the faults that concern a whole answer. Those before the job spare the route; those after
 * it let the route do its work first, so that "accepted, reply lost" can happen.
 * @param errorBody the body of an answer for which the fault brings none
 */
export function playFaults(
	server: FastifyInstance,
	faults: Faults,
	errorBody: (status: number) => unknown,
) {
	server.addHook('preHandler', async (request, reply) => {
		const { kind } = request.entry;
		if (kind === 'unknown') return;
		const fault = faults.take(kind === 'other' ? 'any' : kind);
		request.fault = fault;

		if (fault?.do === 'reset-before') {
			reply.hijack();
			request.raw.socket.destroy();
		}
		if (fault?.do === 'status') {
			await reply.send(answer(fault, reply));
		}
	});

	server.addHook('onSend', async (request, reply, payload) => {
		const { fault } = request;
		if (fault?.do === 'slow') await sleep(fault.delayMs, undefined, { ref: false });
		if (fault?.do === 'reset-after') request.raw.socket.destroy();
		if (fault?.do !== 'status-after') return payload;
		const body = answer(fault, reply);
		return typeof body === 'string' ? body : JSON.stringify(body);
	});

	function answer(fault: Extract<ActiveFault, { status: number }>, reply: FastifyReply): unknown {
		reply.code(fault.status);
		if (fault.retryAfterSeconds !== undefined) {
			const { retryAfterSeconds, retryAfterDate } = fault;
			reply.header('retry-after', retryAfterHeader(retryAfterSeconds, retryAfterDate));
		}
		const body = fault.body ?? errorBody(fault.status);
		reply.type(typeof body === 'string' ? 'text/html' : 'application/json');
		return body;
	}
}

/** The job as this one answer reports it: as it is, or as a status fault makes it look. */
export function reportedJob(job: Job, request: FastifyRequest): Job {
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
