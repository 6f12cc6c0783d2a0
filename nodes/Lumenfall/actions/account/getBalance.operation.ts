import type { INodeProperties } from 'n8n-workflow';
import { withRetry } from '../../transport/retry';
import type { Operation } from '../../context';
import { runtimeOf } from '../../support/runtime';

/** Needs no field. */
export const description: INodeProperties[] = [];

/** Returns the remaining balance of the account. A postpaid account has no amount. */
export const execute: Operation = async ({ api, stop, itemIndex }) => {
	const balance = await withRetry(async () => await api.getBalance(), runtimeOf(stop));
	return { json: { ...balance }, pairedItem: { item: itemIndex } };
};
