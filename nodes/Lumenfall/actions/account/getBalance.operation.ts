import { withRetry } from '../../transport/retry';
import type { Operation } from '../../context';
import { runtimeOf } from '../../support/runtime';

/** Tells what is left on the account. A postpaid account has no amount. */
export const getBalance: Operation = async ({ api, stop, itemIndex }) => {
	const balance = await withRetry(async () => await api.getBalance(), runtimeOf(stop));
	return { json: { ...balance }, pairedItem: { item: itemIndex } };
};
