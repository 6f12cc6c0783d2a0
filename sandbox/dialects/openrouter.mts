import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { plainError } from '../apiError.mts';
import type { ReceivedBody } from '../body.mts';
import { tellFailure } from '../failures.mts';
import type { Job, JobOrder } from '../jobs.mts';
import { listModels, makesVideo, type Model } from '../models.mts';
import type { Dialect, World } from '../world.mts';
import { readFreeOrder } from './freeOrder.mts';
import { failureWords, statusWord } from './openaiWire.mts';
import { registerModels, registerVideos } from './videosRoutes.mts';

const base = '/api/v1';

/**
 * OpenRouter; section 4.2 of the OpenAI reference page. The page does not say what becomes of OpenAI's
 * own fields, so `seconds` and `size` are taken as well, and both encodings are. It shows no error
 * answer either; here the code is a number (section 4.3). It knows neither list nor DELETE.
 */
export const openrouter: Dialect = {
	basePath: base,
	newId: () => randomBytes(12).toString('hex'),
	register(api, world) {
		// Before the job of that name (the trap of section 1).
		api.get(`${base}/videos/models`, { config: { kind: 'models' } }, async () => ({
			data: listModels().filter(makesVideo).map(formatVideoModel),
		}));
		registerVideos(api, world, base, {
			readOrder,
			createdStatus: 202,
			formatCreated,
			formatVideo: formatGeneration,
			content: {
				notReady: ({ id }) => plainError(404, `Video ${id} has no content yet`),
				prepare(request) {
					const { index = '0' } = request.query as { index?: string };
					if (index !== '0') throw plainError(404, `There is no video ${index}`);
				},
			},
			unknownVideo: (id) => plainError(404, `Video ${id} not found`),
		});
		registerModels(api, base);
	},
	errorBody: ({ status, message }) => ({ error: { code: status, message } }),
	unauthorized: () => plainError(401),
	unknownPath: () => plainError(404),
	faultError: plainError,
};

async function readOrder(body: ReceivedBody): Promise<JobOrder> {
	const { duration } = body.fields;
	if (body.encoding === 'json' && duration !== undefined && !Number.isInteger(duration)) {
		throw plainError(400, 'duration: expected an integer');
	}
	return await readFreeOrder(body, {
		takesShape: true,
		pictureFields: ['frame_images', 'input_references', 'input_reference'],
	});
}

function formatCreated(job: Job, _world: World, request: FastifyRequest) {
	return {
		id: job.id,
		polling_url: addressOf(job, request),
		status: statusWord(job, { queued: 'pending' }),
	};
}

function formatGeneration(job: Job, world: World, request: FastifyRequest) {
	const error = tellFailure(job.failure, failureWords);
	return {
		...formatCreated(job, world, request),
		...(job.output && {
			unsigned_urls: [`${addressOf(job, request)}/content?index=0`],
			usage: { cost: job.billedUsd },
		}),
		...(error && { error: error.message }),
	};
}

function addressOf({ id }: Job, { protocol, host }: FastifyRequest): string {
	return `${protocol}://${host}${base}/videos/${id}`;
}

function formatVideoModel({ id, name, ratios, tiers }: Model) {
	return {
		id,
		name,
		supported_aspect_ratios: ratios,
		supported_resolutions: tiers.map((lines) => `${lines}p`),
	};
}
