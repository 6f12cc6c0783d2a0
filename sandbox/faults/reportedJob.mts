import type { FastifyRequest } from 'fastify';
import type { Job } from '../jobs/job.mts';

/** Returns the job as this response reports it: unchanged, or changed by a status fault. */
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
