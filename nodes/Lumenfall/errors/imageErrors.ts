import { imageErrors as ofShape } from '../create/imageErrors';
import { inputErrors } from '../parameters/inputErrors';
import { dialectErrors } from '../transport/dialects/dialectErrors';

/** Until the rewrite of create/ is here: the old names. */
export const imageErrors = {
	...ofShape,
	badParameter: inputErrors.badLastFrameParameter,
	notDecoded: ofShape.cannotDecode,
	lastFrameNotTaken: dialectErrors.noLastFrame,
	referencesNotTaken: dialectErrors.noReferences,
	referenceAlone: dialectErrors.referencesNeedFirstFrame,
	framesAndReferences: dialectErrors.framesOrReferences,
};
