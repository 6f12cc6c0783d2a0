import { parseResponse } from '../../../../nodes/Lumenfall/transport/decode/parseResponse';
import { decodeJob } from '../../../support/readJson.mts';

test('an ID keeps all its digits, and the requested ID has priority over the reported one', () => {
	const response = parseResponse('{"data":[{"task_id":1234567890123456789}]}', (text) => text);
	expect(decodeJob(response)?.id).toBe('1234567890123456789');
	const other = decodeJob({ id: 'other', status: 'running' }, { id: 'mine' });
	expect(other).toMatchObject({ id: 'mine', reportedId: 'other' });
});

test.each<[object, string]>([
	[{ request_id: 'r1' }, 'r1'],
	[{ task_id: 't1' }, 't1'],
	[{ id: '', taskId: 't1' }, 't1'],
	[{ data: [{ task_id: 't1' }] }, 't1'],
	[{ request_id: 'log', output: { task_id: 't1', task_status: 'PENDING' } }, 't1'],
	[{ request_id: 'log', generation: { id: 'g1' } }, 'g1'],
	[{ videos: [{ id: 'v1', status: 'queued' }] }, 'v1'],
	[{ tasks: [{ task_uuid: 't1' }] }, 't1'],
	[{ prediction: { id: 'p1' } }, 'p1'],
	[{ job: { uuid: 'u1' } }, 'u1'],
	[{ run_id: 'r1', status: 'queued' }, 'r1'],
	[{ code: 0, message: 'ok', data: 'task_8f2k91' }, 'task_8f2k91'],
	[{ data: 'i2v-20251129001' }, 'i2v-20251129001'],
	[{ result: 'text2video_8f2k91' }, 'text2video_8f2k91'],
	[{ code: 1, description: 'submitted', result: '1320098173412546' }, '1320098173412546'],
	[{ id: 0, task_id: 't1' }, 't1'],
	[{ id: 'null', video_id: 't1' }, 't1'],
	[{ ErrCode: 0, ErrMsg: 'Success', Resp: { video_id: 324641385496960 } }, '324641385496960'],
	[{ name: 'models/veo-3.1/operations/a1b2' }, 'models/veo-3.1/operations/a1b2'],
	[{ name: 'operations/a1b2', done: false, request_id: 'log' }, 'operations/a1b2'],
	[{ operationName: 'operations/a1b2' }, 'operations/a1b2'],
	[{ name: 'Sora 2', task_id: 't1' }, 't1'],
	[
		{ invocationArn: 'arn:aws:bedrock:us-east-1:1:async-invoke/a1' },
		'arn:aws:bedrock:us-east-1:1:async-invoke/a1',
	],
	[{ prompt_id: 'p1', number: 5, node_errors: {} }, 'p1'],
	// The ID of a log entry beside that of the job.
	[{ id: 'as-d2f8', task_id: 't1' }, 't1'],
	[{ id: 'req_123', video_id: 't1' }, 'req_123'],
	[{ id: 'as-d2f8' }, 'as-d2f8'],
	[{ id: 'assembly_1', task_id: 't1' }, 'assembly_1'],
	[{ id: 'v1', task_id: 't1' }, 'v1'],
])('the ID of a created job is found in %j', (response, id) => {
	expect(decodeJob(response)?.id).toBe(id);
});

test.each<object>([
	{ data: 'accepted', result: 'ok' },
	{ user_id: 'u1', trace_id: 't1', model_id: 'm1' },
	{ name: 'models/veo-3.1' },
	{ code: 0, message: 'ok', data: null },
	{ id: 0, task_id: 'None', video_id: '' },
])('%j contains no ID of a job', (response) => {
	expect(decodeJob(response)).toBeUndefined();
});
