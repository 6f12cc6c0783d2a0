import type { Job } from '../../../nodes/Lumenfall/job/job';
import { toVideoJson, type KnownDetails } from '../../../nodes/Lumenfall/output/videoItem';

const JOB: Job = { id: 'video_1', phase: 'completed', status: 'completed' };
const PRICE = { estimatedCost: 0.8 };
const RANGE = { estimatedRange: { from: 0.4, upTo: 0.8 } };
const COMPARED = { estimatedCost: 0.8, costDifference: -0.1 };

test.each<[string, Partial<Job>, KnownDetails, object]>([
	['no currency', { cost: 0.7 }, PRICE, COMPARED],
	['USD', { cost: 0.7, currency: 'USD' }, PRICE, COMPARED],
	['another currency', { cost: 0.7, currency: 'EUR' }, PRICE, {}],
	['units of the server', { cost: 100, currency: 'CREDITS' }, PRICE, {}],
	['another currency, with a range in USD', { cost: 100, currency: 'JPY' }, RANGE, {}],
	[
		"another currency, which is also that of the server's estimate",
		{ cost: 0.7, estimatedCost: 0.6, currency: 'EUR' },
		PRICE,
		{ estimatedCost: 0.6, costDifference: 0.1 },
	],
])('a cost in %s is only shown with an estimate in the same currency', (_, job, known, shown) => {
	const { id, status, cost, currency, ...estimates } = toVideoJson({ ...JOB, ...job }, known);
	expect([id, status, cost, currency]).toEqual(['video_1', 'completed', job.cost, job.currency]);
	expect(estimates).toEqual(shown);
});
