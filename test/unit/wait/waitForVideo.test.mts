import type { ItemContext } from '../../../nodes/Lumenfall/context';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors, type Refusal } from '../../../nodes/Lumenfall/errors/serverErrors';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import { JobStore } from '../../../nodes/Lumenfall/job/jobStore';
import { createRateLimiter } from '../../../nodes/Lumenfall/support/rateLimiter';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import { waitForVideo } from '../../../nodes/Lumenfall/wait/waitForVideo';
import { fakeRuntime, WALL_START } from '../../support/fakeRuntime.mts';
import { DEFAULT_LIMITS } from '../../support/simulateWait.mts';

const options = {
	...DEFAULT_LIMITS,
	timeoutMs: 120_000,
	queueCounts: true,
	cancelOnStop: false,
};
const job = (phase: Job['phase'], more: Partial<Job> = {}): Job => ({
	id: 'video_1',
	phase,
	status: phase === 'running' ? 'in_progress' : phase,
	...more,
});
const [queued, running, completed] = [job('queued'), job('running'), job('completed')];

type Answer = { job: Job; hintMs?: number };

/** A run with a server whose responses and errors depend on the time. n8n and the network are not involved. */
function openRun(answerAt: (now: number, id: string) => Answer | Error, mode = 'trigger') {
	const time = fakeRuntime({ random: 0 });
	const stop = new StopSwitch();
	const asked: Array<{ at: number; id: string; timeoutMs?: number }> = [];
	const log: string[] = [];
	const shown: unknown[] = [];
	const cancelSignal = jest.fn<AbortSignal | undefined, []>();
	const origin = { instanceId: 'i', executionId: '7', nodeId: 'n', nodeName: 'Make' };
	const jobs = new JobStore({}, origin, 0);
	const context = {
		stop,
		runtime: time,
		jobs,
		api: {
			baseUrl: 'https://api.example',
			getVideo: async (id: string, timeoutMs?: number) => {
				asked.push({ at: time.now(), id, timeoutMs });
				const answer = answerAt(time.now(), id);
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
		statusLimiter: createRateLimiter(time),
		execution: {
			logger: { info: (line: string) => log.push(line) },
			getMode: () => mode,
			sendMessageToUI: (line: unknown) => shown.push(line),
			getExecutionCancelSignal: () => cancelSignal(),
		},
	} as unknown as ItemContext;
	const wait = async (start: Job, own: Partial<typeof options> = {}) =>
		await waitForVideo(context, start, { ...options, ...own });
	const waitOut = async (...args: Parameters<typeof wait>) => await time.finish(wait(...args));
	return { time, stop, jobs, asked, log, shown, cancelSignal, wait, waitOut };
}

const failureFrom = async (work: Promise<unknown>) =>
	await work.then(
		() => undefined,
		(error: unknown) => failureOf(error),
	);
const refusal = (kind: 'rateLimited' | 'serverUnavailable' | 'network', more: Refusal = {}) =>
	serverErrors[kind]({ cause: 'the connection was cut', ...more });

test('a completed job is returned with its timing', async () => {
	const { asked, waitOut } = openRun((now) => ({
		job: now < 15_000 ? queued : now < 50_000 ? running : completed,
	}));
	const finished = await waitOut(queued);
	expect(finished).toMatchObject({ job: completed, timing: { polls: asked.length } });
	const { queuedSeconds = 0, generatingSeconds = 0 } = finished.timing;
	expect(queuedSeconds).toBeCloseTo(13.8, 1);
	expect(queuedSeconds + generatingSeconds).toBeGreaterThanOrEqual(50);
});

test('the timing of a job that was completed before the wait is left out', async () => {
	const { asked, waitOut } = openRun(() => ({ job: completed }));
	await expect(waitOut(completed)).resolves.toEqual({ job: completed, timing: { polls: 0 } });
	expect(asked).toEqual([]);
});

test.each(['failed', 'cancelled'] as const)(
	'a %s job ends with its own failure and its ID',
	async (phase) => {
		const { waitOut } = openRun(() => ({ job: job(phase) }));
		await expect(failureFrom(waitOut(queued))).resolves.toMatchObject({
			videoId: 'video_1',
			status: phase,
		});
	},
);

describe('the deadline', () => {
	test('names the ID, the status and the time', async () => {
		const { waitOut } = openRun(() => ({ job: running }));
		const failure = await failureFrom(waitOut(queued));
		expect(failure).toMatchObject({ kind: 'timedOut', videoId: 'video_1', status: 'in_progress' });
		expect(failure?.message).toContain('video_1');
		expect(failure?.message).toMatch(/after (2 minutes|120 seconds).*in_progress/);
	});

	test('names an unrecognized status, and says that it is one', async () => {
		const { waitOut } = openRun(() => ({ job: job('unknown', { status: 'transmogrified' }) }));
		const failure = await failureFrom(waitOut(queued));
		expect(failure?.message).toMatch(/'transmogrified' is not a status that this node recognizes/);
	});

	test('names the error of a server that does not say whether the video failed', async () => {
		const error = { message: 'polling too\nfast' };
		const { waitOut } = openRun(() => ({ job: job('unknown', { error }) }));
		const failure = await failureFrom(waitOut(queued));
		expect(failure?.message).toContain('the server says: polling too fast');
	});

	test('contains the error of the last status check', async () => {
		const { waitOut } = openRun((now) =>
			now < 60_000 ? { job: running } : refusal('serverUnavailable', { httpStatus: 503 }),
		);
		const failure = await failureFrom(waitOut(queued));
		expect(failure?.message).toMatch(/the last status check failed \(.*503/);
	});
});

describe('a failed status check', () => {
	test.each([
		['a 503', refusal('serverUnavailable', { httpStatus: 503 })],
		['a 429', refusal('rateLimited', { httpStatus: 429 })],
		['a network error', refusal('network')],
		['an unreadable response', serverErrors.unreadableAnswer()],
		[
			'a 404 of a server that does not know the job yet',
			serverErrors.videoNotFound({ httpStatus: 404 }),
		],
		['the same as a 400', serverErrors.videoNotFound({ httpStatus: 400 })],
	])('%s does not end the wait', async (_, error) => {
		const { waitOut } = openRun((now) => (now < 20_000 ? error : { job: completed }));
		await expect(waitOut(queued)).resolves.toMatchObject({ job: completed });
	});

	test.each([
		['a key that is no longer accepted', serverErrors.invalidApiKey({ httpStatus: 401 })],
		['a 410', serverErrors.videoNotFound({ httpStatus: 410 })],
		['a bug in the node', new TypeError('x')],
	])('%s ends the wait immediately', async (_, error) => {
		const { asked, waitOut } = openRun(() => error);
		await expect(waitOut(queued)).rejects.toThrow();
		expect(asked).toHaveLength(1);
	});

	test('a lasting 404 ends the wait, and the error has the ID', async () => {
		const { asked, waitOut } = openRun(() => serverErrors.videoNotFound({ httpStatus: 404 }));
		await expect(failureFrom(waitOut(queued))).resolves.toMatchObject({
			kind: 'videoNotFound',
			videoId: 'video_1',
		});
		expect(asked.at(-1)!.at).toBeGreaterThanOrEqual(30_000);
		expect(asked.at(-1)!.at).toBeLessThan(50_000);
	});

	test('one 404 does not end the wait, at the first check or after a restart', async () => {
		const unknown = serverErrors.videoNotFound({ httpStatus: 404 });
		const late = openRun((now) => (now < 65_000 ? unknown : { job: completed }));
		await expect(late.waitOut(queued, { firstPollMs: 60_000 })).resolves.toMatchObject({
			job: completed,
		});
		const restarts = openRun((now) => {
			if (now < 20_000) return { job: running };
			if (now < 35_000 || (now > 75_000 && now < 90_000)) return unknown;
			return now < 75_000 ? serverErrors.serverUnavailable() : { job: completed };
		});
		await expect(restarts.waitOut(queued)).resolves.toMatchObject({ job: completed });
	});

	test.each([
		['a 404', serverErrors.videoNotFound({ httpStatus: 404 })],
		['a 403', serverErrors.accessDenied({ httpStatus: 403 })],
	])(
		'%s of a server that knew the job before does not end the wait, unless it lasts',
		async (_, error) => {
			const isMoment = (now: number) => now > 60_000 && now < 80_000;
			const moment = openRun((now) =>
				isMoment(now) ? error : { job: now < 90_000 ? running : completed },
			);
			await expect(moment.waitOut(queued)).resolves.toMatchObject({ job: completed });
			const lasting = openRun((now) => (now > 60_000 ? error : { job: running }));
			await expect(failureFrom(lasting.waitOut(queued))).resolves.toMatchObject({
				videoId: 'video_1',
			});
			expect(lasting.asked.at(-1)!.at).toBeGreaterThanOrEqual(90_000);
			expect(lasting.asked.at(-1)!.at).toBeLessThan(120_000);
		},
	);

	test('a Retry-After is honored, up to two minutes', async () => {
		for (const [retryAfterMs, next] of [
			[7_000, 16_000],
			[3_600_000, 129_000],
		]) {
			const { asked, waitOut } = openRun((now) =>
				now < 10_000 ? refusal('rateLimited', { retryAfterMs }) : { job: completed },
			);
			await waitOut(queued, { timeoutMs: 600_000 });
			expect(asked.map(({ at }) => at)).toEqual([9_000, next]);
		}
	});
});

test('a run with refused requests sends at most a few status checks per second, whatever Retry-After is', async () => {
	const { asked, time, wait } = openRun(() => refusal('rateLimited', { retryAfterMs: 0 }));
	const items = Array.from({ length: 20 }, (_, index) => `video_${index}`);
	const waits = items.map(async (id) => await failureFrom(wait({ ...queued, id })));
	const failures = await time.finish(Promise.all(waits));
	expect(failures.every((failure) => failure?.kind === 'timedOut')).toBe(true);
	// The first checks are already sent when the first refusal arrives.
	const later = asked.filter(({ at }) => at > DEFAULT_LIMITS.firstPollMs);
	for (const { at } of later)
		expect(later.filter((one) => one.at >= at && one.at < at + 1_000).length).toBeLessThanOrEqual(
			3,
		);
	expect(time.now()).toBeLessThanOrEqual(options.timeoutMs + 1_000);
});

test('when the server responds again, every job of the run is found', async () => {
	const { time, wait } = openRun((now, id) =>
		now < 40_000
			? refusal('serverUnavailable', { httpStatus: 503 })
			: { job: { ...completed, id } },
	);
	const ids = Array.from({ length: 20 }, (_, index) => `video_${index}`);
	const waits = ids.map(async (id) => (await wait({ ...queued, id })).job.id);
	await expect(time.finish(Promise.all(waits))).resolves.toEqual(ids);
	expect(time.now()).toBeLessThan(100_000);
});

test('no status check exceeds the deadline by more than a second', async () => {
	const { asked, waitOut } = openRun(() => ({ job: running }));
	await failureFrom(waitOut(queued));
	for (const { at, timeoutMs = Number.NaN } of asked)
		expect(at + timeoutMs).toBeLessThanOrEqual(options.timeoutMs + 1_000);
});

test('a Stop ends the wait with its reason, also during a status check', async () => {
	const { stop, waitOut } = openRun(() => {
		stop.stop(runErrors.stopped());
		return refusal('network');
	});
	await expect(failureFrom(waitOut(queued, { cancelOnStop: true }))).resolves.toMatchObject({
		kind: 'stopped',
		videoId: 'video_1',
	});
});

test.each([true, false])(
	'whether a Stop cancels the video is an option: %s',
	async (cancelOnStop) => {
		const { stop, cancelSignal, waitOut } = openRun(() => {
			stop.stop(runErrors.stopped());
			return refusal('network');
		});
		await failureFrom(waitOut(queued, { cancelOnStop }));
		// A video is only cancelled if the signal of n8n says that the user has stopped the execution.
		expect(cancelSignal).toHaveBeenCalledTimes(cancelOnStop ? 1 : 0);
	},
);

test('each new state is logged once, and shown in the editor in a manual run', async () => {
	const answer = (now: number) => ({
		job: now < 30_000 ? job('running', { progress: 12.3 }) : completed,
	});
	const production = openRun(answer);
	await production.waitOut(queued);
	expect(production.log).toEqual([
		'Video video_1 is in_progress, 12 % after 9 s',
		expect.stringMatching(/^Video video_1 is completed after 3\d s$/),
	]);
	expect(production.shown).toEqual([]);

	const manual = openRun(answer, 'manual');
	await manual.waitOut(queued);
	expect(manual.shown).toEqual(manual.log);
});

describe('jobs of one model', () => {
	/** Waits for jobs one after the other. The process remembers their durations. */
	async function pollsOf(start: Job, lengths: number[]): Promise<number[]> {
		const polls: number[] = [];
		for (const jobMs of lengths) {
			const { waitOut } = openRun((now) => ({ job: now < jobMs ? running : completed }));
			polls.push((await waitOut(start)).timing.polls);
		}
		return polls;
	}
	const lengths = [100_000, 104_000, 97_000, 102_000, 99_000, 101_000];

	test('improve the schedule of later ones', async () => {
		const polls = await pollsOf(job('queued', { model: 'learns' }), lengths);
		expect(Math.max(...polls.slice(3))).toBeLessThanOrEqual(10);
		expect(Math.min(...polls.slice(0, 3))).toBeGreaterThanOrEqual(16);
	});

	test('are not learned if the job is older than its wait', async () => {
		const old = job('queued', { model: 'old', createdAt: WALL_START - 3_600_000 });
		const polls = await pollsOf(old, lengths);
		expect(Math.min(...polls)).toBeGreaterThanOrEqual(16);
	});

	test('are not learned if they fail, because a failure can occur at any time', async () => {
		const start = job('queued', { model: 'fails' });
		for (let index = 0; index < 3; index++) {
			const { waitOut } = openRun(() => ({ job: job('failed') }));
			await expect(waitOut(start)).rejects.toThrow();
		}
		expect(Math.min(...(await pollsOf(start, [100_000])))).toBeGreaterThanOrEqual(16);
	});
});

test('a status that is about the video of another item is never taken for that of this one', async () => {
	const mixedUp = { job: { ...completed, reportedId: 'video_2' } };
	const { waitOut, jobs } = openRun((now) => (now < 60_000 ? mixedUp : { job: running }));
	jobs.open({ itemIndex: 0, hash: 'one' }).created('video_1', new Date(WALL_START));
	jobs.open({ itemIndex: 1, hash: 'other' }).created('video_2', new Date(WALL_START));
	expect(await failureFrom(waitOut(queued))).toMatchObject({
		kind: 'timedOut',
		videoId: 'video_1',
	});
});

test('a status with an ID that is unknown here is taken: some relays encode IDs in a new way each time', async () => {
	const { waitOut, jobs } = openRun(() => ({ job: { ...completed, reportedId: 'encoded_again' } }));
	jobs.open({ itemIndex: 0, hash: 'one' }).created('video_1', new Date(WALL_START));
	expect((await waitOut(queued)).job.phase).toBe('completed');
});
