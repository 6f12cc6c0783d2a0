import { readCreateResponse } from '../../../../nodes/Lumenfall/transport/createResponse';
import { failureOfJob } from '../../../../nodes/Lumenfall/transport/failureOfResponse';
import { quick } from '../../../support/quick.mts';
import { decodeJob, MP4 } from '../../../support/readJson.mts';
import { responseOf } from '../../../support/response.mts';

test.each<[string, object]>([
	['spaces without end in an error', { status: 'failed', error: `${' '.repeat(1e6)}\0` }],
	['spaces without end in a code', { code: `x${'\t'.repeat(1e6)}\0`, message: ' '.repeat(1e6) }],
	['spaces without end in the progress', { status: 'queued', progress: ' '.repeat(1e6) }],
	['dots without end in a URL', { url: `${'.MP4?.'.repeat(1e5)} x` }],
	['tags without end in an error', { status: 'failed', error: '<'.repeat(1e6) }],
])('a job with %s is read in linear time', (_, fields) => {
	const base = 'https://api.example/v1';
	const job = quick(() => decodeJob({ id: 'v', ...fields }, { id: 'v', base }));
	expect(job?.id).toBe('v');
	if (job?.phase === 'failed') expect(quick(() => failureOfJob(job)).failure.videoId).toBe('v');
	quick(() => readCreateResponse(responseOf(400, fields), base, {}));
});

test.each<[object, string]>([
	[{ status: 'encoding_2', download_url: '/v1/videos/v/content' }, 'unknown'],
	[{ status: 'encoding_2', result_url: 'https://api.example/v1/videos/v/result' }, 'unknown'],
	[{ progress: 20, content_url: '/v1/videos/v/content' }, 'queued'],
	[{ status: 'encoding_2', download_url: MP4 }, 'completed'],
	[{ progress: 20, download_url: MP4 }, 'completed'],
	[{ content_url: '/v1/videos/v/content' }, 'completed'],
	[{ status: 'completed', content_url: '/v1/videos/v/content' }, 'completed'],
])(
	'a route of the job is there from the start, so it does not prove that %j is completed: %s',
	(response, phase) => {
		const job = decodeJob({ id: 'v', ...response }, { id: 'v', base: 'https://api.example/v1' });
		expect(job?.phase).toBe(phase);
		expect(job?.fileUrls).toHaveLength(1);
	},
);

test.each<[object, string]>([
	[{ status: 'error', message: 'no' }, 'unknown'],
	[{ status: 'success', data: null }, 'unknown'],
	[{ status: 'success', data: { progress: 40 } }, 'unknown'],
	[{ status: 'success', data: { url: MP4 } }, 'completed'],
	[{ status: 'success' }, 'completed'],
	[{ status: 'fail', data: { message: 'no' } }, 'unknown'],
	[{ status: 'error', error: { message: 'no' }, request_id: 'log_1' }, 'unknown'],
	[{ status: 'failure', message: 'Invalid response received from the provider' }, 'unknown'],
	[{ status: 'timeout', message: 'the upstream did not answer' }, 'unknown'],
	[{ id: 'v', status: 'error', message: 'no' }, 'failed'],
	[{ data: { task_id: 'other', status: 'error' }, message: 'no' }, 'failed'],
	[{ request_id: 'v', status: 'error', error: { message: 'no' } }, 'failed'],
	[{ status: 'failed', error: { message: 'no' } }, 'failed'],
	// Zhipu's response has no ID, but the name of the status says whose it is.
	[{ task_status: 'FAIL', model: 'cogvideox-3', request_id: 'log_1' }, 'failed'],
	[{ data: { jobStatus: 'error' } }, 'failed'],
])(
	'a status without the ID of the job may be that of the status check: %j means %s',
	(body, phase) => {
		expect(decodeJob(body, { id: 'v' })?.phase).toBe(phase);
	},
);

test('a completed job without a file keeps its error, which may be why there is none', () => {
	const response = { id: 'v', status: 'COMPLETED', error: 'Internal error' };
	expect(decodeJob(response)?.error).toEqual({ message: 'Internal error' });
	expect(decodeJob({ ...response, url: MP4 })).not.toHaveProperty('error');
});

test('a reason behind the status is the reason, if there is no other', () => {
	const job = decodeJob({ id: 'v', status: 'FAILED: no GPU' });
	expect(job).toMatchObject({ phase: 'failed', status: 'failed', error: { message: 'no GPU' } });
	const other = decodeJob({ id: 'v', status: 'FAILED: x', error: { message: 'no GPU' } });
	expect(other?.error).toEqual({ message: 'no GPU' });
});
