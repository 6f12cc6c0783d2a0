import { randomHex } from '../../ids.mts';
import { findModel, type Model } from '../../models/models.mts';
import { ApiError } from '../../server/apiError.mts';
import { createDialect } from '../videosApi/createDialect.mts';
import { openAiErrors } from '../videosApi/errorStyles.mts';
import { openAiVideo } from '../videosApi/response.mts';
import type { ServerSpec } from '../videosApi/serverSpec.mts';
import { sendVariant } from '../videosApi/variants.mts';
import { readCreateRequest, type Limits } from './createRequest.mts';

const HOUR = 60 * 60;

// From the video guide. sora-2 supports 720p only.
const smallSizes = ['720x1280', '1280x720'];
const allSizes = [...smallSizes, '1024x1792', '1792x1024', '1080x1920', '1920x1080'];
const limits: Limits = {
	seconds: ['4', '8', '12', '16', '20'],
	sizesOf: ({ id }) => (id === 'sora-2' ? smallSizes : allSizes),
	requireModel,
};

export const openAiSpec: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_${randomHex(24)}`,
	fileLifetimeSeconds: HOUR,
	create: (body) => readCreateRequest(body, limits),
	video: openAiVideo,
	list: { cursors: true },
	content: { sendVariant },
	remove: 'ended',
	changes: {
		remix: {},
		edits: { by: ['id', 'file'] },
		extensions: { maxTotalSeconds: 120, maxExtensions: 6 },
	},
	requireModel,
	errors: openAiErrors,
};

/**
 * OpenAI's Videos API as it was until 2026-09-24, with strict validation (docs/protocols/openai-videos.md). Its
 * webhooks belong to a project and not to a request, so jobs have no webhook here. Missing here: characters and
 * batches.
 */
export const openai = createDialect(openAiSpec);

function requireModel(id: string): Model {
	const model = findModel(id);
	if (model) return model;
	throw new ApiError(404, `The model '${id}' does not exist or you do not have access to it.`, {
		type: 'invalid_request_error',
		code: 'model_not_found',
		param: 'model',
	});
}
