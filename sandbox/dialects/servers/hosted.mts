import { randomUUID } from 'node:crypto';
import { randomHex } from '../../ids.mts';
import { plainError } from '../../server/apiError.mts';
import type { SourceVideo } from '../videosApi/changes.mts';
import { openAiVideo } from '../videosApi/response.mts';
import { sendVariant } from '../videosApi/variants.mts';
import { readerOf } from '../videosApi/createRequest.mts';
import { openAiErrors, plainErrors } from '../videosApi/errorStyles.mts';
import type { ServerSpec } from '../videosApi/serverSpec.mts';

/**
 * Together (the npm package together-ai 0.52.0). It has no fields `size` and `input_reference`, so they are ignored.
 */
export const together: ServerSpec = {
	basePath: '/v2',
	newId: randomUUID,
	create: readerOf({
		flatten: togetherFields,
		seconds: { json: 'text' },
		shape: { resolution: 'resolution', aspectRatio: 'ratio', width: 'width', height: 'height' },
		images: [
			{ field: 'first_frames', accepts: ['text'] },
			{ field: 'last_frames', accepts: ['text'], role: 'last' },
			{ field: 'reference_images', accepts: ['text'], role: 'reference' },
		],
		videos: [
			{ field: 'source_video', accepts: ['text'], role: 'edit' },
			{ field: 'reference_videos', accepts: ['text'], role: 'reference' },
		],
	}),
	statuses: { queued: 'in_progress' },
	video: (video) => ({
		id: video.id,
		object: 'video',
		model: video.model,
		status: video.status,
		created_at: video.createdAt,
		...(video.completedAt && { completed_at: video.completedAt }),
		size: video.size,
		seconds: String(video.seconds),
		...(video.url && { outputs: { video_url: video.url, cost: video.cost } }),
		...(video.error && { error: video.error }),
	}),
	hasNoModels: true,
	errors: openAiErrors,
};

interface TogetherMedia {
	frame_images?: Array<{ input_image: string; frame?: 'first' | 'last' }>;
	reference_images?: string[];
}

/** Frames are in a list, each with its position, at the top level or in `media`. */
function togetherFields(fields: Record<string, unknown>): Record<string, unknown> {
	const media = { ...fields, ...(fields.media as object | undefined) } as TogetherMedia;
	const { frame_images: frames = [] } = media;
	const at = (place: string) =>
		frames.filter(({ frame = 'first' }) => frame === place).map((one) => one.input_image);
	return { ...media, first_frames: at('first'), last_frames: at('last') };
}

/** DeepInfra's OpenAI-compatible API, as in OpenClaw's provider for it: no image, and a relative URL of the file. */
export const deepinfra: ServerSpec = {
	basePath: '/v1/openai',
	newId: () => `vid_${randomHex(8)}`,
	create: readerOf({
		seconds: { json: 'number' },
		shape: { aspectRatio: 'aspect_ratio' },
	}),
	statuses: { in_progress: 'processing', completed: 'succeeded' },
	video: (video) => ({
		id: video.id,
		status: video.status,
		...(video.url && { data: [{ url: video.url }] }),
		...(video.error && { error: video.error }),
	}),
	fileUrl: 'relative',
	errors: openAiErrors,
};

const veoSeconds = [4, 6, 8];

/**
 * The OpenAI-compatible Gemini API (ai.google.dev/gemini-api/docs/openai). Its file URL is on the same host and
 * requires the key. Assumed: there are no fields `seconds` and `size`, JSON is accepted as well as multipart, and ids
 * contain slashes, as the names of Google's operations do.
 */
export const gemini: ServerSpec = {
	basePath: '/v1beta/openai',
	newId: () => `models/veo-3.1-generate-preview/operations/${randomHex(6)}`,
	create: readerOf({
		model: { default: 'veo-3.1-generate-preview' },
		seconds: {
			fields: ['duration_seconds'],
			default: 8,
			problem: (seconds) =>
				veoSeconds.includes(seconds) ? undefined : 'duration_seconds must be 4, 6 or 8',
		},
		shape: { aspectRatio: 'aspect_ratio', resolution: 'resolution' },
		images: [
			{ field: 'input_reference', accepts: ['file', 'text', 'base64', 'object'] },
			{ field: 'image', accepts: ['file', 'text', 'base64', 'object'] },
			{ field: 'last_frame', accepts: ['file', 'text', 'base64', 'object'], role: 'last' },
			{ field: 'reference_images', accepts: ['file', 'text', 'object'], role: 'reference' },
		],
		previousJob: { field: 'extend_video_id', addedSeconds: 7, maxTotalSeconds: 37 },
	}),
	statuses: { queued: 'processing', in_progress: 'processing' },
	video: (video) => ({
		id: video.id,
		object: 'video',
		model: video.model,
		status: video.status,
		created_at: video.createdAt,
		...(video.url && { url: video.url }),
		...(video.error && { error: video.error }),
	}),
	fileUrl: 'api',
	errors: plainErrors(
		({ status, message }) => ({ error: { code: status, message, status: googleWord(status) } }),
		{ unauthorized: () => plainError(401, 'API key not valid. Please pass a valid API key.') },
	),
};

function googleWord(status: number): string {
	const words: Record<number, string> = {
		400: 'INVALID_ARGUMENT',
		401: 'UNAUTHENTICATED',
		404: 'NOT_FOUND',
		429: 'RESOURCE_EXHAUSTED',
	};
	return words[status] ?? (status < 500 ? 'FAILED_PRECONDITION' : 'INTERNAL');
}

/** Poe (creator.poe.com/api-reference): models are bots, `seconds` is an integer, prices are in points. */
export const poe: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_${randomHex(16)}`,
	create: readerOf({
		seconds: {
			json: 'number',
			problem: (seconds) => (Number.isInteger(seconds) ? undefined : 'seconds must be an integer'),
		},
		images: [
			{ field: 'input_reference', accepts: ['file'], acceptsInJson: [] },
			{ field: 'input_image', accepts: ['base64'] },
		],
	}),
	video: (video) => ({
		...openAiVideo(video),
		seconds: video.seconds,
		usage: { points: Math.ceil((video.cost ?? 0) * 33_333) },
	}),
	content: { sendVariant },
	changes: {
		remix: { problem: soraAlone },
		extensions: { problem: soraAlone, defaultSeconds: 4, maxTotalSeconds: 120 },
	},
	errors: openAiErrors,
};

function soraAlone({ model }: SourceVideo) {
	return /^sora/i.test(model)
		? undefined
		: plainError(400, `The bot ${model} does not support this`, { param: 'video' });
}

/** CometAPI (apidoc.cometapi.com): the response to a status check is inside `data`. */
export const cometapi: ServerSpec = {
	basePath: '/v1',
	newId: () => `task_${randomHex(12)}`,
	create: readerOf({
		seconds: {
			problem: (seconds, model) =>
				/seedance/.test(model) && (seconds < 4 || seconds > 30)
					? 'seconds must be from 4 to 30'
					: undefined,
		},
		images: [{ field: 'input_reference', accepts: ['file', 'text', 'object'] }],
	}),
	created: { body: openAiVideo },
	video: (video) => ({ code: 'success', message: '', data: openAiVideo(video) }),
	content: {},
	errors: openAiErrors,
};

/** Merge Gateway (docs.merge.dev): 202, `seconds` as an integer, `size` as a tier such as `768P`. */
export const merge: ServerSpec = {
	basePath: '/v1',
	newId: () => `vid_${randomHex(10)}`,
	create: readerOf({
		seconds: { json: 'number' },
		shape: { size: 'pixels', resolution: 'size', aspectRatio: 'aspect_ratio' },
		images: [{ field: 'input_reference', accepts: ['file', 'text', 'object'] }],
	}),
	created: { status: 202 },
	video: (video) => ({ ...openAiVideo(video), seconds: video.seconds }),
	content: {},
	errors: openAiErrors,
};

/**
 * xAI's format under `/videos` (docs.x.ai; the npm package @ai-sdk/xai): the response to a create has a `request_id`, a
 * status has no id, and the response about a running job may have no body. Assumed, as for a proxy in front of it:
 * `seconds` is accepted as well as `duration`, and `input_reference` as text as well as `image`.
 */
export const xai: ServerSpec = {
	basePath: '/v1',
	newId: randomUUID,
	create: readerOf({
		model: { default: 'grok-imagine-video' },
		seconds: {
			fields: ['duration', 'seconds'],
			default: 6,
			problem: (seconds) => (seconds <= 15 ? undefined : 'duration must be at most 15'),
		},
		shape: { size: 'size', aspectRatio: 'aspect_ratio', resolution: 'resolution' },
		images: [
			{ field: 'image', accepts: ['object'] },
			{ field: 'input_reference', accepts: ['text'] },
			{ field: 'last_frame', accepts: ['object'], role: 'last' },
			{ field: 'reference_images', accepts: ['object'], role: 'reference' },
		],
	}),
	statuses: { queued: 'pending', in_progress: 'pending', completed: 'done' },
	created: { body: ({ id }) => ({ request_id: id }) },
	video: (video) => ({
		status: video.status,
		model: video.model,
		progress: video.progress,
		...(video.url && {
			video: { url: video.url, duration: video.seconds, respect_moderation: true },
			usage: { cost_in_usd_ticks: Math.round((video.cost ?? 0) * 1e10) },
		}),
		...(video.error && { error: video.error }),
	}),
	emptyWhileRunning: true,
	changes: {
		edits: { by: ['url'], problem: (source) => durationProblem(source, 0, 8.7) },
		extensions: {
			by: ['url'],
			problem: (source) => durationProblem(source, 2, 15),
			secondsField: 'duration',
		},
	},
	errors: plainErrors(({ message, code }) => ({ code: code ?? 'invalid_request', error: message })),
};

function durationProblem({ seconds }: SourceVideo, min: number, max: number) {
	return seconds >= min && seconds <= max
		? undefined
		: plainError(400, `The input video must be ${min} to ${max} seconds long`, { param: 'video' });
}
