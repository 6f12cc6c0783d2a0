import { randomBytes, randomUUID } from 'node:crypto';
import { randomHex } from '../../ids.mts';
import { plainError } from '../../server/apiError.mts';
import type { SourceVideo } from '../videosApi/changes.mts';
import { envelope, openAiVideo } from '../videosApi/response.mts';
import { readerOf } from '../videosApi/createRequest.mts';
import type { Problem } from '../videosApi/createRules.mts';
import { plainErrors } from '../videosApi/errorStyles.mts';
import type { ServerSpec } from '../videosApi/serverSpec.mts';

/**
 * The LiteLLM proxy (docs/protocols/compatible-servers.md#litellm), without DELETE. Its docs mention the error format
 * without showing it. Here, it is OpenAI's, with the HTTP status as text in `code` and the name of the exception in the
 * message.
 */
export const litellm: ServerSpec = {
	basePath: '/v1',
	alsoAt: [''],
	newId: litellmId,
	create: readerOf({
		model: { default: 'veo-3.1-fast' },
		images: [{ field: 'input_reference', accepts: ['file', 'text', 'object'] }],
	}),
	statuses: { queued: 'processing', in_progress: 'processing' },
	video: (video) => ({
		id: video.id,
		object: 'video',
		status: video.status,
		created_at: video.createdAt,
		model: video.model,
		usage: { duration_seconds: video.seconds },
		...(video.error && { error: video.error }),
	}),
	list: { cursors: true, requiredQuery: 'custom_llm_provider' },
	content: {
		prepare: (_request, reply) =>
			void reply.header('content-disposition', 'attachment; filename="video.mp4"'),
	},
	changes: {
		remix: { problem: openAiAlone },
		edits: { by: ['id', 'file'], problem: openAiAlone },
		extensions: { problem: openAiAlone },
	},
	errors: plainErrors(
		(error) =>
			envelope(
				{ ...error, message: `litellm.${exceptionOf(error.status)}: ${error.message}` },
				String(error.status),
			),
		{
			unknownPath: (method) => plainError(method === 'DELETE' ? 405 : 404),
			// The job of another key is forbidden, and an unknown job is visible to administrators only.
			unknownVideo: () => plainError(403, 'This key does not own the video'),
			notReady: () => plainError(404, 'Video is not ready'),
		},
	),
};

/** Only requests to OpenAI or Azure can change a video. The other adapters do not support it. */
function openAiAlone({ model }: SourceVideo) {
	return /^((openai|azure)\/)?sora/.test(model)
		? undefined
		: plainError(501, `video changes are not implemented for ${model}`);
}

// Six bytes that are `++++////` in base64, and a length that requires a `=` at the end: all characters with a special
// meaning in a URL.
const hostileBytes = Buffer.from([0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff]);

function litellmId(): string {
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

/** Bifrost (maximhq/bifrost, core/schemas/videos.go). Assumed: the form of ids. */
export const bifrost: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_${randomHex(12)}`,
	create: readerOf({
		model: {
			problem: (model) =>
				/^[^/]+\/.+/.test(model) ? undefined : 'model should be in provider/model format',
		},
		images: [{ field: 'input_reference', accepts: ['file', 'text'] }],
		videos: [{ field: 'video_uri', accepts: ['text'], role: 'edit' }],
		refuse: goTypeError,
	}),
	video: (video) => ({
		...openAiVideo(video),
		...(video.url && {
			videos: [{ type: 'url', url: video.url, content_type: 'video/mp4' }],
		}),
		content_filter: null,
		extra_fields: { provider: video.model.split('/')[0], request_type: 'video_retrieve' },
	}),
	list: { cursors: true },
	content: {},
	remove: 'abort',
	changes: { remix: { problem: notRunway } },
	errors: plainErrors(({ status, message, type, code }) => ({
		is_bifrost_error: false,
		status_code: status,
		error: { message, type, code },
		extra_fields: {},
	})),
};

function notRunway({ model }: SourceVideo) {
	return model.startsWith('runway/')
		? plainError(400, 'remix is not supported by runway provider')
		: undefined;
}

const newApiErrors = plainErrors(
	({ status, code, message }) => ({
		code: code ?? (status < 500 ? 'invalid_request' : 'upstream_error'),
		message,
		data: null,
	}),
	{
		unauthorized: () => plainError(401, 'invalid token', { code: 'invalid_token' }),
		unknownPath: (method, path) => plainError(404, `Invalid URL (${method} ${path})`),
		unknownVideo: () => plainError(400, 'task_not_exist', { code: 'task_not_exist' }),
		notReady: () => plainError(400, 'task is not completed yet', { code: 'task_not_completed' }),
	},
);

/** new-api (docs/protocols/compatible-servers.md#new-api-and-its-forks): no list, no DELETE. */
export const newapi: ServerSpec = {
	basePath: '/v1',
	newId: () => `task_${randomHex(16)}`,
	create: readerOf({
		model: { default: 'sora-2' },
		seconds: { fields: ['seconds', 'duration'], default: 10 },
		shape: { size: 'size', width: 'width', height: 'height' },
		images: [
			{ field: 'input_reference', accepts: ['file', 'text'] },
			{ field: 'image', accepts: ['text'] },
			{ field: 'images', accepts: ['text'] },
		],
		refuse: goTypeError,
	}),
	created: { headers: { 'x-new-api-other-ratios': '{"seconds":10}' } },
	video: ({ id, ...video }) => ({
		id,
		task_id: id,
		object: 'video',
		model: video.model,
		status: video.status,
		progress: video.progress,
		created_at: video.createdAt,
		...(video.completedAt && { completed_at: video.completedAt }),
		seconds: String(video.seconds),
		size: video.size,
		...(video.sourceId && { remixed_from_video_id: video.sourceId }),
		...(video.url && { metadata: { url: video.url } }),
		...(video.error && { error: video.error }),
	}),
	content: {},
	changes: { remix: {} },
	errors: newApiErrors,
};

/** The messages of Go's JSON decoder, as relays pass them on. */
function goTypeError({ kind, field, message, got, wanted }: Problem) {
	if (kind !== 'type') {
		const code = kind === 'missing' ? 'missing_required_parameter' : 'invalid_request';
		return plainError(400, message, { code, param: field });
	}
	const goType = wanted === 'number' ? 'int' : wanted;
	return plainError(
		400,
		`json: cannot unmarshal ${got} into Go struct field TaskSubmitReq.${field} of type ${goType}`,
		{ code: 'invalid_request', param: field },
	);
}

/**
 * A relay with all deviations that clients of the new-api family report: every response is inside a list `data`,
 * timestamps are in milliseconds, progress is a text that never changes, the status words are its own, and there is no
 * content route.
 */
export const relay: ServerSpec = {
	basePath: '/v1',
	newId: () => `task_${randomHex(16)}`,
	create: readerOf({
		model: { default: 'sora-2' },
		seconds: { fields: ['seconds', 'duration'], default: 10 },
		shape: { size: 'size', aspectRatio: 'aspect_ratio' },
		images: [
			{ field: 'input_reference', accepts: ['file', 'text'] },
			{ field: 'images', accepts: ['text'] },
		],
		refuse: goTypeError,
	}),
	statuses: {
		queued: 'submitted',
		in_progress: 'processing',
		completed: 'success',
		failed: 'failure',
	},
	created: {
		body: ({ id, status }) => ({ code: 200, msg: 'success', data: [{ task_id: id, status }] }),
	},
	video: ({ id, ...video }) => ({
		code: 200,
		msg: 'success',
		data: [
			{
				task_id: id,
				status: video.status,
				progress: '30%',
				created_at: video.createdAt * 1000,
				...(video.url && { result: { video_url: video.url } }),
				...(video.hasFailed && { fail_reason: video.error?.message ?? '' }),
			},
		],
	}),
	errors: plainErrors(({ status, message }) => ({ code: status, msg: message, data: null })),
};

/**
 * A small server, as people write them for one model: only JSON, numbers as numbers, an image as text, a path with a
 * trailing slash (307 without it), and the URL of the file as the text `output`.
 */
export const jsonOnly: ServerSpec = {
	basePath: '/v1',
	redirectsToSlash: true,
	newId: randomUUID,
	create: readerOf({
		only: { encoding: 'json', refusal: () => plainError(415, 'Expected application/json') },
		model: { default: 'wan-2.6' },
		seconds: { json: 'number' },
		images: [{ field: 'input_reference', accepts: ['text'] }],
		refuse: goTypeError,
	}),
	created: { status: 201 },
	statuses: {
		queued: 'preparing',
		in_progress: 'processing',
		completed: 'complete',
		failed: 'Fail',
	},
	video: (video) => ({
		id: video.id,
		status: video.status,
		...(video.url && { output: video.url }),
		...(video.hasFailed && { detail: video.error?.message ?? '' }),
	}),
	hasNoModels: true,
	errors: plainErrors(({ message }) => ({ error: message })),
};
