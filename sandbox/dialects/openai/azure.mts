import { randomHex } from '../../ids.mts';
import type { JobRequest } from '../../jobs/job.mts';
import { findModel, type Model } from '../../models/models.mts';
import { ApiError, errorTable } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { createDialect } from '../videosApi/createDialect.mts';
import { openAiErrors } from '../videosApi/errorStyles.mts';
import { openAiVideo } from '../videosApi/response.mts';
import { readCreateRequest, type Limits } from './createRequest.mts';
import { openAiSpec } from './dialect.mts';

const DAY = 24 * 60 * 60;

const USER_ERROR = 'video_generation_user_error';
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
	fileLifetimeSeconds: DAY,
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
				429: [USER_ERROR, null, 'Too many running tasks'],
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
	throw new ApiError(404, message, { type: USER_ERROR });
}
