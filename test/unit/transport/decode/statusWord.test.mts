import { decodeJob, MP4 } from '../../../support/readJson.mts';

test.each<[object, string]>([
	[{ status: { state: 'failed', message: 'no' } }, 'failed'],
	[{ status: { name: 'SUCCEEDED' } }, 'completed'],
	[{ status: { code: 3 } }, 'queued'],
	[{ jobs: [{ status: 'nsfw', results: null }] }, 'failed'],
	[{ jobs: [{ status: 'in_progress' }] }, 'running'],
	[{ jobs: [{ status: 'success', results: {} }] }, 'completed'],
	[
		{ done: true, response: { generateVideoResponse: { raiMediaFilteredReasons: ['x'] } } },
		'failed',
	],
	[{ name: 'operations/a1', metadata: {} }, 'queued'],
	// ComfyUI.
	[{ status: { status_str: 'error', completed: false, messages: [] } }, 'failed'],
	[{ status: { status_str: 'success', completed: true } }, 'completed'],
	[{ status: { id: 2, label: 'Completed' } }, 'completed'],
	...['job_state', 'videoState', 'generation_status', 'render_status', 'processing_status'].flatMap(
		(name): Array<[object, string]> => [
			[{ [name]: 'COMPLETED' }, 'completed'],
			[{ [name]: 'failed', message: 'no' }, 'failed'],
			[{ status: 'in_progress', [name]: 'failed' }, 'running'],
		],
	),
	...['status_label', 'statusName', 'phase'].flatMap(
		(name): Array<[object, string]> => [
			[{ [name]: 'Succeeded' }, 'completed'],
			[{ status: 2, [name]: 'Failed' }, 'failed'],
			[{ status: 'running', [name]: 'Succeeded' }, 'running'],
		],
	),
	[{ status: 200, statusText: 'OK', data: { status: 'processing' } }, 'running'],
	[{ status: 200, statusText: 'OK', data: {} }, 'queued'],
	[{ done: true, response: { raiMediaFilteredCount: 2 } }, 'failed'],
	[{ done: true, response: { raiMediaFilteredCount: 1, videos: [{ uri: MP4 }] } }, 'completed'],
	[{ done: true, response: { raiMediaFilteredReasons: ['no'] } }, 'failed'],
	[
		{ done: true, response: { videos: [{ uri: MP4 }], raiMediaFilteredReasons: ['no'] } },
		'completed',
	],
])('the status in %j means %s', (response, phase) => {
	expect(decodeJob({ id: 'v', ...response })?.phase).toBe(phase);
});

test('a number as status has another meaning on each server, so the node keeps waiting and names it', () => {
	const job = decodeJob({ ErrCode: 0, Resp: { id: 'v', status: 7, url: '' } }, { id: 'v' });
	expect(job).toMatchObject({ phase: 'unknown', status: '7' });
	expect(decodeJob({ Resp: { id: 'v', status: 1, url: MP4 } })?.phase).toBe('completed');
	// The status of the request.
	expect(decodeJob({ status: 200, data: { task_id: 'v' } })?.phase).toBe('queued');
	expect(decodeJob({ status: 1, data: { task_id: 'v' } })?.phase).toBe('queued');
});
