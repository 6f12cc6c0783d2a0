import {
	candidatesAmong,
	findLostJobs,
	type LostCreate,
} from '../../../nodes/Lumenfall/create/findLostJob';
import type { JobEntry } from '../../../nodes/Lumenfall/job/jobEntry';
import { shortHash } from '../../../nodes/Lumenfall/support/hash';
import type { Job } from '../../../nodes/Lumenfall/job/job';

const sentAt = 1_000_000;
const lost: LostCreate = {
	sent: { model: 'sora-2', seconds: 8, prompt: shortHash('a boat') },
	sentAt,
	lostAt: sentAt + 60_000,
};
const job: Job = {
	id: 'video_1',
	phase: 'queued',
	status: 'queued',
	createdAt: sentAt + 500,
	prompt: 'a boat',
	model: 'sora-2',
	seconds: 8,
};
const find = (jobs: Job[], owned: string[] = [], sent = lost.sent) =>
	candidatesAmong(jobs, { ...lost, sent }, (id) => owned.includes(id)).map(({ id }) => id);

test('every job created at that time with the same prompt, model and duration is a candidate', () => {
	const twin = { ...job, id: 'video_2' };
	expect(find([job, twin])).toEqual(['video_1', 'video_2']);
});

test.each<[string, Partial<Job>]>([
	['slightly before, by a slow clock', { createdAt: sentAt - 1_900 }],
	['slightly after, by a fast clock', { createdAt: sentAt + 61_900 }],
	['without a model in the list', { model: undefined }],
	['without a duration in the list', { seconds: undefined }],
])('a job created %s is a candidate', (_, change) => {
	expect(find([{ ...job, ...change }])).toEqual(['video_1']);
});

test.each<[string, Partial<Job>]>([
	['another prompt', { prompt: 'a ship' }],
	['no prompt', { prompt: undefined }],
	['another model', { model: 'veo' }],
	['another duration', { seconds: 4 }],
	['no time', { createdAt: undefined }],
	['an older time', { createdAt: sentAt - 5_000 }],
	['a later time', { createdAt: sentAt + 90_000 }],
])('a job with %s is not a candidate', (_, change) => {
	expect(find([{ ...job, ...change }])).toEqual([]);
});

test('an extension may be listed with its whole length', () => {
	const whole = { ...job, seconds: 16 };
	expect(find([whole], [], { ...lost.sent, change: 'extend' })).toEqual(['video_1']);
	expect(find([whole])).toEqual([]);
});

test('a job of another request is not a candidate', () => {
	expect(find([job], ['video_1'])).toEqual([]);
	expect(find([])).toEqual([]);
});

/** Looks in the list of a server whose clock is ahead by a minute. */
async function look(listed: Partial<Job>, baseUrl = 'https://a.example/v1') {
	const lists: object[] = [];
	const found = await findLostJobs(
		{
			api: {
				baseUrl,
				listVideos: async (page: object) => {
					lists.push(page);
					const clockLead = { leastMs: 60_000, mostMs: 61_000 };
					return { jobs: [{ ...job, ...listed }], clockLead };
				},
			},
			jobs: { isOfOther: () => false },
			runtime: {},
		} as unknown as Parameters<typeof findLostJobs>[0],
		{
			record: {
				sent: { ...lost.sent, baseUrl: 'https://a.example/v1' },
				sentAt: new Date(sentAt).toISOString(),
				lostAt: new Date(lost.lostAt).toISOString(),
			},
		} as unknown as JobEntry,
	);
	return { found, lists };
}

test.each([
	['just after it was sent', 60_500, true],
	['just before it was lost', 120_900, true],
	['before it was sent', 500, false],
	['after it was lost', 124_000, false],
])('times are compared by the clock of the server: a job created %s', async (_, ms, isFound) => {
	const { found } = await look({ createdAt: sentAt + ms });
	expect(found).toEqual(isFound ? { candidateVideoIds: ['video_1'] } : {});
});

test('the list of another server than that of the create is not read', async () => {
	const { found, lists } = await look({}, 'https://other.example/v1');
	expect([found, lists]).toEqual([{}, []]);
	expect((await look({})).lists).toEqual([{ limit: 100 }]);
});
