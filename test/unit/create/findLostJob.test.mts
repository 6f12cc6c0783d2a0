import { findLostJob } from '../../../nodes/Lumenfall/create/findLostJob';
import type { Job } from '../../../nodes/Lumenfall/job/job';

const request = { model: 'sora-2', prompt: 'a boat', seconds: 8, additionalParameters: {} };
const sentAt = 1_000_000;
const doubt = { request, sentAt, lostAt: sentAt + 60_000, claimed: [] as string[] };
const job: Job = {
	id: 'video_1',
	phase: 'queued',
	status: 'queued',
	createdAt: sentAt + 500,
	prompt: 'a boat',
	model: 'sora-2',
	seconds: 8,
};

test('the one job since then with the same prompt is the lost one', () => {
	const older: Job = { ...job, id: 'older', createdAt: sentAt - 60_000 };
	const other: Job = { ...job, id: 'other', prompt: 'a ship' };
	expect(findLostJob([other, job, older], doubt)?.id).toBe('video_1');
});

test.each<[string, Job[], Partial<typeof doubt>]>([
	['two candidates', [job, { ...job, id: 'video_2' }], {}],
	['another prompt', [{ ...job, prompt: 'a ship' }], {}],
	['no prompt', [{ ...job, prompt: undefined }], {}],
	['another model', [{ ...job, model: 'veo' }], {}],
	['another length', [{ ...job, seconds: 4 }], {}],
	['no time', [{ ...job, createdAt: undefined }], {}],
	['an older job', [{ ...job, createdAt: sentAt - 5_000 }], {}],
	['a job of a later execution', [{ ...job, createdAt: sentAt + 90_000 }], {}],
	['a job of another item', [job], { claimed: ['video_1'] }],
	['an empty list', [], {}],
])('%s leaves a doubt, and nothing is taken', (_, jobs, change) => {
	expect(findLostJob(jobs, { ...doubt, ...change })).toBeUndefined();
});
