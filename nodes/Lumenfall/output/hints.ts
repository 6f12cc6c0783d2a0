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

/** Says what was decided differently from what the form asks. */
export function hintDecision(
	{ execution, itemIndex }: ItemContext,
	plan: Pick<Decision, 'model' | 'adjusted' | 'fallback'>,
): void {
	const { model, adjusted = {}, fallback } = plan;
	if (fallback) {
		const reason = fallback.reason.replace(/\.$/, '');
		noteForItem(execution, itemIndex, `${model} stands in for ${fallback.from} (${reason}).`);
	}
	for (const [field, { requested, used }] of Object.entries(adjusted)) {
		const name = FIELDS[field as keyof typeof FIELDS];
		noteForItem(
			execution,
			itemIndex,
			`'${name}' is ${used} instead of ${requested}, the nearest that ${model} takes.`,
		);
	}
}

/** The total of a run, where anything is known to cost something. */
export function hintTotal(execution: IExecuteFunctions, itemIndex: number): void {
	const { videos, usd, isExpected } = spentInRun(
		execution.getContext('node'),
		runIndexOf(execution, itemIndex),
	);
	if (usd === 0) return;
	const title = isExpected ? 'Expected cost of this run' : 'Cost of this run';
	hint(execution, `${title}: ${formatUsd(usd)} for ${videosInWords(videos)}.`);
}

/** The total of what the items of a run would cost, as far as that is known. */
export function hintEstimates(execution: IExecuteFunctions, { estimates }: RunCache): void {
	if (estimates.length === 0) return;
	const { from, upTo } = totalOf(estimates);
	const amount = from === upTo ? formatUsd(from) : `${formatUsd(from)} to ${formatUsd(upTo)}`;
	hint(execution, `Estimated cost: ${amount} for ${videosInWords(estimates.length)}.`);
}

function videosInWords(count: number): string {
	return count === 1 ? '1 video' : `${count} videos`;
}
