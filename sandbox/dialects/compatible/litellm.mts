import { randomBytes } from 'node:crypto';
import { plainError } from '../../server/apiError.mts';
import { unixSeconds } from '../../clock.mts';
import { describeFailure } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/jobs.mts';
import type { Dialect } from '../dialect.mts';
import { readTolerantRequest } from './createRequest.mts';
import { envelope, failureWords, statusWord } from '../openai/response.mts';
import { registerModels, registerVideos, type VideosContract } from '../openai/routes.mts';

/**
 * The LiteLLM proxy in front of Veo (docs.litellm.ai/docs/videos), without DELETE.
 * The page names LiteLLM's error shape without showing it; here it is OpenAI's envelope whose code is
 * the HTTP status as text and whose message names the exception.
 */
export const litellm: Dialect = {
	basePath: '/v1',
	newId,
	register(api, state) {
		for (const base of ['/v1', '']) {
			registerVideos(api, state, base, contract);
			registerModels(api, base);
		}
	},
	errorBody: (error) =>
		envelope(
			{ ...error, message: `litellm.${exceptionOf(error.status)}: ${error.message}` },
			String(error.status),
		),
	unauthorized: () => plainError(401),
	unknownPath: () => plainError(404),
	faultError: plainError,
};

const contract: VideosContract = {
	readCreateRequest: (body) => readTolerantRequest(body, { defaultModel: 'veo-3.1-fast' }),
	formatVideo: formatLitellmVideo,
	list: { cursors: true },
	content: {
		prepare: (_request, reply) =>
			void reply.header('content-disposition', 'attachment; filename="video.mp4"'),
	},
	// Somebody else's job is forbidden, and an unknown one only an administrator may ask for.
	unknownVideo: () => plainError(403, 'This key does not own the video'),
};

function formatLitellmVideo(job: Job) {
	const error = describeFailure(job.failure, failureWords);
	return {
		id: job.id,
		object: 'video',
		status: statusWord(job, { queued: 'processing', in_progress: 'processing' }),
		created_at: unixSeconds(job.createdAt),
		model: job.model,
		usage: { duration_seconds: job.seconds },
		...(error && { error }),
	};
}

// Six bytes that base64 writes as `++++////`, and a length that needs a `=` in the end: every
// character that changes its meaning in a URL.
const hostileBytes = Buffer.from([0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff]);

function newId(): string {
	const route = Buffer.from('litellm:custom_llm_provider:vertex_ai;model_id:veo;video_id:');
	const length = 200 - route.length - hostileBytes.length;
	return `video_${Buffer.concat([route, hostileBytes, randomBytes(length)]).toString('base64')}`;
}

const exceptions: Record<number, string> = {
	400: 'BadRequestError',
	401: 'AuthenticationError',
	403: 'PermissionDeniedError',
	404: 'NotFoundError',
	429: 'RateLimitError',
	503: 'ServiceUnavailableError',
};

function exceptionOf(status: number): string {
	return exceptions[status] ?? (status < 500 ? 'APIError' : 'InternalServerError');
}
