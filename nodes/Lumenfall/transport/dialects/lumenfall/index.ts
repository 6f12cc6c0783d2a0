import { decodeModels } from '../../decode/modelList';
import { checkInputsOfOpenRouter, checkLastFrame } from '../commonFields';
import type { Dialect } from '../dialect';
import { getBalance } from './balance';
import { changes } from './changes';
import { encodeCreate } from './createRequest';
import { estimateCost } from './dryRun';
import { isLumenfall } from './isLumenfall';
import { describeModel } from './modelSchema';
import { requestsUrl } from './routes';
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
	listUrl: requestsUrl,
	encodeCreate,

	check(request, { images, modes = [] }) {
		checkLastFrame(request, 'Lumenfall');
		checkInputsOfOpenRouter(request, 'Lumenfall');
		const isAlone = !request.image && request.referenceImages !== undefined;
		// All images go into one field, and most models use the first one as the first frame.
		if (isAlone && modes.length > 0 && !images?.references && !modes.includes('reference-to-video'))
			throw dialectErrors.referencesNeedFirstFrame('Lumenfall');
	},
};
