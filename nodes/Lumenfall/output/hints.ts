import type { IExecuteFunctions } from 'n8n-workflow';
import { spentInRun, type Decision } from '../job/plan';
import { totalOf } from '../models/price';
import type { ItemContext } from '../context';
import type { RunCache } from '../runCache';
import { hint, noteForItem } from './hint';
import { runIndexOf } from '../create/submit';
import { formatUsd } from '../support/usd';

const FIELDS = {
	seconds: 'Duration (Seconds)',
	aspectRatio: 'Aspect Ratio',
	resolution: 'Resolution',
	size: 'Custom Size',
};

/** Shows what differs from the form: another model, or adjusted values. */
export function hintDecision(
	{ execution, itemIndex }: ItemContext,
	plan: Pick<Decision, 'model' | 'adjusted' | 'fallback'>,
): void {
	const { model, adjusted = {}, fallback } = plan;
	if (fallback) {
		const reason = fallback.reason.replace(/\.$/, '');
		noteForItem(execution, itemIndex, `${model} is used instead of ${fallback.from} (${reason}).`);
	}
	for (const [field, { requested, used }] of Object.entries(adjusted)) {
		const name = FIELDS[field as keyof typeof FIELDS];
		noteForItem(
			execution,
			itemIndex,
			`'${name}' is ${used} instead of ${requested}, the nearest value that ${model} supports.`,
		);
	}
}

/** Shows the total cost of a run, if any is known. */
export function hintTotal(execution: IExecuteFunctions, itemIndex: number): void {
	const { videos, usd, isExpected } = spentInRun(
		execution.getContext('node'),
		runIndexOf(execution, itemIndex),
	);
	if (usd === 0) return;
	const title = isExpected ? 'Expected cost of this run' : 'Cost of this run';
	hint(execution, `${title}: ${formatUsd(usd)} for ${videosInWords(videos)}.`);
}

/** Shows what the items of a run would cost together, as far as that is known. */
export function hintEstimates(execution: IExecuteFunctions, { estimates }: RunCache): void {
	if (estimates.length === 0) return;
	const { from, upTo } = totalOf(estimates);
	const amount = from === upTo ? formatUsd(from) : `${formatUsd(from)} to ${formatUsd(upTo)}`;
	hint(execution, `Estimated cost: ${amount} for ${videosInWords(estimates.length)}.`);
}

function videosInWords(count: number): string {
	return count === 1 ? '1 video' : `${count} videos`;
}
