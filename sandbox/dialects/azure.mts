import { randomBytes } from 'node:crypto';
import { ApiError, errorTable } from '../apiError.mts';
import type { ReceivedBody } from '../body.mts';
import { unixSeconds } from '../clock.mts';
import type { Job, JobOrder } from '../jobs.mts';
import { findModel, type Model } from '../models.mts';
import type { Dialect, World } from '../world.mts';
import { openai, sendVariant } from './openai.mts';
import { readOrder, type Limits } from './openaiOrder.mts';
import { formatVideo } from './openaiWire.mts';
import { registerModels, registerVideos, removeEnded } from './videosRoutes.mts';

const base = '/openai/v1';
const daySeconds = 24 * 60 * 60;
const userError = 'video_generation_user_error';

const limits: Limits = {
	seconds: ['4', '8', '12'],
	sizesOf: () => ['720x1280', '1280x720', '1024x1792', '1792x1024'],
	requireModel: requireDeployment,
};

/**
 * Azure's copy of OpenAI's service; sections 1.3, 1.6 and 4.2 of the OpenAI reference page. It samples
 * `cancelled` among the statuses without saying how a job gets there; the fault `job-status` does it.
 */
export const azure: Dialect = {
	...openai,
	basePath: base,
	newId: () => `video_${randomBytes(16).toString('hex')}`,
	maxRunningJobs: 2,
	fileLifetimeSeconds: daySeconds,
	register(api, world) {
		registerVideos(api, world, base, {
			readOrder: readAzureOrder,
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

/** The bigger sizes pass validation, and then the job fails (section 4.2). */
async function readAzureOrder(body: ReceivedBody): Promise<JobOrder> {
	const order = await readOrder(body, limits);
	const isBig = Math.min(order.width, order.height) > 720;
	return { ...order, doomed: isBig ? { kind: 'provider' } : undefined };
}

/** Expiry counts from creation, not from the end as with OpenAI (section 6). */
function formatAzureVideo(job: Job, world: World) {
	const lifetime = world.fileLifetimeSeconds ?? daySeconds;
	return {
		...formatVideo(job, world),
		expires_at: job.output ? unixSeconds(job.createdAt) + lifetime : null,
	};
}

function requireDeployment(name: string): Model {
	const model = findModel(name);
	if (model) return model;
	const message = `The API deployment '${name}' for this resource does not exist.`;
	throw new ApiError(404, message, { type: userError });
}
