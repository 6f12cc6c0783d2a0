import type { IExecuteFunctions } from 'n8n-workflow';
import { dollars } from '../errors/moneyFailures';
import { spentInRun, type Plan } from '../job/plan';
import { totalOf } from '../models/price';
import type { ActionContext } from './action';
import type { RunMemory } from './runMemory';
import { hint, note } from './hint';
import { runIndexOf } from './submit';

const FIELDS = {
	seconds: 'Duration (Seconds)',
	aspectRatio: 'Aspect Ratio',
	resolution: 'Resolution',
	size: 'Custom Size',
};

/** Says what was decided differently from what the form asks. */
export function hintPlan(
	{ execution, itemIndex }: ActionContext,
	plan: Pick<Plan, 'model' | 'adjusted' | 'fallback'>,
): void {
	const { model, adjusted = {}, fallback } = plan;
	if (fallback) {
		const reason = fallback.reason.replace(/\.$/, '');
		note(execution, itemIndex, `${model} stands in for ${fallback.from} (${reason}).`);
	}
	for (const [field, { asked, used }] of Object.entries(adjusted)) {
		const name = FIELDS[field as keyof typeof FIELDS];
		note(
			execution,
			itemIndex,
			`'${name}' is ${used} instead of ${asked}, the nearest that ${model} takes.`,
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
	hint(execution, `${title}: ${dollars(usd)} for ${videosInWords(videos)}.`);
}

/** The total of what the items of a run would cost, as far as that is known. */
export function hintEstimates(execution: IExecuteFunctions, { estimates }: RunMemory): void {
	if (estimates.length === 0) return;
	const { from, upTo } = totalOf(estimates);
	const amount = from === upTo ? dollars(from) : `${dollars(from)} to ${dollars(upTo)}`;
	hint(execution, `Estimated cost: ${amount} for ${videosInWords(estimates.length)}.`);
}

function videosInWords(count: number): string {
	return count === 1 ? '1 video' : `${count} videos`;
}
