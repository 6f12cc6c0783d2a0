import type { Job } from '../../../nodes/Lumenfall/job/job';
import { decodeJobs, type JobPage } from '../../../nodes/Lumenfall/transport/decode/videoList';
import { videoPages } from '../../../nodes/Lumenfall/transport/videoPages';
import { fakeRuntime } from '../../support/fakeRuntime.mts';

const A = { id: 'a', status: 'queued' };
const B = { id: 'b', status: 'completed' };

test.each<[string, unknown]>([
	["OpenAI's contract", { object: 'list', data: [A, B], has_more: false, last_id: 'b' }],
	['a list alone', [A, B]],
	['a list under another name', { videos: [A, B], total: 2 }],
	['a list in an object', { code: 0, data: { items: [A, B] } }],
	...['list', 'records', 'generations', 'predictions', 'content', 'rows'].flatMap(
		(name): Array<[string, unknown]> => [
			[`a list under the name ${name}`, { [name]: [A, B] }],
			[`a nested list under the name ${name}`, { code: 0, data: { [name]: [A, B], total: 2 } }],
		],
	),
	['entries that are no jobs', { data: [A, null, 'x', { error: 'no' }, B] }],
	['other media', { data: [A, { id: 'i', modality: 'image' }, B] }],
])('videos are read from %s', (_, response) => {
	const page = decodeJobs(response);
	expect(page?.jobs.map(({ id }) => id)).toEqual(['a', 'b']);
	expect(page).not.toHaveProperty('next');
});

test('a page with more videos than any server has is read in part', () => {
	const data = Array.from({ length: 50_000 }, (_, index) => ({ id: `v${index}` }));
	const page = decodeJobs({ data, has_more: true });
	expect(page?.jobs).toHaveLength(10_000);
	expect(page?.next).toBe('v9999');
});

test.each<object>([
	{ data: [A, B], has_more: true, last_id: 'b' },
	{ data: [A, B], hasMore: true },
	{ data: [A, B], has_more: 'true', last_id: null },
	{ items: [A, B], next_cursor: 'x' },
	{ results: [A, B], next: 'https://a.example/videos?page=2', previous: null },
	{ data: [A, B], next_page_url: 'https://a.example/videos?page=2' },
	{ data: { items: [A, B], has_more: true } },
	{ data: [A, B], pagination: { has_more: true } },
	{ data: [A, B], meta: { next_cursor: 'x' } },
	{ result: { list: [A, B], paging: { next: 'x' } } },
])('%j has another page after its last video', (response) => {
	expect(decodeJobs(response)?.next).toBe('b');
});

test.each<unknown>([
	{ data: [A, B], has_more: false, next_cursor: 'x' },
	{ data: [A, B], has_more: false, last_id: 'b' },
	{ data: [A, B], next: null, next_cursor: '' },
	{ data: [], has_more: true },
	{ data: [A, B], pagination: { has_more: false, next_cursor: 'x' } },
	{ object: 'list', data: null },
	{ data: { items: null, total: 0 } },
])('%j is the last page', (response) => {
	expect(decodeJobs(response)).not.toHaveProperty('next');
});

test.each<unknown>([
	'<html>',
	null,
	undefined,
	5,
	{},
	{ data: 'x' },
	{ error: { message: 'no' } },
	{ code: 401, data: null },
])('%j is not a list', (response) => expect(decodeJobs(response)).toBeUndefined());

test('a server that ignores the cursor lists no video twice', async () => {
	const jobs: Job[] = ['a', 'b'].map((id) => ({ id, phase: 'queued', status: 'queued' }));
	const page: JobPage = { jobs, next: 'b' };
	const listVideos = async () => ({ ...page, clockLead: { leastMs: 0, mostMs: 0 } });
	const ids: string[] = [];
	for await (const some of videoPages({ listVideos }, fakeRuntime()))
		ids.push(...some.map(({ id }) => id));
	expect(ids).toEqual(['a', 'b']);
});
