import { decodeModels } from '../../decode/modelList';
import type { Dialect } from '../dialect';
import { checkLastFrame } from '../imageFields';
import { checkMediaReferences, checkUpscaling } from '../unsupportedInputs';
import { getBalance } from './balance';
import { changes } from './changes';
import { encodeCreate } from './createRequest';
import { estimateCost } from './dryRun';
import { isLumenfall } from './isLumenfall';
import { describeModel } from './modelSchema';
import { nativeBase } from './nativeBase';
import { lumenfallWebhook } from './webhook';
import { dialectErrors } from '../dialectErrors';

/** Lumenfall's gateway: docs/protocols/lumenfall.md. */
export const lumenfall: Dialect = {
	supportsIdempotencyKey: true,
	webhook: lumenfallWebhook,
	resizesImages: true,
	fileSources: ['url'],
	models: { path: '/models', listsLimits: true, profiles: 'authoritative', decode: decodeModels },
	extras: { isConfirmed: isLumenfall, describeModel, estimateCost, getBalance },
	supportsEmptyPrompt: false,
	changes,
	encodeCreate,

	check(request, { images, modes = [] }) {
		checkLastFrame(request, 'Lumenfall');
		checkMediaReferences(request, 'Lumenfall');
		checkUpscaling(request, 'Lumenfall');
		const isAlone = !request.image && request.referenceImages !== undefined;
		// All images go into one field, and most models use the first one as the first frame.
		if (isAlone && modes.length > 0 && !images?.references && !modes.includes('reference-to-video'))
			throw dialectErrors.referencesNeedFirstFrame('Lumenfall');
	},

	/** Lumenfall has no list of videos, so the request history is used: docs/protocols/lumenfall.md#request-history. */
	listUrl: (base, { limit, after }) =>
		`${nativeBase(base)}/requests?limit=${limit}${after ? `&starting_after=${encodeURIComponent(after)}` : ''}`,
};
