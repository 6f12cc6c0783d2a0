import type { Job } from '../../../nodes/Lumenfall/job/job';
import { readRecentVideos } from '../../../nodes/LumenfallTrigger/polling/recentVideos';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

const HOUR = 3_600_000;
/** One video per hour, the newest first. A page of the list has 10 of them. */
const NEWEST = Date.now() - HOUR;
const history = Array.from(
	{ length: 300 },
	(_, index): Job => ({
		id: `v${index}`,
		phase: 'completed',
		status: 'completed',
		createdAt: NEWEST - index * HOUR,
	}),
);

async function pagesRead(newestBefore?: number, newest: Job[] = []): Promise<number> {
	const jobs = [...newest, ...history];
	let pages = 0;
	const listVideos = async ({ after = '0' }: { after?: string }) => {
		pages++;
		const from = Number(after);
		return { jobs: jobs.slice(from, from + 10), next: String(from + 10) };
	};
	await readRecentVideos({ listVideos } as never, fakeRuntime(), newestBefore);
	return pages;
}

test('the first poll reads the list back to a day before its newest video', async () => {
	expect(await pagesRead()).toBe(3);
});

test('after days without n8n, the list is read back to a day before the newest video of the last poll', async () => {
	expect(await pagesRead(NEWEST - 80 * HOUR)).toBe(11);
});

test('a video with a creation time in the future does not move the part that is read', async () => {
	const wrong: Job = { ...history[0], id: 'wrong', createdAt: NEWEST + 500 * HOUR };
	expect(await pagesRead(undefined, [wrong])).toBe(3);
});
