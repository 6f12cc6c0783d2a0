import { costErrors as ofCreate } from '../create/costErrors';

/** Until the rewrite of create/ is here: the old names. */
export const costErrors = {
	...ofCreate,
	tooDear: ofCreate.tooExpensive,
	runTooDear: ofCreate.runTooExpensive,
	priceUnknown: (model: string, limit: 'Max Cost' | 'Max Cost of Run' = 'Max Cost') =>
		ofCreate.priceUnknown(model, limit),
};
export { formatUsd } from '../support/usd';
