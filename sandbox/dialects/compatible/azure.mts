import { randomBytes } from 'node:crypto';
import { ApiError, errorTable } from '../../server/apiError.mts';
import type { ReceivedBody } from '../../server/readBody.mts';
import { unixSeconds } from '../../clock.mts';
import type { Job, JobRequest } from '../../jobs/jobs.mts';
import { findModel, type Model } from '../../models/models.mts';
import type { Dialect } from '../dialect.mts';
import type { SandboxState } from '../../state.mts';
import { openai, sendVariant } from '../openai/dialect.mts';
import { readCreateRequest, type Limits } from '../openai/createRequest.mts';
import { formatVideo } from '../openai/response.mts';
import { registerModels, registerVideos, removeEnded } from '../openai/routes.mts';

const base = '/openai/v1';
const daySeconds = 24 * 60 * 60;
const userError = 'video_generation_user_error';

const limits: Limits = {
	seconds: ['4', '8', '12'],
	sizesOf: () => ['720x1280', '1280x720', '1024x1792', '1792x1024'],
	requireModel: requireDeployment,
};

/**
 * Azure's copy of OpenAI's service (learn.microsoft.com, video generation). It samples
 * `cancelled` among the statuses without saying how a job gets there; the fault `job-status` does it.
 */
export const azure: Dialect = {
	...openai,
	basePath: base,
	newId: () => `video_${randomBytes(16).toString('hex')}`,
	maxRunningJobs: 2,
	fileLifetimeSeconds: daySeconds,
	register(api, state) {
		registerVideos(api, state, base, {
			readCreateRequest: readAzureRequest,
			formatVideo: formatAzureVideo,
			list: { cursors: true },
			content: { sendVariant },
			remove: removeEnded,
		});
		registerModels(api, base, requireDeployment);
	},
	faultError: errorTable(
		{
			400: ['invalid_request_error', 'invalid_request', 'Unable to process request'],
			429: [userError, null, 'Too many running tasks'],
		},
		['server_error', null, 'The server had an error.'],
	),
};

/** The bigger sizes pass validation, and then the job fails. */
async function readAzureRequest(body: ReceivedBody): Promise<JobRequest> {
	const jobRequest = await readCreateRequest(body, limits);
	const isBig = Math.min(jobRequest.width, jobRequest.height) > 720;
	return { ...jobRequest, failsWith: isBig ? { kind: 'provider' } : undefined };
}

/** Expiry counts from creation, not from the end as with OpenAI. */
function formatAzureVideo(job: Job, state: SandboxState) {
	const lifetime = state.fileLifetimeSeconds ?? daySeconds;
	return {
		...formatVideo(job, state),
		expires_at: job.output ? unixSeconds(job.createdAt) + lifetime : null,
	};
}

function requireDeployment(name: string): Model {
	const model = findModel(name);
	if (model) return model;
	const message = `The API deployment '${name}' for this resource does not exist.`;
	throw new ApiError(404, message, { type: userError });
}
