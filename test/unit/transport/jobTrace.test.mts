import { outcomeOf } from '../../../nodes/Lumenfall/create/createOutcome';
import {
	failureOfCreate,
	readCreateResponse,
} from '../../../nodes/Lumenfall/transport/createResponse';
import { REQUEST } from '../../support/createStage.mts';
import { responseOf } from '../../support/response.mts';

const BASE = 'https://relay.example/v1';
const VIDEO = `${BASE}/videos/task_8f2k91aa`;
const MP4 = 'https://files.example/x.mp4';

function readCreate(statusCode: number, body: unknown, headers = {}, sent = {}) {
	const response = responseOf(statusCode, body, headers);
	const read = readCreateResponse(response, BASE, sent);
	if (read.outcome === 'created') return { outcome: 'created', read };
	const failure = failureOfCreate(response, read, REQUEST).failure;
	return { outcome: outcomeOf(failure, { isRepeatable: false, isRepeat: false }), read };
}

type Row = [status: number, body: unknown, id?: string, headers?: object];
/** Jest would fill a missing argument with a callback. */
const whole = ([status, body, id, headers]: Row) => [status, body, id, headers] as const;
const QUEUED = '14001934816969359';
const TASK = 'task_8f2k91aa';

const WITH_TRACE: Row[] = [
	// midjourney-proxy: 22 means that the task is in the queue, 21 that it exists.
	[
		200,
		{ code: 22, description: 'Too many running tasks, yours starts soon', result: QUEUED },
		QUEUED,
	],
	[200, { code: 22, description: '排队中，前面还有1个任务', result: QUEUED }, QUEUED],
	[200, { code: 21, description: '任务已存在', result: QUEUED }, QUEUED],
	// A bare ID.
	[200, { success: false, error_code: 'rate_limited', message: 'rate limit', data: TASK }, TASK],
	[200, { error: { message: 'Model sora-2 not found at provider A, using B' }, data: TASK }, TASK],
	[200, { error: { message: 'webhook registration failed' }, data: TASK }, TASK],
	[200, { success: false, message: 'still waiting', task: TASK }, TASK],
	[200, { error: 'x', ids: [TASK] }, TASK],
	[200, { error: 'x', task_ids: [TASK] }, TASK],
	[200, { error: 'x', tasks: [TASK] }, TASK],
	[429, { message: 'rate limited, queued', data: TASK }, TASK],
	[400, { code: 'x', message: 'save failed but submitted', data: TASK }, TASK],
	[400, { error: { message: 'save failed but submitted', task_id: TASK } }, TASK],
	// Under another name.
	[200, { error: { code: 'rate_limited', message: 'queued' }, task_no: 'T2025' }, 'T2025'],
	[200, { error: 'x', orderNumber: 2025 }, '2025'],
	[200, { error: 'x', data: { job_key: 'abcd' } }, 'abcd'],
	[200, { error: 'x', task_hash: 'abcd' }, 'abcd'],
	[429, { error: 'x', video_token: 'abcd' }, 'abcd'],
	[200, { error: 'rate limited', task: { no: 'T2025' } }, 'T2025'],
	[200, { error: { message: 'rate limited' }, data: { order: { uuid: 'abcd' } } }, 'abcd'],
	// In a link.
	[200, { error: { message: 'rate limit: queued' }, polling_url: VIDEO }, TASK],
	[429, { error: { message: 'rate limit: queued' }, polling_url: VIDEO }, TASK],
	[400, { error: { message: 'x' }, status_url: '/v1/videos/task_8f2k91aa' }, TASK],
	[202, { error: 'queued late' }, TASK, { location: '/v1/videos/task_8f2k91aa' }],
	[429, { error: 'queued late' }, TASK, { location: '/v1/videos/task_8f2k91aa' }],
	// The file.
	[200, { error: { message: 'rate limit on thumbnails' }, video_url: MP4 }],
	[200, { error: 'partial', video: { url: MP4 } }],
	[200, { error: 'upload to backup failed', data: { url: 'https://files.example/x' } }],
	[400, { error: 'postprocessing failed', video_url: MP4 }],
	[429, { error: 'rate limit on thumbnails', video_url: MP4 }],
	// A list in a refusal may be of what was made before the refusal.
	[
		400,
		{ error: { message: 'partly failed' }, total: 1, data: [{ id: TASK, status: 'queued' }] },
		TASK,
	],
	[422, { message: 'x', total: 2, results: [{ id: TASK, status: 'queued' }, {}] }, TASK],
];

test.each(WITH_TRACE.map(whole))(
	'a create with the response %i %j has a trace of a job: never refused, never repeated',
	(status, body, id, headers) => {
		const { outcome, read } = readCreate(status, body, headers);
		expect(outcome).toBe('unknown');
		expect(read).toMatchObject({ ...(id !== undefined && { videoId: id }) });
		if (id === undefined) expect(read).toHaveProperty('fileUrl');
	},
);

test.each<[number, object, string | undefined]>([
	// What a store of files calls the file.
	...['key', 'hash', 'token'].flatMap(
		(name): Array<[number, object, undefined]> => [
			[200, { video: { [name]: 'videos/x.mp4', url: MP4 } }, undefined],
			[200, { data: [{ video: { [name]: 'videos/x.mp4', url: MP4 } }] }, undefined],
			[500, { error: 'x', video: { [name]: 'videos/x.mp4', url: MP4 } }, undefined],
		],
	),
	[200, { job: { key: 'text-to-video' }, output: MP4 }, undefined],
	// An ID that may be one of a job.
	[200, { task: { no: 'T2025' }, output: MP4 }, 'T2025'],
	[500, { error: 'x', job_key: 'abcd', video_url: MP4 }, 'abcd'],
])(
	'the error after a create with the response %i %j names the file, and the ID %s',
	(status, body, videoId) => {
		const response = responseOf(status, body);
		const read = readCreateResponse(response, BASE, {});
		if (read.outcome === 'created') throw new Error('It has no clear ID.');
		const { failure } = failureOfCreate(response, read, REQUEST);
		expect(failure).toMatchObject({ kind: 'unreadableAnswer', ...(videoId && { videoId }) });
		expect('videoId' in failure).toBe(videoId !== undefined);
		expect(failure.message).toContain(MP4);
	},
);

test.each<object>([
	{ error: 'rate limited, yours starts soon', ticketNo: 'R-77' },
	{ error: 'rate limited', tracking_number: 2025 },
	{ error: 'rate limited', status_url: 'https://relay.example/v1/tasks/abc123' },
	{ error: { message: 'Too many running tasks' }, status: 'queued' },
	{ error: { message: 'Too many running tasks' }, data: { state: 'IN_QUEUE' } },
	{ success: false, message: 'rate limit', task_status: 'processing' },
	{ error: 'too many running tasks', queue_position: 3 },
	{ error: 'too many running tasks', data: { position_in_queue: '3' } },
])('a success %j names no job, but may be of one: never refused, never repeated', (body) => {
	for (const status of [200, 202]) expect(readCreate(status, body).outcome).toBe('unknown');
	// The server itself says that it refused the request.
	expect(readCreate(429, body).outcome).toBe('busy');
});

test.each<[number, unknown, 'refused' | 'busy']>([
	// Of an account, of a support case or of a parameter.
	[200, { error: 'no credits left', data: { status: 'active' } }, 'refused'],
	[200, { error: 'rate limit', queue_position: 0, queue_url: '/docs' }, 'busy'],
	[200, { error: 'rate limit', result_url: null, status_url: '' }, 'busy'],
	[400, { error: 'blocked', ticket_no: 'S-12', status: 'open' }, 'refused'],
	[422, { errors: { video: { key: 'video.too_long' }, job: { no: 'x1' } } }, 'refused'],
	[422, { message: 'no', order: { id: ['The id field is required.'] } }, 'refused'],
	[400, { error: { message: 'bad duration' }, task: { key: 'text2video' } }, 'refused'],
	[404, { message: 'No such video', video: { no: 1 } }, 'refused'],
	[429, { message: 'rate limited', job: { token: 'abcdef' } }, 'busy'],
	[200, { code: 402, msg: 'Credits insufficient', data: null }, 'refused'],
	[200, { code: 429, msg: 'rate limit', data: {} }, 'busy'],
	[200, { success: false, error: 'no credits left', data: [], total: 0 }, 'refused'],
	[200, { error: { message: 'no' }, docs_url: 'https://relay.example/docs' }, 'refused'],
	[400, { error: { message: 'no', id: 'err_123' }, request_id: 'r1', traceId: 't1' }, 'refused'],
	[400, { error: { message: 'no', data: 'req-12345678' } }, 'refused'],
	[422, { error: 'no', task: 'text2video', video: 'accepted' }, 'refused'],
	[404, { error: 'Model not found', available_model_ids: ['veo-3.1-fast'] }, 'refused'],
	[400, { error: 'no', request_ids: ['a1b2c3d4e5'], trace_ids: ['a1b2c3d4e5'] }, 'refused'],
	[400, { error: 'no', task_code: 1201, job_code: 'E1001', order_code: 'NO_BALANCE' }, 'refused'],
	[429, { error: 'limit', task_number: 3, max_job_number: 3 }, 'busy'],
	[422, { detail: [{ loc: ['body', 'video'], msg: 'no', input: 'video_12345678' }] }, 'refused'],
	[402, { error: 'no', url: 'https://relay.example/billing' }, 'refused'],
	[402, { error: 'Not enough credits', order_no: 'T20251129001' }, 'refused'],
	[401, { error: 'Wrong key', data: 'key_8f2k91aa' }, 'refused'],
	[429, { error: 'rate limit', upgrade_url: 'https://relay.example/plans' }, 'busy'],
	[400, { error: 'cannot read it', input: { video_url: MP4 }, task_id: '0' }, 'refused'],
	[422, { title: 'no', status: 422, instance: '/v1/videos', type: 'https://a.example' }, 'refused'],
])('a create with the response %i %j has none, and is %s', (status, body, expected) => {
	expect(readCreate(status, body).outcome).toBe(expected);
});

const sentForm = new FormData();
sentForm.set('video_url', MP4);

test.each<object>([
	// FastAPI's documented handler, express-validator, and the value beside its name.
	{ detail: [{ loc: ['body', 'seconds'], msg: 'x' }], body: { seconds: '9', video_url: MP4 } },
	{ errors: [{ type: 'field', value: MP4, msg: 'Invalid value', path: 'video_url' }] },
	{ error: { message: 'cannot read the video', video_url: MP4 } },
])('%j repeats the URL of the request, which is no trace of a job', (body) => {
	for (const sent of [{ video_url: MP4 }, { media: { source_video: MP4 } }, sentForm])
		expect(readCreate(422, body, {}, sent).outcome).toBe('refused');
	expect(readCreate(422, body).outcome).toBe('unknown');
	const other = { ...body, result: { video_url: 'https://files.example/new.mp4' } };
	expect(readCreate(422, other, {}, { video_url: MP4 }).outcome).toBe('unknown');
});

test.each<object>([
	{ detail: [{ loc: ['body', 'seconds'], msg: 'x' }], body: { video: { id: 'video_8f2k' } } },
	{ error: { message: 'Video not found' }, video_id: 'video_8f2k' },
	{ error: { message: 'Video not found', task_id: 'video_8f2k' } },
])('%j repeats the ID of the earlier video, which is no trace of a job', (body) => {
	const sent = { prompt: 'x', video: { id: 'video_8f2k' } };
	expect(readCreate(422, body, {}, sent).outcome).toBe('refused');
	expect(readCreate(422, body).outcome).toBe('unknown');
	for (const other of [{ task_no: TASK }, { job: { id: TASK } }])
		expect(readCreate(422, { ...body, ...other }, {}, sent).read).toMatchObject({ videoId: TASK });
});
