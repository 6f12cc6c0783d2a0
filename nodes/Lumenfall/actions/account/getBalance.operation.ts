import type { INodeProperties } from 'n8n-workflow';
import { withRetry } from '../../transport/retry';
import type { Operation } from '../../context';

/** Needs no field. */
export const description: INodeProperties[] = [];

/** Returns the remaining balance of the account. A postpaid account has no amount. */
export const execute: Operation = async ({ api, runtime, itemIndex }) => {
	const balance = await withRetry(async () => await api.getBalance(), runtime);
	return { json: { ...balance }, pairedItem: { item: itemIndex } };
};
