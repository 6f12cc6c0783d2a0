import { randomHex } from '../../ids.mts';
import { plainError } from '../../server/apiError.mts';
import type { Dialect } from '../dialect.mts';
import { formatListedVideoModel, formatVideoModel, listLanguageModels } from './modelsResponse.mts';
import { offers } from './offers.mts';
import { readCreateRequest } from './createRequest.mts';
import { formatCreated, formatEvent, formatGeneration, formatKey } from './response.mts';
import { openRouterSignature } from '../../webhooks/signatures.mts';
import { registerVideos } from '../videosApi/routes.mts';

const BASE = '/api/v1';

/**
 * OpenRouter, as in its public docs: the video guide (guides/overview/multimodal/video-generation), the cookbook
 * (cookbook/video-generation) and the OpenAPI file. It has neither a list of videos nor DELETE.
 */
export const openrouter: Dialect = {
	basePath: BASE,
	newId: () => randomHex(12),
	register(api, state) {
		// The docs request both lists without a key. The first route must come before the one for the job with that name.
		const open = { config: { kind: 'models', isPublic: true } } as const;
		api.get(`${BASE}/videos/models`, open, async () => ({ data: offers.map(formatVideoModel) }));
		api.get(`${BASE}/models`, open, async ({ query }) => listModels(query as ModelsQuery));
		api.get(`${BASE}/key`, { config: { kind: 'account' } }, async () => ({
			data: formatKey(state),
		}));

		registerVideos(api, state, BASE, {
			readCreateRequest,
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
	},
	errorBody: ({ status, message }) => ({ error: { code: status, message } }),
	unauthorized: () => plainError(401),
	unknownPath: () => plainError(404),
	faultError: plainError,
	webhookField: 'callback_url',
	sendWebhook(job, state) {
		if (job.webhookUrl === undefined) return;
		const sign = openRouterSignature(`${job.id}-${job.status}`);
		state.webhooks.send(job.webhookUrl, formatEvent(job, state), sign);
	},
};

interface ModelsQuery {
	output_modalities?: string;
}

/**
 * "Defaults to `text`": without a modality, the list contains only language models (`GET /models` of the OpenAPI file).
 */
function listModels({ output_modalities: wanted = 'text' }: ModelsQuery) {
	const data = [...listLanguageModels(), ...offers.map(formatListedVideoModel)].filter(
		({ architecture }) =>
			wanted === 'all' ||
			architecture.output_modalities.some((output) => wanted.split(',').includes(output)),
	);
	return { data, total_count: data.length, links: { next: null } };
}
