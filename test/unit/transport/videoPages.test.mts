import * as fc from 'fast-check';
import type { Job } from '../../../nodes/Lumenfall/job/job';
import { videoPages } from '../../../nodes/Lumenfall/transport/videoPages';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

const job = (id: number, createdAt: number | undefined): Job => ({
	id: `v${id}`,
	phase: 'completed',
	status: 'completed',
	createdAt,
});

/** A server with a list of this page size, with the last ID as cursor. */
function listOf(jobs: Job[], pageSize: number) {
	const state = { requests: 0 };
	const listVideos = async ({ after }: { after?: string }) => {
		state.requests++;
		const from = after === undefined ? 0 : jobs.findIndex(({ id }) => id === after) + 1;
		const page = jobs.slice(from, from + pageSize);
		const next = from + pageSize < jobs.length ? page.at(-1)?.id : undefined;
		return { jobs: page, next, clockLead: { leastMs: 0, mostMs: 0 } };
	};
	return { api: { listVideos } as never, state };
}
async function readAll(api: never, since: number): Promise<Job[]> {
	const found: Job[] = [];
	for await (const page of videoPages(api, fakeRuntime(), () => since)) found.push(...page);
	return found;
}
const read = async (jobs: Job[], pageSize: number, since: number) => {
	const { api, state } = listOf(jobs, pageSize);
	const found = await readAll(api, since);
	const recent = found.filter(({ createdAt = since }) => createdAt >= since);
	return { ids: recent.map(({ id }) => id).sort(), requests: state.requests };
};

test('every recent video is found, whatever the order of the list and the size of its pages', async () => {
	const lists = fc.array(
		fc.record({ createdAt: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }) }),
		{ maxLength: 90 },
	);
	await fc.assert(
		fc.asyncProperty(lists, fc.integer({ min: 1, max: 30 }), async (entries, pageSize) => {
			const jobs = entries.map(({ createdAt }, index) => job(index, createdAt));
			const wanted = jobs.filter(({ createdAt = 99 }) => createdAt >= 25);
			const { ids } = await read(jobs, pageSize, 25);
			expect(ids).toEqual(wanted.map(({ id }) => id).sort());
		}),
	);
});

const history = Array.from({ length: 5_000 }, (_, index) => job(index, 5_000 - index));

test('a long history that is sorted with the newest first needs one request', async () => {
	expect(await read(history, 100, 4_950)).toMatchObject({ requests: 1 });
});

test('a history that is sorted with the oldest first is read to its end', async () => {
	const { ids, requests } = await read([...history].reverse(), 100, 4_950);
	expect([ids.length, requests]).toEqual([51, 50]);
});

test('many videos created in one second do not prove an order', async () => {
	const sameSecond = Array.from({ length: 100 }, (_, index) => job(index, 10));
	const { ids } = await read([...sameSecond, job(200, 60)], 10, 50);
	expect(ids).toEqual(['v200']);
});

test.each([
	['whose cursors repeat', (request: number) => request % 3, () => 1],
	['whose pages repeat', (request: number) => request, () => 1],
	['whose pages overlap', (request: number) => request % 20, (request: number) => request - 1],
])('a list %s ends, and has each video once', async (_, cursorOf, firstOf) => {
	let requests = 0;
	const listVideos = async () => {
		requests++;
		const first = firstOf(requests);
		return { jobs: [job(first, 60), job(first + 1, 60)], next: `c${cursorOf(requests)}` };
	};
	const found = await readAll({ listVideos } as never, 0);
	expect(requests).toBeLessThan(25);
	expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
});
