import type { Job } from '../../../nodes/Lumenfall/job/job';
import {
	createJobDurations,
	isNewJob,
	kindOfJob,
} from '../../../nodes/Lumenfall/wait/jobDurations';
import { DEFAULT_LIMITS, simulateWait } from '../../support/simulateWait.mts';

const job: Job = { id: 'video_1', phase: 'queued', status: 'queued', model: 'sora-2' };

function learned(...durations: number[]) {
	const known = createJobDurations();
	for (const duration of durations) known.learn('kind', duration);
	return known.likelyEnd('kind');
}

test('three jobs of similar duration predict when the next one is likely to end', () => {
	expect(learned(100, 120, 110)).toEqual({ fromMs: 95, toMs: 126 });
});

test('fewer jobs, or jobs of another kind, predict nothing', () => {
	expect(learned()).toBeUndefined();
	expect(learned(100, 100)).toBeUndefined();
	const known = createJobDurations();
	for (let index = 0; index < 3; index++) known.learn('kind', 100);
	expect(known.likelyEnd('other')).toBeUndefined();
});

test('jobs of very different durations predict nothing', () => {
	expect(learned(10, 100, 300)).toBeUndefined();
	expect(learned(100, 100, 161)).toBeUndefined();
	expect(learned(100, 100, 160)).toBeDefined();
});

test('only the newest eight jobs count, so a slower server is learned', () => {
	expect(learned(10, 10, 10, ...Array<number>(8).fill(100))).toEqual({ fromMs: 95, toMs: 105 });
});

test('the number of kinds is limited, and the most recently used ones are kept', () => {
	const known = createJobDurations();
	const learn = (kind: string) => {
		for (let index = 0; index < 3; index++) known.learn(kind, 100);
	};
	for (let kind = 0; kind < 100; kind++) learn(String(kind));
	learn('0');
	learn('new');
	expect(known.likelyEnd('0')).toBeDefined();
	expect(known.likelyEnd('1')).toBeUndefined();
	expect(known.likelyEnd('2')).toBeDefined();
});

test('jobs with the same server, model, duration and size are of the same kind', () => {
	const kind = kindOfJob('https://a', { ...job, seconds: 8, size: '1280x720' });
	expect(kindOfJob('https://a', { ...job, id: 'other', seconds: 8, size: '1280x720' })).toBe(kind);
	for (const other of [
		kindOfJob('https://b', { ...job, seconds: 8, size: '1280x720' }),
		kindOfJob('https://a', { ...job, seconds: 4, size: '1280x720' }),
		kindOfJob('https://a', { ...job, seconds: 8, size: '720x1280' }),
		kindOfJob('https://a', { ...job, seconds: 8, size: '1280x720', model: 'veo' }),
	])
		expect(other).not.toBe(kind);
	expect(kindOfJob('https://a', { ...job, model: undefined })).toBeUndefined();
});

test('a job is new by its creation time, or if it is still queued', () => {
	expect(isNewJob({ ...job, createdAt: 1_000_000 }, 1_020_000)).toBe(true);
	expect(isNewJob({ ...job, createdAt: 1_020_000 }, 1_000_000)).toBe(true);
	expect(isNewJob({ ...job, createdAt: 1_000_000 }, 1_040_000)).toBe(false);
	expect(isNewJob(job, 1_000_000)).toBe(true);
	expect(isNewJob({ ...job, phase: 'running' }, 1_000_000)).toBe(false);
});

test('later items of a batch need fewer status checks and less time than its first items', () => {
	const known = createJobDurations();
	const limits = DEFAULT_LIMITS;
	const lengths = [118_000, 131_000, 124_000, 129_000, 121_000, 127_000, 133_000, 119_000];
	const waits = lengths.map((jobMs) => {
		const wait = simulateWait(jobMs, { limits, likelyEnd: known.likelyEnd('kind') });
		const [before = 0, found] = wait.checks.slice(-2);
		known.learn('kind', (before + found) / 2);
		return { checks: wait.checks.length, late: wait.lateMs / jobMs };
	});
	for (const { checks, late } of waits.slice(3)) {
		expect(checks).toBeLessThan(waits[0].checks / 1.5);
		expect(late).toBeLessThan(0.04);
	}
});
