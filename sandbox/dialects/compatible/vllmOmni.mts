import { randomBytes } from 'node:crypto';
import { plainError, type ApiError } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import type { FailureKind, FailureWords } from '../../jobs/failures.mts';
import { describeFailure } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/jobs.mts';
import { framesPerSecond } from '../../renderer/renderRequest.mts';
import type { Dialect } from '../dialect.mts';
import type { SandboxState } from '../../state.mts';
import { readTolerantRequest } from './createRequest.mts';
import { envelope, formatVideo, unknownUrl } from '../openai/response.mts';
import { abort, registerModels, registerVideos } from '../openai/routes.mts';

/**
 * vLLM-Omni (docs/protocols/compatible-servers.md#vllm-omni). Beyond the page: the order of the checks, the
 * words of the errors, and that a deleted job answers as OpenAI's would. Not here: `/videos/sync`.
 */
export const vllmOmni: Dialect = {
	basePath: '/v1',
	newId: () => `video_gen_${randomBytes(16).toString('hex')}`,
	register(api, state) {
		registerVideos(api, state, '/v1', {
			readCreateRequest,
			formatVideo: formatOmniVideo,
			list: { cursors: true },
			content: {
				async sendVariant(_reply, _videoPath, variant) {
					throw plainError(400, `Variant '${variant}' is not supported`, { param: 'variant' });
				},
			},
			remove: abort,
		});
		registerModels(api, '/v1');
	},
	// Codes are integers. What fails validation answers in the form of FastAPI instead.
	errorBody: (error) =>
		error.status === 422 ? { detail: [validationProblem(error)] } : envelope(error, error.status),
	unauthorized: () => plainError(401),
	unknownPath: unknownUrl,
	faultError: plainError,
};

const errors: Record<FailureKind, FailureWords> = {
	moderation: { code: 400, message: 'The prompt was rejected.' },
	provider: { code: 500, message: 'Video generation failed.' },
};

/** A form only: of a JSON body FastAPI sees no field at all, so it misses the first required one. */
async function readCreateRequest(body: ReceivedBody) {
	const form = body.encoding === 'multipart' ? body : { ...body, fields: {} };
	const { input_reference: reference, file_id: fileId } = form.fields;
	if (reference !== undefined) throw invalid('Expected UploadFile', 'input_reference', false);
	if (fileId !== undefined) throw plainError(400, 'file_id is not implemented');

	// Neither a length nor a number of frames makes a film of one frame.
	const { num_frames: frames = 1, fps = framesPerSecond } = form.fields;
	return await readTolerantRequest(form, {
		defaultModel: 'Wan-AI/Wan2.2-T2V-A14B-Diffusers',
		defaultSeconds: Number(frames) / Number(fps),
		imageField: 'image_reference',
		secondsProblem: (seconds) =>
			form.fields.seconds === undefined || Number.isInteger(seconds)
				? undefined
				: 'seconds must be a positive integer string',
		refuse: invalid,
	});
}

function formatOmniVideo(job: Job, state: SandboxState) {
	const { output } = job;
	const inferenceS = output ? (job.finishedAt! - (job.startedAt ?? job.createdAt)) / 1000 : null;
	return {
		...formatVideo(job, state),
		error: describeFailure(job.failure, errors),
		quality: 'standard',
		media_type: 'video/mp4',
		file_name: output ? `${job.id}.mp4` : null,
		inference_time_s: inferenceS,
		stage_durations: output ? { diffusion: inferenceS } : {},
		peak_memory_mb: output ? 24_576.5 : null,
		url: null,
	};
}

function invalid(message: string, param: string, isMissing: boolean): ApiError {
	const code = isMissing ? 'missing' : 'value_error';
	return plainError(422, isMissing ? 'Field required' : message, { code, param });
}

function validationProblem({ message, code, param }: ApiError) {
	return { type: code, loc: ['body', ...(param ? [param] : [])], msg: message, input: null };
}
