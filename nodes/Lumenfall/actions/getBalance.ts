import { withRetry } from '../transport/retry';
import type { Action } from './action';
import { doorsOf } from './doors';

/** Tells what is left on the account. A postpaid account has no amount. */
export const getBalance: Action = async ({ api, stop, itemIndex }) => {
	const balance = await withRetry(async () => await api.getBalance(), doorsOf(stop));
	return { json: { ...balance }, pairedItem: { item: itemIndex } };
};
