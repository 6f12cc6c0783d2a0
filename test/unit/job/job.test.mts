import { bareId, isSameVideo, usdCostOf, type Job } from '../../../nodes/Lumenfall/job/job';

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

test.each([
	['video_8f2k', 'video_8f2k', true],
	['video_8f2k', 'req_8f2k', true],
	['video_8f2k', '8f2k', true],
	['video_8f2k', 'video_9a1c', false],
	['my_video_8f2k', 'my_8f2k', false],
	['video_', 'req_x', false],
])('%s and %s belong to the same video: %s', (one, other, isSame) => {
	expect(isSameVideo(one, other)).toBe(isSame);
	expect(isSameVideo(other, one)).toBe(isSame);
});

test('an ID is the same without its prefix', () => {
	expect(bareId('req_video_1')).toBe('video_1');
});
