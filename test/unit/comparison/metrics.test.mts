import { clockFor, marksOf, type VideoMetrics } from '../../../nodes/Lumenfall/comparison/metrics';

const made = (change: VideoMetrics = {}): VideoMetrics => ({
	status: 'completed',
	currency: 'USD',
	...change,
});
const served = (seconds: number) =>
	made({
		createdAt: '2026-11-23T10:00:00.000Z',
		completedAt: new Date(Date.parse('2026-11-23T10:00:00Z') + seconds * 1000).toISOString(),
	});

describe('the fastest', () => {
	test("is determined by the server's own times", () => {
		expect(marksOf([served(60), served(31), served(30)])).toEqual([[], [], ['fastest']]);
	});

	test('is determined by our own times if one server reports none, and the two are never mixed', () => {
		const timing = { polls: 3, queuedSeconds: 1, generatingSeconds: 40 };
		const slow = { ...served(10), timing };
		const quick = made({ timing: { polls: 3, queuedSeconds: 10, generatingSeconds: 20 } });
		expect(marksOf([slow, quick])).toEqual([[], ['fastest']]);
		expect(clockFor([slow, quick])(quick)).toBe(30);
	});

	test('does not exist if all times are equal or only one is known', () => {
		expect(marksOf([served(9), served(9)])).toEqual([[], []]);
		expect(marksOf([served(9), made()])).toEqual([[], []]);
	});

	test('is never a model without a video', () => {
		const failed = { ...served(1), failure: { message: 'refused' } };
		expect(marksOf([failed, served(5), served(6)])).toEqual([[], ['fastest'], []]);
	});
});

describe('the cheapest', () => {
	test('is determined by the cost per second, because models return different lengths', () => {
		const short = made({ cost: 0.4, seconds: 4 });
		const long = made({ cost: 0.5, seconds: 8 });
		expect(marksOf([short, long])).toEqual([[], ['cheapest']]);
	});

	test('can be free, and can be two videos', () => {
		const free = made({ cost: 0, seconds: 4 });
		expect(marksOf([free, made({ cost: 1, seconds: 4 }), free])).toEqual([
			['cheapest'],
			[],
			['cheapest'],
		]);
	});

	test('does not exist if currencies differ', () => {
		const dollars = made({ cost: 1, seconds: 4 });
		const euros = made({ cost: 0.5, seconds: 4, currency: 'EUR' });
		expect(marksOf([dollars, euros])).toEqual([[], []]);
	});
});
