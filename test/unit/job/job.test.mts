import { usdCostOf, type Job } from '../../../nodes/Lumenfall/job/job';

test.each<[Partial<Job>, number | undefined]>([
	[{ cost: 0.4 }, 0.4],
	[{ cost: 0.4, currency: 'USD' }, 0.4],
	[{ cost: 40, currency: 'JPY' }, undefined],
	[{ currency: 'USD' }, undefined],
])(
	'a cost counts towards the budget if it is in USD, which is the usual currency: %j',
	(job, usd) => {
		expect(usdCostOf({ id: 'video_1', phase: 'completed', status: 'completed', ...job })).toBe(usd);
	},
);
