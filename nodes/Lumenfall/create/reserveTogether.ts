import type { ItemContext } from '../context';
import type { Failure, FailureError } from '../errors/failure';
import { failureFrom, toFailureError } from '../errors/nodeError';
import type { JobEntry } from '../job/jobEntry';
import { totalOf } from '../models/price';
import { balanceFor, requireBalance, requireBelowMaxRunCost } from './budget';
import { prepare, type CreateInput, type Prepared } from './decide';

/** The result of one of several requests. Both fields are absent if an earlier try has decided. */
interface Reservation {
	entry: JobEntry;
	prepared?: Prepared;
	rejection?: Failure;
}

/**
 * Decides on several requests that belong together, before any is submitted. Invalid requests are returned with their
 * error, by index. The budget must cover all others. `createVideo` then uses each decision.
 *
 * If an earlier try has created some of the videos, these are delivered even if the budget does not cover the others.
 * @throws FailureError if the budget does not cover all of them, or if a dry run created a video
 */
export async function reserveTogether(
	context: ItemContext,
	inputs: CreateInput[],
): Promise<Array<Failure | undefined>> {
	const [{ rules }] = inputs;
	const check = async ({ request, entry }: CreateInput): Promise<Reservation> => {
		if (entry.record.decision) return { entry };
		return await prepare(context, rules, request).then(
			(prepared) => ({ entry, prepared }),
			(error: unknown) => ({ entry, rejection: asRejection(error) }),
		);
	};
	const checks = await Promise.all(inputs.map(check));

	const prepared = checks.flatMap((one) => one.prepared ?? []);
	const ranges = prepared.flatMap(({ quote }) => quote.range ?? []);
	const minimums = prepared.flatMap(({ quote, isUnlisted }) =>
		isUnlisted ? [] : (quote.least ?? []),
	);
	const least = minimums.reduce((total, usd) => total + usd, 0);
	const balance = await balanceFor(context, least);
	const most = ranges.length > 0 ? totalOf(ranges).upTo : undefined;
	const overBudget = whyRefused(() => {
		requireBelowMaxRunCost(context, most, rules, 'The videos together');
		requireBalance(context, least, balance);
	});
	if (overBudget && !checks.some(({ entry }) => entry.mayHaveJob)) throw overBudget;
	for (const { entry, prepared: one } of checks)
		if (one && !overBudget) entry.decide(one.decision, one.request.idempotencyKey);
	return checks.map(({ rejection, prepared: one }) => rejection ?? (one && overBudget?.failure));
}

/** Synchronous, because the decisions must be saved in the same moment. */
function whyRefused(check: () => void): FailureError | undefined {
	try {
		check();
		return undefined;
	} catch (error) {
		return toFailureError(error);
	}
}

/** Returns why one of several requests is rejected. A dry run that created a video ends all of them. */
function asRejection(error: unknown): Failure {
	const failure = failureFrom(error);
	if (failure.kind === 'dryRunCreatedVideo') throw error;
	return failure;
}
