import { downloadErrors } from '../../../nodes/Lumenfall/deliver/downloadErrors';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { withRetry } from '../../../nodes/Lumenfall/transport/retry';

/** A runtime whose sleeps end at once and are recorded. */
function runtime() {
	const pauses: number[] = [];
	return {
		pauses,
		now: () => 0,
		wallTime: () => 0,
		random: () => 1,
		sleep: async (milliseconds: number) => {
			pauses.push(milliseconds);
		},
	};
}

test('a transient error is retried with growing pauses, then reported', async () => {
	const time = runtime();
	let calls = 0;
	const read = async () => {
		calls++;
		throw serverErrors.serverUnavailable({ httpStatus: 503 });
	};
	await expect(withRetry(read, time)).rejects.toThrow(/HTTP 503/);
	expect(calls).toBe(4);
	expect(time.pauses).toEqual([1_000, 2_000, 4_000]);
});

test("the server's Retry-After is used unchanged", async () => {
	const time = runtime();
	let calls = 0;
	const read = async () => {
		if (++calls === 1) throw serverErrors.rateLimited({ retryAfterMs: 5_500 });
		return 'done';
	};
	await expect(withRetry(read, time)).resolves.toBe('done');
	expect(time.pauses).toEqual([5_500]);
});

test.each([0, 1, 60_000])(
	'a Retry-After of %i ms causes no flood of requests, and no pause of more than half a minute',
	async (retryAfterMs) => {
		const time = runtime();
		const read = async () => await Promise.reject(serverErrors.rateLimited({ retryAfterMs }));
		await expect(withRetry(read, time)).rejects.toThrow();
		expect(time.pauses).toEqual(
			retryAfterMs < 1_000 ? [1_000, 2_000, 4_000] : [30_000, 30_000, 30_000],
		);
	},
);

test.each([
	serverErrors.invalidApiKey(),
	serverErrors.videoNotFound(),
	runErrors.stopped(),
	downloadErrors.expired({ videoId: 'video_1' }),
])('$failure.kind is not retried', async (error) => {
	const time = runtime();
	await expect(withRetry(async () => await Promise.reject(error), time)).rejects.toBe(error);
	expect(time.pauses).toEqual([]);
});

test('a defect of this package is not retried', async () => {
	const time = runtime();
	await expect(
		withRetry(async () => await Promise.reject(new TypeError('x')), time),
	).rejects.toThrow(TypeError);
	expect(time.pauses).toEqual([]);
});
