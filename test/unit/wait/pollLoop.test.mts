import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	pollUntilDone,
	type StatusCheck,
	type PollRuntime,
} from '../../../nodes/Lumenfall/wait/pollLoop';

const limits = { firstPollMs: 10_000, maxPauseMs: 15_000, timeoutMs: 300_000, queueCounts: true };
const running: Job = { id: 'video_1', phase: 'running', status: 'in_progress' };
const queued: Job = { id: 'video_1', phase: 'queued', status: 'queued' };
const completed: Job = { id: 'video_1', phase: 'completed', status: 'completed' };

/** A clock that moves only when something waits, and a server that follows a script of answers by time. */
function world(answerAt: (now: number) => StatusCheck, checkTakesMs = 0) {
	let now = 1_000_000;
	const startedAt = now;
	const pauses: number[] = [];
	const timeouts: number[] = [];
	const doors: PollRuntime = {
		now: () => now,
		random: () => 0,
		sleep: async (milliseconds) => {
			pauses.push(milliseconds);
			now += milliseconds;
		},
		check: async (timeoutMs) => {
			timeouts.push(timeoutMs);
			now += checkTakesMs;
			return answerAt(now - startedAt);
		},
		report: () => undefined,
	};
	return { doors, pauses, timeouts, elapsed: () => now - startedAt };
}

test('a job that is already done is not waited for', async () => {
	const { doors, pauses } = world(() => ({ job: completed }));
	await expect(pollUntilDone(completed, doors, limits)).resolves.toMatchObject({
		end: 'finished',
		polls: 0,
	});
	expect(pauses).toEqual([]);
});

test('the first look comes after the first-poll time, not at once', async () => {
	const { doors, pauses } = world(() => ({ job: completed }));
	await pollUntilDone(queued, doors, limits);
	expect(pauses).toEqual([10_000]);
});

test('blips are ridden out, and the finished job is found after them', async () => {
	const { doors } = world((now) =>
		now < 60_000 ? { blip: new Error('503') } : { job: completed },
	);
	await expect(pollUntilDone(queued, doors, limits)).resolves.toMatchObject({
		end: 'finished',
		job: completed,
	});
});

test('a deadline hands back the last known job and the newest blip', async () => {
	const blip = new Error('503');
	const { doors, elapsed } = world((now) => (now < 200_000 ? { job: running } : { blip }));
	await expect(pollUntilDone(queued, doors, limits)).resolves.toMatchObject({
		end: 'deadline',
		job: running,
		blip,
	});
	expect(elapsed()).toBe(limits.timeoutMs);
});

test('a blip that was followed by a good look is not blamed at the deadline', async () => {
	const { doors } = world((now) => (now < 100_000 ? { blip: new Error('503') } : { job: running }));
	expect(await pollUntilDone(queued, doors, limits)).not.toHaveProperty('blip');
});

test('no status call may outlive the deadline by more than a second', async () => {
	const { doors, timeouts } = world(() => ({ job: running }), 20_000);
	await pollUntilDone(queued, doors, limits);
	expect(Math.max(...timeouts)).toBeLessThanOrEqual(30_000);
	expect(timeouts.at(-1)).toBeLessThanOrEqual(30_000);
});

test('the queue is timed apart from the work', async () => {
	const { doors } = world((now) => ({
		job: now < 30_000 ? queued : now < 90_000 ? running : completed,
	}));
	const ended = await pollUntilDone(queued, doors, limits);
	if (ended.end !== 'finished') throw new Error('expected the job to finish');
	expect(ended.queuedMs).toBeGreaterThanOrEqual(20_000);
	expect(ended.queuedMs).toBeLessThanOrEqual(30_000);
	expect(ended.waitedMs).toBeGreaterThanOrEqual(90_000);
});

test('a queue that was over before the first look has no length that anybody knows', async () => {
	for (const job of [running, completed]) {
		const { doors } = world((now) => ({ job: now < 15_000 ? job : completed }));
		const ended = await pollUntilDone(queued, doors, limits);
		expect(ended).toMatchObject({ end: 'finished', queuedMs: undefined });
	}
});

test('a hint that came with a blip sets the next pause', async () => {
	let looks = 0;
	const { doors, pauses } = world(() =>
		++looks === 1 ? { blip: new Error('429'), hintMs: 7_000 } : { job: completed },
	);
	await pollUntilDone(queued, doors, limits);
	expect(pauses).toEqual([10_000, 7_000]);
});

test('what check and pause reject with ends the wait as it is', async () => {
	const { doors } = world(() => ({ job: running }));
	const stopped = new Error('stopped');
	await expect(
		pollUntilDone(queued, { ...doors, sleep: async () => await Promise.reject(stopped) }, limits),
	).rejects.toBe(stopped);
	await expect(
		pollUntilDone(queued, { ...doors, check: async () => await Promise.reject(stopped) }, limits),
	).rejects.toBe(stopped);
});

test('time in the queue can be kept out of the timeout', async () => {
	const job = (now: number) => (now < 1_000_000 ? queued : now < 1_200_000 ? running : completed);
	const { doors } = world((now) => ({ job: job(now) }));
	await expect(pollUntilDone(queued, doors, limits)).resolves.toMatchObject({
		end: 'deadline',
		job: queued,
	});
	const patient = { ...limits, queueCounts: false };
	await expect(
		pollUntilDone(queued, world((now) => ({ job: job(now) })).doors, patient),
	).resolves.toMatchObject({ end: 'finished' });
});
