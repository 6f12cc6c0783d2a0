import type { IExecuteFunctions } from 'n8n-workflow';
import { dollars } from '../errors/moneyFailures';
import { spentInRun, type Plan } from '../job/plan';
import type { ActionContext } from './action';
import { hint } from './hint';
import { runIndexOf } from './submit';

const FIELDS = {
	seconds: 'Duration (Seconds)',
	aspectRatio: 'Aspect Ratio',
	resolution: 'Resolution',
	size: 'Custom Size',
};

/** Says what was decided differently from what the form asks. */
export function hintPlan({ execution, itemIndex }: ActionContext, plan: Plan): void {
	const { model, adjusted = {}, fallback } = plan;
	if (fallback) {
		const reason = fallback.reason.replace(/\.$/, '');
		hint(execution, `Item ${itemIndex}: ${model} stands in for ${fallback.from} (${reason}).`);
	}
	for (const [field, { asked, used }] of Object.entries(adjusted)) {
		const name = FIELDS[field as keyof typeof FIELDS];
		hint(
			execution,
			`Item ${itemIndex}: '${name}' is ${used} instead of ${asked}, the nearest that ${model} takes.`,
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
	const count = videos === 1 ? '1 video' : `${videos} videos`;
	const title = isExpected ? 'Expected cost of this run' : 'Cost of this run';
	hint(execution, `${title}: ${dollars(usd)} for ${count}.`);
}
