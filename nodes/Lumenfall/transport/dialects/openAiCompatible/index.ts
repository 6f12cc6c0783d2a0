import { requestedSize } from '../../../request/shape';
import { decodeModels } from '../../decode/modelList';
import type { Dialect } from '../dialect';
import { checkLastFrame } from '../imageFields';
import { encodeCreate } from './createRequest';
import { nextForm } from './nextForm';
import { dialectErrors } from '../dialectErrors';

/** Any server with OpenAI's `POST /v1/videos`: docs/protocols/openai-videos.md. */
export const openAiCompatible: Dialect = {
	supportsIdempotencyKey: false,
	resizesImages: false,
	fileSources: ['content', 'url'],
	// Most model lists contain only ids.
	models: { path: '/models', listsLimits: false, profiles: 'fallback', decode: decodeModels },
	encodeCreate: (request, _key, form) => encodeCreate(request, form),
	nextForm,

	check(request) {
		if (request.resolution && !requestedSize(request)) throw dialectErrors.resolutionNeedsRatio();
		checkLastFrame(request, "OpenAI's contract");
		if (request.referenceImages?.length) throw dialectErrors.noReferences("OpenAI's contract");
	},

	listUrl: (base, { limit, after }) =>
		`${base}/videos?limit=${limit}&order=desc${after ? `&after=${encodeURIComponent(after)}` : ''}`,
};
