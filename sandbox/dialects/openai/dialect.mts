import { randomHex } from '../../ids.mts';
import type { JobRequest } from '../../jobs/job.mts';
import { findModel, type Model } from '../../models/models.mts';
import { ApiError, errorTable } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { createDialect } from '../videosApi/createDialect.mts';
import { openAiErrors } from '../videosApi/errorStyles.mts';
import { openAiVideo } from '../videosApi/response.mts';
import type { ServerSpec } from '../videosApi/serverSpec.mts';
import { sendVariant } from '../videosApi/variants.mts';
import { readCreateRequest, type Limits } from './createRequest.mts';

const hour = 60 * 60;
const day = 24 * hour;

// From the video guide. sora-2 supports 720p only.
const smallSizes = ['720x1280', '1280x720'];
const allSizes = [...smallSizes, '1024x1792', '1792x1024', '1080x1920', '1920x1080'];
const limits: Limits = {
	seconds: ['4', '8', '12', '16', '20'],
	sizesOf: ({ id }) => (id === 'sora-2' ? smallSizes : allSizes),
	requireModel,
};

const openAiSpec: ServerSpec = {
	basePath: '/v1',
	newId: () => `video_${randomHex(24)}`,
	fileLifetimeSeconds: hour,
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

const userError = 'video_generation_user_error';
const azureLimits: Limits = {
	seconds: ['4', '8', '12'],
	sizesOf: () => ['720x1280', '1280x720', '1024x1792', '1792x1024'],
	requireModel: requireDeployment,
};

/**
 * Azure's copy of OpenAI's service (docs/protocols/compatible-servers.md#azure). Its docs list the status `cancelled`
 * without its cause. The fault `job-status` sets it.
 */
export const azure = createDialect({
	...openAiSpec,
	basePath: '/openai/v1',
	newId: () => `video_${randomHex(16)}`,
	keyHeaders: ['api-key'],
	maxRunningJobs: 2,
	fileLifetimeSeconds: day,
	create: readAzureRequest,
	// The time until expiry begins at creation, and not at completion as on OpenAI.
	video: (video) => ({
		...openAiVideo(video),
		expires_at: video.lifetimeSeconds && video.createdAt + video.lifetimeSeconds,
	}),
	changes: { remix: {} },
	requireModel: requireDeployment,
	errors: {
		...openAiErrors,
		withStatus: errorTable(
			{
				400: ['invalid_request_error', 'invalid_request', 'Unable to process request'],
				429: [userError, null, 'Too many running tasks'],
			},
			['server_error', null, 'The server had an error.'],
		),
	},
});

/** The larger sizes pass the validation, and then the job fails. */
async function readAzureRequest(body: ReceivedBody): Promise<JobRequest> {
	const request = await readCreateRequest(body, azureLimits);
	const isBig = Math.min(request.width, request.height) > 720;
	return { ...request, failsWith: isBig ? { kind: 'provider' } : undefined };
}

function requireDeployment(name: string): Model {
	const model = findModel(name);
	if (model) return model;
	const message = `The API deployment '${name}' for this resource does not exist.`;
	throw new ApiError(404, message, { type: userError });
}

function requireModel(id: string): Model {
	const model = findModel(id);
	if (model) return model;
	throw new ApiError(404, `The model '${id}' does not exist or you do not have access to it.`, {
		type: 'invalid_request_error',
		code: 'model_not_found',
		param: 'model',
	});
}
