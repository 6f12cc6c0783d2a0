import { requestedSize } from '../../../request/frameSize';
import type { VideoRequest } from '../../../request/videoRequest';
import { decodeModels } from '../../decode/modelList';
import { checkInputsOfOpenRouter, checkLastFrame } from '../commonFields';
import type { Dialect } from '../dialect';
import { createPath } from './changeRequest';
import { changesOf, checkChange } from './changes';
import { encodeCreate } from './createRequest';
import { nextForm, refusesContentType } from './nextForm';
import { dialectErrors } from '../dialectErrors';
import { OPENAI_FIELDS, OTHER_FIELDS, type ServerFields } from './serverFields';

/**
 * Creates the dialect of a server with OpenAI's `POST /v1/videos` (docs/protocols/openai-videos.md) and these field
 * names.
 */
function compatibleWith(names: ServerFields): Dialect {
	return {
		supportsIdempotencyKey: false,
		resizesImages: false,
		fileSources: ['content', 'url'],
		// Most model lists contain only ids.
		models: { path: '/models', listsLimits: false, profiles: 'fallback', decode: decodeModels },
		supportsEmptyPrompt: false,
		changes: changesOf(names),
		createPath,
		encodeCreate: (request, _key, form) => encodeCreate(request, form, names),
		nextForm,
		refusesContentType,
		check: (request) => checkFields(request, names),
		listUrl: (base, { limit, after }) =>
			`${base}/videos?limit=${limit}&order=desc${after ? `&after=${encodeURIComponent(after)}` : ''}`,
	};
}

export const openAiCompatible = compatibleWith(OPENAI_FIELDS);

/** Dialects with other field names, by the value of 'Request Format'. */
const OTHER_SERVERS = Object.entries<ServerFields>(OTHER_FIELDS).map(([format, names]) => ({
	format,
	baseUrl: names.baseUrl,
	dialect: compatibleWith(names),
}));

/** Returns the dialect for a request format. `auto` recognizes the server by its base URL. */
export function compatibleDialect(format: string, baseUrl: string): Dialect {
	const found = OTHER_SERVERS.find((server) =>
		format === 'auto' ? server.baseUrl?.test(baseUrl) : server.format === format,
	);
	return found?.dialect ?? openAiCompatible;
}

function checkFields(request: VideoRequest, { server, images, lacks }: ServerFields): void {
	const { image, referenceImages, size, resolution } = request;
	if (lacks.includes('resolutionAlone') && resolution && !requestedSize(request))
		throw dialectErrors.resolutionNeedsRatio();
	if (resolution && lacks.includes('resolution'))
		throw dialectErrors.noShapeField('Resolution', server);
	if (size && lacks.includes('size')) throw dialectErrors.noShapeField('Custom Size', server);
	if (image && !images.first) throw dialectErrors.noImages(server);
	if (!images.last) checkLastFrame(request, server);
	if (referenceImages?.length && !images.reference) throw dialectErrors.noReferences(server);
	checkInputsOfOpenRouter(request, server);
	checkChange(request);
}
