import { randomUUID } from 'node:crypto';
import { plainError } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { describeFailure } from '../../jobs/failures.mts';
import type { Job, JobRequest } from '../../jobs/jobs.mts';
import type { Dialect } from '../dialect.mts';
import type { SandboxState } from '../../state.mts';
import { readTolerantRequest } from './createRequest.mts';
import { coarseProgress, failureWords, formatVideo, statusWord } from '../openai/response.mts';
import { abort, registerModels, registerVideos } from '../openai/routes.mts';

/**
 * SGLang diffusion in the older form that breaks more clients (docs.sglang.io, OpenAI API). Beyond it: the form of ids, the length when none is given, and that validation, too, answers
 * with a sentence in `detail`.
 */
export const sglang: Dialect = {
	basePath: '/v1',
	newId: randomUUID,
	register(api, state) {
		registerVideos(api, state, '/v1', {
			readCreateRequest,
			formatVideo: formatSglangVideo,
			list: { cursors: false },
			content: {
				notReady: () => plainError(404, 'Generation is still in-progress'),
				prepare() {
					if (state.cloudUrl) throw plainError(400, 'use the cloud URL');
				},
			},
			remove(job) {
				abort(job, state);
				return { ...formatSglangVideo(job, state), status: 'deleted' };
			},
			unknownVideo: () => plainError(404, 'Video not found'),
		});
		registerModels(api, '/v1');
	},
	errorBody: ({ message }) => ({ detail: message }),
	unauthorized: () => plainError(401),
	unknownPath: () => plainError(404),
	faultError: plainError,
};

async function readCreateRequest(body: ReceivedBody): Promise<JobRequest> {
	const { encoding, files } = body;
	const fields = { ...body.fields, ...(body.fields.extra_body as object | undefined) };
	const isReferred = files.length > 0 || fields.reference_url !== undefined;
	if (encoding === 'multipart' && !isReferred) {
		throw plainError(400, 'input_reference file is required');
	}
	// The page knows JSON for text only; taking an image there could hide a client's mistake.
	if (fields.input_reference !== undefined) {
		throw plainError(400, 'input_reference must be uploaded as a file');
	}
	const jobRequest = await readTolerantRequest(
		{ ...body, fields },
		{
			// Unset models are reported under this name.
			defaultModel: 'sora-2',
			imageField: 'reference_url',
			secondsProblem: (seconds) =>
				Number.isInteger(seconds) ? undefined : 'seconds must be an integer',
		},
	);
	return { ...jobRequest, body: body.fields };
}

function formatSglangVideo(job: Job, state: SandboxState) {
	const { output, seconds } = job;
	const failure = describeFailure(job.failure, failureWords);
	return {
		...formatVideo(job, state),
		status: statusWord(job, { in_progress: 'queued' }),
		progress: coarseProgress(job),
		seconds,
		error: failure && { message: failure.message },
		...(state.cloudUrl && { url: output?.url ?? null }),
	};
}
