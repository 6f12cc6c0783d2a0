import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	pollUntilDone,
	type PolledJob,
	type PollOptions,
	type StatusCheck,
} from '../../../nodes/Lumenfall/wait/pollLoop';
import { fakeRuntime } from '../../support/fakeRuntime.mts';
import { DEFAULT_LIMITS } from '../../support/simulateWait.mts';

const options: PollOptions = {
	...DEFAULT_LIMITS,
	timeoutMs: 300_000,
	queueCounts: true,
};
const job = (phase: Job['phase']): Job => ({ id: 'video_1', phase, status: phase });
const [queued, running, completed] = [job('queued'), job('running'), job('completed')];

/** A server whose responses depend on the time since the wait began. Records all requests. */
function serve(
	answerAt: (nowMs: number) => StatusCheck,
	{ checkTakesMs = 0, ...own }: { checkTakesMs?: number } & Partial<PolledJob> = {},
) {
	const time = fakeRuntime({ random: 0 });
	const checks: Array<{ at: number; timeoutMs: number }> = [];
	const polled: PolledJob = {
		check: async (timeoutMs) => {
			const answer = answerAt(time.now());
			checks.push({ at: time.now(), timeoutMs });
			if (checkTakesMs > 0) await time.sleep(Math.min(checkTakesMs, timeoutMs));
			return answer;
		},
		report: () => undefined,
		likelyEnd: () => undefined,
		...own,
	};
	const wait = async (start: Job, wanted: Partial<PollOptions> = {}) =>
		await time.finish(pollUntilDone(start, polled, { ...options, ...wanted }, time));
	return { time, checks, wait };
}

test('a job that is already final needs no wait', async () => {
	const { checks, wait } = serve(() => ({ job: completed }));
	await expect(wait(completed)).resolves.toMatchObject({ end: 'finished', polls: 0, waitedMs: 0 });
	expect(checks).toEqual([]);
});

test('the first check is sent after the initial delay, not immediately', async () => {
	const { checks, wait } = serve(() => ({ job: completed }));
	await wait(queued);
	expect(checks.map(({ at }) => at)).toEqual([DEFAULT_LIMITS.firstPollMs]);
});

test.each(['completed', 'failed', 'cancelled'] as const)('%s ends the wait', async (phase) => {
	const { wait } = serve(() => ({ job: job(phase) }));
	await expect(wait(queued)).resolves.toMatchObject({ end: 'finished', job: { phase }, polls: 1 });
});

test('an unrecognized status does not end the wait: the job may still complete', async () => {
	const { wait } = serve((now) => ({ job: now < 60_000 ? job('unknown') : completed }));
	await expect(wait(queued)).resolves.toMatchObject({ end: 'finished', job: completed });
});

test('transient errors do not end the wait, and the completed job is found after them', async () => {
	const { wait } = serve((now) =>
		now < 60_000 ? { transientError: new Error('503') } : { job: completed },
	);
	await expect(wait(queued)).resolves.toMatchObject({ end: 'finished', job: completed });
});

test('the deadline returns the last known job and the error of the last check', async () => {
	const transientError = new Error('503');
	const { time, checks, wait } = serve((now) =>
		now < 200_000 ? { job: running } : { transientError },
	);
	await expect(wait(queued)).resolves.toMatchObject({
		end: 'deadline',
		job: running,
		transientError,
		waitedMs: options.timeoutMs,
	});
	expect(time.now()).toBe(options.timeoutMs);
	expect(checks.at(-1)!.at).toBe(options.timeoutMs);
});

test('an error followed by a successful check is not reported at the deadline', async () => {
	const { wait } = serve((now) =>
		now < 100_000 ? { transientError: new Error('503') } : { job: running },
	);
	expect(await wait(queued)).not.toHaveProperty('transientError');
});

describe('a server that does not respond', () => {
	test('takes 15 seconds per check', async () => {
		const { checks, wait } = serve(() => ({ transientError: new Error('timeout') }), {
			checkTakesMs: 3_600_000,
		});
		await wait(queued);
		expect(checks[0].timeoutMs).toBe(15_000);
		expect(Math.max(...checks.map(({ timeoutMs }) => timeoutMs))).toBe(15_000);
	});

	test.each([10_000, 20_000, 30_000, 61_500, 300_000])(
		'holds no wait of %i ms for more than a second after its deadline',
		async (timeoutMs) => {
			const { time, checks, wait } = serve(() => ({ transientError: new Error('timeout') }), {
				checkTakesMs: 3_600_000,
			});
			await wait(queued, { timeoutMs });
			expect(time.now()).toBeLessThanOrEqual(timeoutMs + 1_000);
			for (const check of checks)
				expect(check.at + check.timeoutMs).toBeLessThanOrEqual(timeoutMs + 1_000);
		},
	);

	test('still gets a second at the deadline', async () => {
		const { checks, wait } = serve(() => ({ job: running }));
		await wait(queued, { timeoutMs: 9_000 });
		expect(checks).toEqual([{ at: 9_000, timeoutMs: 1_000 }]);
	});
});

test.each([0, 1, 500])(
	'a hint of %i ms gets one check per second, also at the deadline',
	async (hintMs) => {
		const { checks, wait } = serve(() => ({ job: running, hintMs }), { checkTakesMs: 40 });
		await wait(queued, { timeoutMs: 60_500 });
		const pauses = checks.slice(1).map(({ at }, index) => at - checks[index].at);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
		expect(checks.length).toBeGreaterThan(40);
	},
);

test('a hint that came with an error sets the next delay', async () => {
	let sent = 0;
	const { checks, wait } = serve(() =>
		++sent === 1 ? { transientError: new Error('429'), hintMs: 7_000 } : { job: completed },
	);
	await wait(queued);
	expect(checks.map(({ at }) => at)).toEqual([9_000, 16_000]);
});

test('a check that was not sent is not counted', async () => {
	const { wait } = serve((now) =>
		now < 60_000 ? { transientError: undefined, notSent: true } : { job: completed },
	);
	await expect(wait(queued)).resolves.toMatchObject({ end: 'finished', polls: 1 });
});

test('the likely end is read again before each check', async () => {
	const { checks, time, wait } = serve((now) => ({ job: now < 62_000 ? running : completed }), {
		likelyEnd: () => (time.now() < 40_000 ? undefined : { fromMs: 60_000, toMs: 70_000 }),
	});
	await wait(queued);
	const late = checks.map(({ at }) => at).filter((at) => at > 45_000);
	expect(late[0]).toBe(60_000);
	expect(late.length).toBeLessThanOrEqual(3);
});

test('time in the queue is measured separately', async () => {
	const { wait } = serve((now) => ({
		job: now < 30_000 ? queued : now < 90_000 ? running : completed,
	}));
	const ended = await wait(queued);
	if (ended.end !== 'finished') throw new Error('expected the job to finish');
	expect(ended.queuedMs).toBeGreaterThanOrEqual(26_000);
	expect(ended.queuedMs).toBeLessThanOrEqual(30_000);
	expect(ended.waitedMs).toBeGreaterThanOrEqual(90_000);
});

test('the end of the job is estimated midway between the checks before and after it', async () => {
	const { checks, wait } = serve((now) => ({ job: now < 90_000 ? running : completed }));
	const ended = await wait(queued);
	const [before, found] = checks.slice(-2).map(({ at }) => at);
	expect(ended).toMatchObject({ end: 'finished', endedMs: (before + found) / 2 });
});

test('the queue time is unknown if the job left the queue before the first check', async () => {
	for (const first of [running, completed]) {
		const { wait } = serve((now) => ({ job: now < 15_000 ? first : completed }));
		await expect(wait(queued)).resolves.toMatchObject({ end: 'finished', queuedMs: undefined });
	}
});

test('every state is reported, with the time waited', async () => {
	const report = jest.fn();
	const { checks, wait } = serve((now) => ({ job: now < 10_000 ? running : completed }), {
		report,
	});
	await wait(queued);
	expect(report.mock.calls).toEqual([
		[running, checks[0].at],
		[completed, checks[1].at],
	]);
});

test('an error of check or sleep ends the wait unchanged', async () => {
	const stopped = new Error('stopped');
	const rejects = async () => await Promise.reject(stopped);
	const { wait } = serve(() => ({ job: running }), { check: rejects });
	await expect(wait(queued)).rejects.toBe(stopped);

	const polled = { check: rejects, report: () => undefined, likelyEnd: () => undefined };
	const runtime = { ...fakeRuntime(), sleep: rejects };
	await expect(pollUntilDone(queued, polled, options, runtime)).rejects.toBe(stopped);
});

describe('time in the queue', () => {
	const slow = (now: number) => ({
		job: now < 1_000_000 ? queued : now < 1_200_000 ? running : completed,
	});

	test('counts towards the timeout', async () => {
		await expect(serve(slow).wait(queued)).resolves.toMatchObject({ end: 'deadline', job: queued });
	});

	test('can be excluded from the timeout', async () => {
		const ended = await serve(slow).wait(queued, { queueCounts: false });
		expect(ended).toMatchObject({ end: 'finished', job: completed });
	});

	test('is excluded for one day at most', async () => {
		const { time, wait } = serve(() => ({ job: queued, hintMs: 120_000 }));
		await expect(wait(queued, { queueCounts: false })).resolves.toMatchObject({ end: 'deadline' });
		expect(time.now()).toBe(24 * 3_600_000 + options.timeoutMs);
	});
});
