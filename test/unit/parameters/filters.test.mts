import type { Job } from '../../../nodes/Lumenfall/job/job';
import { matches, type VideoFilters } from '../../../nodes/Lumenfall/parameters/filters';

const job: Job = { id: 'v', phase: 'completed', status: 'completed', model: 'openai/sora-2' };
const all: VideoFilters = { limit: 50, status: 'any', onlyUndelivered: false };
const isFound = (filter: Partial<VideoFilters>, change: Partial<Job> = {}) =>
	matches({ ...job, ...change }, { ...all, ...filter });

test.each([
	['sora-2', 'sora-2', true],
	['sora-2', 'openai/sora-2', true],
	['Sora-2', 'openai/sora-2', true],
	['openai/sora-2', 'openai/sora-2', true],
	['fal/sora-2', 'openai/sora-2', false],
	['openai/sora-2', 'sora-2', false],
	['sora-2', 'sora-2-pro', false],
	['sora-2', undefined, false],
])("the filter 'Model ID' %s finds a video of %s: %s", (model, made, found) => {
	expect(isFound({ model }, { model: made })).toBe(found);
});

test('a time includes its start and excludes its end, and an unknown time is inside', () => {
	const between = { createdAfter: 10, createdBefore: 20 };
	expect([9, 10, 19, 20].map((createdAt) => isFound(between, { createdAt }))).toEqual([
		false,
		true,
		true,
		false,
	]);
	expect(isFound(between)).toBe(true);
});

test.each([
	['any', 'running', true],
	['running', 'running', true],
	['running', 'queued', true],
	['running', 'failed', false],
	['queued', 'queued', true],
	['queued', 'running', false],
	['failed', 'failed', true],
	['completed', 'failed', false],
] as const)("the filter 'Status' %s on a video that is %s: %s", (status, phase, found) => {
	expect(isFound({ status }, { phase })).toBe(found);
});
