import { randomBytes } from 'node:crypto';
import { plainError } from '../../server/apiError.mts';
import type { Job } from '../../jobs/jobs.mts';
import type { Dialect } from '../dialect.mts';
import type { SandboxState } from '../../state.mts';
import { readTolerantRequest } from './createRequest.mts';
import { openai } from '../openai/dialect.mts';
import { coarseProgress, formatVideo } from '../openai/response.mts';
import { registerModels, registerVideos, removeEnded } from '../openai/routes.mts';

/**
 * stdapi.ai in front of Amazon Bedrock (docs/protocols/compatible-servers.md#stdapiai). Errors are taken to be OpenAI's.
 * The page gives the lengths of two models (Luma Ray 2: 5 or 9 s, Nova Reel: 6…120 s)
 * and not their ids, so they are known by a part of the name; others make any length.
 */
export const stdapi: Dialect = {
	...openai,
	newId,
	register(api, state) {
		registerVideos(api, state, '/v1', {
			readCreateRequest: (body) =>
				readTolerantRequest(body, {
					secondsProblem,
					defaultSeconds: defaultSeconds(body.fields.model),
				}),
			formatCreated: (job) => ({ ...formatInvocation(job, state), prompt: job.prompt }),
			formatVideo: formatInvocation,
			list: { cursors: true },
			content: {
				async sendVariant(_reply, _videoPath, variant) {
					throw plainError(400, `Variant '${variant}' is not supported.`, { param: 'variant' });
				},
			},
			remove: removeEnded,
		});
		registerModels(api, '/v1');
	},
};

function secondsProblem(seconds: number, model: string): string | undefined {
	if (/luma/i.test(model) && ![5, 9].includes(seconds)) return 'seconds must be 5 or 9';
	const isInRange = Number.isInteger(seconds) && seconds >= 6 && seconds <= 120;
	return /nova-reel/i.test(model) && !isInRange ? 'seconds must be from 6 to 120' : undefined;
}

function defaultSeconds(model: unknown): number {
	return /luma/i.test(String(model)) ? 5 : 6;
}

/** `expires_at` exists only where the operator has set a retention; the sandbox's option is that. */
function formatInvocation(job: Job, state: SandboxState) {
	const { prompt: _, ...video } = formatVideo(job, state);
	return {
		...video,
		progress: coarseProgress(job),
		expires_at: state.fileLifetimeSeconds === undefined ? null : video.expires_at,
	};
}

function newId(): string {
	const invocation = randomBytes(6).toString('hex');
	const arn = `arn:aws:bedrock:us-east-1:123456789012:async-invoke/${invocation}`;
	const output = `s3://video-generation-outputs-us-east-1-123456789012/stdapi/videos/${randomBytes(16).toString('hex')}`;
	return `video_${Buffer.from(`${arn}|${output}`).toString('base64')}`;
}
