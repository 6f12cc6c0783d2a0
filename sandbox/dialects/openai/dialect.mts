import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { ApiError, errorTable, plainError, type ErrorWords } from '../../server/apiError.mts';
import { findModel, type Model } from '../../models/models.mts';
import { extractStill } from '../../renderer/stills.mts';
import type { Dialect } from '../dialect.mts';
import { invalidValue, readCreateRequest, type Limits } from './createRequest.mts';
import { envelope, formatVideo, unknownUrl } from './response.mts';
import { registerModels, registerVideos, removeEnded, type ContentRules } from './routes.mts';

const serverError: ErrorWords = ['server_error', null, 'The server had an error.'];
const faultErrors: Record<number, ErrorWords> = {
	400: ['invalid_request_error', 'invalid_request', 'Unable to process request'],
	429: ['requests', 'rate_limit_exceeded', 'Rate limit reached for sora-2 on requests per min.'],
};

// From the video guide; sora-2 makes 720p only.
const smallSizes = ['720x1280', '1280x720'];
const allSizes = [...smallSizes, '1024x1792', '1792x1024', '1080x1920', '1920x1080'];
const limits: Limits = {
	seconds: ['4', '8', '12', '16', '20'],
	sizesOf: ({ id }) => (id === 'sora-2' ? smallSizes : allSizes),
	requireModel,
};

/**
 * OpenAI's Videos API as it was until 2026-09-24, strictly (openai-openapi, openapi.yaml, and the video guide). Its
 * webhooks belong to a project, not to a request, so no job has one here.
 */
export const openai: Dialect = {
	basePath: '/v1',
	newId: () => `video_${randomBytes(24).toString('hex')}`,
	register(api, state) {
		registerVideos(api, state, '/v1', {
			readCreateRequest: (body) => readCreateRequest(body, limits),
			formatVideo,
			list: { cursors: true },
			content: { sendVariant },
			remove: removeEnded,
		});
		registerModels(api, '/v1', requireModel);
	},
	errorBody: (error) => envelope(error),
	unauthorized: () => plainError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' }),
	unknownPath: unknownUrl,
	faultError: errorTable(faultErrors, serverError),
};

/** A thumbnail or a spritesheet. */
export const sendVariant: ContentRules['sendVariant'] = async (
	reply: FastifyReply,
	videoPath: string,
	variant: string,
) => {
	const image = await extractStill(videoPath, variant);
	if (!image) throw invalidValue('variant', variant, ['video', 'thumbnail', 'spritesheet']);
	return await reply.type(image.mimeType).send(image.data);
};

function requireModel(id: string): Model {
	const model = findModel(id);
	if (model) return model;
	throw new ApiError(404, `The model '${id}' does not exist or you do not have access to it.`, {
		type: 'invalid_request_error',
		code: 'model_not_found',
		param: 'model',
	});
}
