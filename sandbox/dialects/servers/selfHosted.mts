import { randomUUID } from 'node:crypto';
import { randomHex } from '../../ids.mts';
import { FRAMES_PER_SECOND } from '../../renderer/renderRequest.mts';
import { plainError, type ApiError } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { envelope, openAiVideo, unknownUrl } from '../videosApi/response.mts';
import { refuseVariant } from '../videosApi/variants.mts';
import { readerOf } from '../videosApi/createRequest.mts';
import type { CreateRules, Problem } from '../videosApi/createRules.mts';
import { detailErrors, openAiErrors, plainErrors } from '../videosApi/errorStyles.mts';
import type { ServerSpec } from '../videosApi/serverSpec.mts';
import type { VideoView } from '../videosApi/videoView.mts';

const coarseProgress = ({ url }: VideoView) => (url ? 100 : 0);

/**
 * vLLM-Omni (docs/protocols/compatible-servers.md#vllm-omni). Assumed: the order of the checks, the error messages, and
 * that the response to a deletion is OpenAI's. Missing here: `/videos/sync`.
 */
export const vllmOmni: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_gen_${randomHex(16)}`,
	create: async (body, findJob) => await readerOf(omniRules(body))(body, findJob),
	failures: {
		moderation: { code: 400, message: 'The prompt was rejected.' },
		provider: { code: 500, message: 'Video generation failed.' },
	},
	video: (video) => ({
		...openAiVideo(video),
		quality: 'standard',
		media_type: 'video/mp4',
		file_name: video.url && `${video.id}.mp4`,
		inference_time_s: video.inferenceSeconds,
		stage_durations: video.url ? { diffusion: video.inferenceSeconds } : {},
		peak_memory_mb: video.url ? 24_576.5 : null,
		url: null,
	}),
	list: { cursors: true },
	content: { sendVariant: refuseVariant },
	remove: 'abort',
	// The owner in vLLM's model card, which vLLM-Omni uses in its list.
	modelOwner: 'vllm',
	// Codes are integers. Errors of the validation have FastAPI's format instead.
	errors: plainErrors(
		(error) =>
			error.status === 422 ? { detail: [validationProblem(error)] } : envelope(error, error.status),
		{ unknownPath: unknownUrl },
	),
};

function omniRules({ fields }: ReceivedBody): CreateRules {
	// Without a duration and a number of frames, the video has one frame.
	const { num_frames: frames = 1, fps = FRAMES_PER_SECOND } = fields;
	return {
		// FastAPI reads no fields from a JSON body, so it reports the first required field as missing.
		only: {
			encoding: 'multipart',
			refusal: () => invalid({ kind: 'missing', field: 'prompt', message: '' }),
		},
		model: { default: 'Wan-AI/Wan2.2-T2V-A14B-Diffusers' },
		seconds: {
			default: Number(frames) / Number(fps),
			problem: (seconds) =>
				fields.seconds === undefined || Number.isInteger(seconds)
					? undefined
					: 'seconds must be a positive integer string',
		},
		shape: { size: 'size', width: 'width', height: 'height' },
		images: [
			{ field: 'input_reference', accepts: ['file'] },
			{ field: 'image_reference', accepts: ['jsonText', 'text'] },
		],
		videos: [
			{ field: 'input_reference', accepts: ['file'], role: 'edit' },
			{ field: 'video_reference', accepts: ['jsonText'], role: 'edit' },
		],
		refuse: invalid,
	};
}

function invalid({ kind, field, message, wanted }: Problem): ApiError {
	const words = {
		missing: 'Field required',
		type: wanted === 'file' ? 'Expected UploadFile' : message,
		value: message,
	};
	const code = kind === 'missing' ? 'missing' : 'value_error';
	return plainError(422, words[kind], { code, param: field });
}

function validationProblem({ message, code, param }: ApiError) {
	return { type: code, loc: ['body', ...(param ? [param] : [])], msg: message, input: null };
}

/** AIBrix in front of vLLM-Omni (AIBrix docs). Missing here: the header `user`, which limits access to jobs. */
export const aibrix: ServerSpec = {
	...vllmOmni,
	newId: () => `aibrixjob-${randomHex(16)}`,
	// The owner in its gateway's list is unknown.
	modelOwner: undefined,
};

const wholeSeconds = (seconds: number) =>
	Number.isInteger(seconds) ? undefined : 'seconds must be an integer';

const sglangRules: CreateRules = {
	flatten: ({ extra_body: extra, ...fields }) => ({ ...fields, ...(extra as object | undefined) }),
	// A model that is not set is reported with this name.
	model: { default: 'sora-2' },
	seconds: { problem: wholeSeconds },
	shape: { size: 'size', width: 'width', height: 'height' },
	images: [
		{ field: 'input_reference', accepts: ['file', 'text'] },
		{ field: 'reference_url', accepts: ['text'] },
	],
	videos: [
		{ field: 'input_reference', accepts: ['file'], leavesOtherForms: true, role: 'edit' },
		{ field: 'video_url', accepts: ['text'], role: 'edit' },
	],
	refuse: ({ message }) => plainError(400, message),
};

/**
 * SGLang diffusion (docs/protocols/compatible-servers.md#sglang). Assumed: the form of ids, the default duration, and
 * that errors of the validation also have the message in `detail`.
 */
export const sglang: ServerSpec = {
	basePath: '/v1',
	newId: randomUUID,
	async create(body, findJob) {
		const isReferred = body.files.length > 0 || body.fields.reference_url !== undefined;
		if (body.encoding === 'multipart' && !isReferred) {
			throw plainError(400, 'input_reference file is required');
		}
		return await readerOf(sglangRules)(body, findJob);
	},
	statuses: { in_progress: 'queued' },
	video: (video) => ({
		...openAiVideo(video),
		progress: coarseProgress(video),
		seconds: video.seconds,
		error: video.error && { message: video.error.message },
		...(video.isInCloud && { url: video.url }),
	}),
	list: { cursors: false },
	content: {
		prepare(_request, _reply, { cloudUrl }) {
			if (cloudUrl) throw plainError(400, 'use the cloud URL');
		},
	},
	remove: 'mark',
	// `ModelCard` of its diffusion server.
	modelOwner: 'sglang',
	errors: detailErrors,
};

/** FastVideo. Its responses have SGLang's format. It accepts multipart without a file. Its other routes are unknown. */
export const fastvideo: ServerSpec = {
	...sglang,
	create: readerOf(sglangRules),
	list: undefined,
	content: {},
	remove: undefined,
	modelOwner: undefined,
};

/**
 * stdapi.ai in front of Amazon Bedrock (docs/protocols/compatible-servers.md#stdapiai). Assumed: OpenAI's errors. The
 * page contains the durations of two models (Luma Ray 2: 5 or 9 s, Nova Reel: 6 to 120 s) but not their ids. So a part
 * of the id decides, and other models support any duration.
 */
export const stdapi: ServerSpec = {
	basePath: '/v1',
	newId: bedrockId,
	create: readerOf({
		seconds: {
			default: (model) => (/luma/i.test(model) ? 5 : 6),
			problem: bedrockSecondsProblem,
		},
		images: [
			{
				field: 'input_reference',
				accepts: ['file', 'text', 'base64', 'object'],
				acceptsInJson: ['text', 'base64'],
			},
		],
	}),
	created: { body: (video) => ({ ...invocation(video), prompt: video.prompt }) },
	video: invocation,
	list: { cursors: true },
	content: { sendVariant: refuseVariant },
	remove: 'ended',
	errors: openAiErrors,
};

function bedrockSecondsProblem(seconds: number, model: string): string | undefined {
	if (/luma/i.test(model) && ![5, 9].includes(seconds)) return 'seconds must be 5 or 9';
	const isInRange = Number.isInteger(seconds) && seconds >= 6 && seconds <= 120;
	return /nova-reel/i.test(model) && !isInRange ? 'seconds must be from 6 to 120' : undefined;
}

/** `expires_at` is present only if the operator has set a retention. Here, the sandbox option sets it. */
function invocation(view: VideoView) {
	const { prompt: _, ...video } = openAiVideo(view);
	return {
		...video,
		progress: coarseProgress(view),
		expires_at: view.hasRetention ? video.expires_at : null,
	};
}

function bedrockId(): string {
	const arn = `arn:aws:bedrock:us-east-1:123456789012:async-invoke/${randomHex(6)}`;
	const output = `s3://video-generation-outputs-us-east-1-123456789012/stdapi/videos/${randomHex(16)}`;
	return `video_${Buffer.from(`${arn}|${output}`).toString('base64')}`;
}

/**
 * NVIDIA Dynamo (docs.nvidia.com/dynamo, text-to-video): the response to the create is the finished video, and there is
 * no other route. Assumed: the error messages.
 */
export const dynamo: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_${randomUUID()}`,
	create: readerOf({
		only: { encoding: 'json', refusal: () => plainError(415, 'Expected a JSON body') },
		seconds: { json: 'number' },
		images: [{ field: 'input_reference', accepts: ['text'] }],
	}),
	created: {
		waits: true,
		body: (video) => ({
			id: video.id,
			object: 'video',
			model: video.model,
			status: video.status,
			progress: video.progress,
			created: video.createdAt,
			data: video.url ? [{ url: video.url }] : [],
			inference_time_s: video.inferenceSeconds,
			...(video.error && { error: video.error.message }),
		}),
	},
	video: openAiVideo,
	hasNoStatus: true,
	errors: plainErrors(({ message, type, status }) => ({ message, type, code: status })),
};
