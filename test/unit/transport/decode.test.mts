import fc from 'fast-check';
import { describeJob } from '../../../nodes/Lumenfall/actions/describe';
import {
	decodeJob,
	decodeModels,
	decodeRefusal,
} from '../../../nodes/Lumenfall/transport/dialects/decode';

test("Lumenfall's completed video", () => {
	expect(
		decodeJob({
			id: 'video_8f2k',
			object: 'video',
			created_at: 1795400000,
			completed_at: 1795400160,
			expires_at: 1795403760,
			status: 'completed',
			model: 'kling-v3',
			prompt: 'a paper boat',
			seconds: '5',
			size: '16:9',
			output: {
				url: 'https://media.lumenfall.ai/abc123.mp4',
				content_type: 'video/mp4',
				size_bytes: 7340032,
			},
			error: null,
			metadata: { provider: 'fal', provider_name: 'fal.ai', cost: 0.42, cost_currency: 'USD' },
		}),
	).toEqual({
		id: 'video_8f2k',
		phase: 'completed',
		status: 'completed',
		model: 'kling-v3',
		prompt: 'a paper boat',
		seconds: 5,
		size: '16:9',
		createdAt: 1795400000000,
		completedAt: 1795400160000,
		expiresAt: 1795403760000,
		url: 'https://media.lumenfall.ai/abc123.mp4',
		bytes: 7340032,
		provider: 'fal',
		cost: 0.42,
		currency: 'USD',
	});
});

test('null is not known, and is left out', () => {
	expect(
		decodeJob({
			id: 'v',
			status: 'queued',
			completed_at: null,
			expires_at: null,
			output: null,
			error: null,
		}),
	).toEqual({
		id: 'v',
		phase: 'queued',
		status: 'queued',
	});
});

test.each([
	['an answer without a status', { id: 'v' }, { phase: 'queued' }],
	['a task id', { task_id: 17 }, { id: '17' }],
	[
		'a job in data',
		{ code: 'success', data: { id: 'v', status: 'submitted' } },
		{ id: 'v', phase: 'queued' },
	],
	['milliseconds', { id: 'v', created_at: 1795400000000 }, { createdAt: 1795400000000 }],
	[
		'ISO times',
		{ id: 'v', created_at: '2026-11-23T10:00:00Z' },
		{ createdAt: Date.parse('2026-11-23T10:00:00Z') },
	],
	['progress up to 1', { id: 'v', progress: 0.5 }, { progress: 50 }],
	['progress as text', { id: 'v', progress: '33' }, { progress: 33 }],
	['video_url', { id: 'v', video_url: 'https://a/b.mp4' }, { url: 'https://a/b.mp4' }],
	['result_url', { id: 'v', result_url: 'https://a/b.mp4' }, { url: 'https://a/b.mp4' }],
	['urls', { id: 'v', urls: ['https://a/b.mp4'] }, { url: 'https://a/b.mp4' }],
	[
		'an error as text',
		{ id: 'v', status: 'failed', error: 'no GPU' },
		{ error: { message: 'no GPU' } },
	],
	[
		'an error with only a message',
		{ id: 'v', status: 'failed', error: { message: 'm' } },
		{ error: { message: 'm' } },
	],
	[
		'a numeric code',
		{ id: 'v', status: 'failed', error: { code: 500, message: 'm' } },
		{ error: { code: '500', message: 'm' } },
	],
])('%s is understood', (_, answer, expected) => {
	expect(decodeJob(answer)).toMatchObject(expected);
});

test.each([
	undefined,
	null,
	'',
	'<html>',
	42,
	[],
	{},
	{ error: { message: 'x' } },
	{ id: '' },
	{ id: null },
	{ data: [] },
])('%j is no job', (answer) => {
	expect(decodeJob(answer)).toBeUndefined();
});

test('an address that is not http is not used', () => {
	expect(
		decodeJob({ id: 'v', status: 'completed', output: { url: 'file:///etc/passwd' } }),
	).not.toHaveProperty('url');
});

test.each([
	[
		{ error: { code: 'MODEL_NOT_FOUND', message: 'no', type: 'invalid_request_error' } },
		{ code: 'MODEL_NOT_FOUND', message: 'no' },
	],
	[
		{ error: { type: 'invalid_request_error', message: 'no', code: null } },
		{ code: 'invalid_request_error', message: 'no' },
	],
	[{ error: 'text' }, { message: 'text' }],
	[{ detail: 'text' }, { message: 'text' }],
	[
		{ detail: [{ loc: ['body'], msg: 'field required' }] },
		{ message: '[{"loc":["body"],"msg":"field required"}]' },
	],
	[
		{ error_code: 'X', message: 'm' },
		{ code: 'X', message: 'm' },
	],
	['plain', { message: 'plain' }],
	['', {}],
	[null, {}],
])('the refusal %j is read', (answer, expected) => {
	expect(decodeRefusal(answer)).toEqual(expected);
});

test('models are read from minimal and rich lists', () => {
	expect(
		decodeModels({
			object: 'list',
			data: [
				{ id: 'sora-2', object: 'model' },
				{ id: 'kling-v3', name: 'Kling 3', modes: ['text-to-video', 'image-to-video'] },
				{ id: 'nano-banana', modes: ['text-to-image'] },
				{ id: 'x', tags: ['video-generation'] },
				{ id: 'y', modality: 'image' },
				{ id: 'z', modalities: { output: ['video'] } },
				{ id: 17 },
				'noise',
			],
		}),
	).toEqual([
		{ id: 'sora-2' },
		{ id: 'kling-v3', name: 'Kling 3', makesVideo: true },
		{ id: 'nano-banana', makesVideo: false },
		{ id: 'x', makesVideo: true },
		{ id: 'y', makesVideo: false },
		{ id: 'z', makesVideo: true },
	]);
});

const oddAnswer = fc.oneof(
	fc.anything(),
	fc.record(
		{
			id: fc.oneof(fc.string(), fc.anything()),
			status: fc.oneof(fc.constantFrom('completed', 'failed', 'queued', 'expired'), fc.anything()),
			error: fc.anything(),
			output: fc.anything(),
			metadata: fc.anything(),
			progress: fc.anything(),
			created_at: fc.oneof(fc.anything(), fc.double({ min: 0, max: 1e19 }), fc.constant(1.7954e18)),
			data: fc.anything(),
			urls: fc.anything(),
		},
		{ requiredKeys: [] },
	),
);

test('no answer, however odd, crashes the decoders', () => {
	fc.assert(
		fc.property(oddAnswer, (answer) => {
			const job = decodeJob(answer);
			decodeRefusal(answer);
			decodeModels(answer);
			if (!job) return;
			expect(job.id).not.toBe('');
			expect(() => describeJob(job, {})).not.toThrow();
		}),
		{ numRuns: 2_000 },
	);
});

test('no failure is ever read as success', () => {
	const failing = fc.constantFrom(
		'failed',
		'error',
		'cancelled',
		'canceled',
		'expired',
		'rejected',
		'deleted',
	);
	fc.assert(
		fc.property(oddAnswer, failing, (answer, status) => {
			const job = decodeJob({ ...(answer as object), id: 'v', status });
			expect(['failed', 'unclear']).toContain(job?.phase);
		}),
	);
});
