import { randomBytes } from 'node:crypto';
import { plainError } from '../../server/apiError.mts';
import { describeFailure } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/jobs.mts';
import type { Dialect } from '../dialect.mts';
import { readTolerantRequest } from './createRequest.mts';
import { failureWords, statusWord } from '../openai/response.mts';
import { registerModels, registerVideos } from '../openai/routes.mts';

/**
 * A relay of the new-api family at its loosest (docs.newapi.pro). Beyond it:
 * the envelope of errors, `failure` for a job that failed, and that list and DELETE are missing.
 */
export const newapi: Dialect = {
	basePath: '/v1',
	newId: () => `task_${randomBytes(16).toString('hex')}`,
	register(api, state) {
		registerVideos(api, state, '/v1', {
			readCreateRequest: (body) =>
				readTolerantRequest(body, { defaultModel: 'sora-2', defaultSeconds: 10 }),
			formatVideo: formatTask,
			unknownVideo: () => plainError(404, 'task not found', { code: 'task_not_exist' }),
		});
		api.get('/v1/videos/:id/content', { config: { kind: 'content' } }, async (_request, reply) =>
			reply.code(404).type('text/plain').send('404 page not found'),
		);
		registerModels(api, '/v1');
	},
	errorBody: ({ status, code, message }) => ({
		code: code ?? (status < 500 ? 'invalid_request' : 'upstream_error'),
		message,
		data: null,
	}),
	unauthorized: () => plainError(401, 'invalid token', { code: 'invalid_token' }),
	unknownPath: (method, path) => plainError(404, `Invalid URL (${method} ${path})`),
	faultError: plainError,
};

const words = { queued: 'submitted', completed: 'success', failed: 'failure' };

function formatTask(job: Job) {
	const { id, output, model, seconds, size } = job;
	const error = describeFailure(job.failure, failureWords);
	return {
		id,
		task_id: id,
		object: 'video',
		model,
		status: statusWord(job, words),
		// Text, and it never moves, not even at the end.
		progress: '30%',
		// In milliseconds, unlike everybody else's.
		created_at: Math.floor(job.createdAt),
		seconds: String(seconds),
		size,
		...(output && { video_url: output.url, result_url: output.url }),
		...(error && { error }),
	};
}
