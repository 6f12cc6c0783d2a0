import { readCreateResponse } from '../../../nodes/Lumenfall/transport/createResponse';
import fc from 'fast-check';
import { toVideoJson } from '../../../nodes/Lumenfall/output/videoItem';
import { decodeJob, readReason } from '../../support/readJson.mts';
import { decodeModels } from '../../../nodes/Lumenfall/transport/decode/modelList';
import { decodeBalance } from '../../../nodes/Lumenfall/transport/dialects/lumenfall/balance';
import {
	decodeEstimate,
	jobInDryRun,
} from '../../../nodes/Lumenfall/transport/dialects/lumenfall/dryRun';
import { decodeSchema } from '../../../nodes/Lumenfall/transport/dialects/lumenfall/modelSchema';
import { responseOf } from '../../support/response.mts';

test('the size of the file is read from `outputs` if `output` lacks it', () => {
	const output = { url: 'https://media.example.com/a.mp4' };
	const outputs = { size_bytes: 7_340_032 };
	const job = decodeJob({ id: 'video_1', status: 'completed', output, outputs });
	expect(job?.bytes).toBe(7_340_032);
});

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
		fileUrls: ['https://media.lumenfall.ai/abc123.mp4'],
		bytes: 7340032,
		provider: 'fal',
		cost: 0.42,
		currency: 'USD',
	});
});

test('null counts as absent', () => {
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

test.each([253402300799, 253402300799000, '9999-12-31T23:59:59Z', 0, '0001-01-01T00:00:00Z'])(
	'%p means that a video never expires, and is no time of the past',
	(expires_at) => expect(decodeJob({ id: 'v', expires_at })).not.toHaveProperty('expiresAt'),
);

test.each([
	['a response without a status', { id: 'v' }, { phase: 'queued' }],
	['a task id', { task_id: 17 }, { id: '17' }],
	[
		'a job in data',
		{ code: 'success', data: { id: 'v', status: 'submitted' } },
		{ id: 'v', phase: 'queued' },
	],
	['milliseconds', { id: 'v', created_at: 1795400000000 }, { createdAt: 1795400000000 }],
	...['2026-11-23T10:00:00', '2026-11-23 10:00:00', '2026-11-23T10:00:00.000000'].map(
		(date): [string, object, object] => [
			`${date}, as Python writes UTC`,
			{ id: 'v', created_at: date },
			{ createdAt: Date.UTC(2026, 10, 23, 10) },
		],
	),
	['a number as text', { id: 'v', created_at: '1795400000' }, { createdAt: 1795400000000 }],
	['microseconds', { id: 'v', created_at: 1795400000000000 }, { createdAt: 1795400000000 }],
	['nanoseconds', { id: 'v', created_at: '1795400000000000000' }, { createdAt: 1795400000000 }],
	[
		'a date of HTTP',
		{ id: 'v', created_at: 'Mon, 23 Nov 2026 10:00:00 GMT' },
		{ createdAt: Date.UTC(2026, 10, 23, 10) },
	],
	['a cost as text', { id: 'v', cost: '0.40' }, { cost: 0.4 }],
	['a cost in yen', { id: 'v', cost: 100, currency: 'jpy' }, { cost: 100, currency: 'JPY' }],
	[
		'a cost with its currency elsewhere',
		{ id: 'v', currency: 'JPY', metadata: { cost: 100 } },
		{ cost: 100, currency: 'JPY' },
	],
	[
		'a cost in credits',
		{ id: 'v', cost: 9, currency: 'credits' },
		{ cost: 9, currency: 'CREDITS' },
	],
	['a cost with a dollar sign', { id: 'v', cost: '$0.40' }, { cost: 0.4, currency: 'USD' }],
	['a cost with its currency', { id: 'v', cost: '0.4 USD' }, { cost: 0.4, currency: 'USD' }],
	[
		'a cost as an object',
		{ id: 'v', cost: { amount: 0.4, currency: 'EUR' } },
		{ cost: 0.4, currency: 'EUR' },
	],
	['a cost in dollars', { id: 'v', cost: 9, currency: '$' }, { cost: 9, currency: 'USD' }],
	[
		'a cost before a total, however each is written',
		{ id: 'v', cost: '$0.40', total_cost: '0.9 USD' },
		{ cost: 0.4, currency: 'USD' },
	],
	[
		'a total beside a cost that is no amount',
		{ id: 'v', cost: { prompt: 1 }, total_cost: 0.4 },
		{ cost: 0.4 },
	],
	[
		'a cost in dollars before another one in the same place',
		{ id: 'v', cost: 9, cost_usd: '0.4', unit: 'credits' },
		{ cost: 0.4, currency: 'USD' },
	],
	['progress with a percent sign', { id: 'v', progress: '33 %' }, { progress: 33 }],
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
])('%s is read', (_, response, expected) => {
	expect(decodeJob(response)).toMatchObject(expected);
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
])('%j is not a job', (response) => {
	expect(decodeJob(response)).toBeUndefined();
});

const NO_COSTS = [
	...[-1000, '-3', 'NaN', '1e3', null, true, [1], { amount: 5 }],
	// Sums with such a number lose the cents, or are no numbers any more.
	...[1.7e308, 1e17, '1000000000000', '$1000000000000', { amount: 1e300, currency: 'USD' }],
];

test.each(NO_COSTS)('the cost %j is no amount', (cost) => {
	expect(decodeJob({ id: 'v', cost })).not.toHaveProperty('cost');
});

test('a URL that is not http is not used', () => {
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
])('the refusal %j is read', (response, expected) => {
	expect(readReason(response)).toEqual(expected);
});

test('models are read from minimal and detailed lists', () => {
	expect(
		decodeModels({
			object: 'list',
			data: [
				{ id: 'sora-2', object: 'model' },
				{
					id: 'kling-v3',
					name: 'Kling 3',
					creator_organization: 'Kuaishou',
					model_status: 'active',
					starting_price: 0.084,
					aliases: ['kling-3'],
					modes: ['text-to-video', 'Image_to_Video'],
				},
				{ id: 'mock', free: true, starting_price: 3, modes: 'text', aliases: [] },
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
		{
			id: 'kling-v3',
			name: 'Kling 3',
			creator: 'Kuaishou',
			status: 'active',
			startingPrice: 0.084,
			aliases: ['kling-3'],
			modes: ['text-to-video', 'image-to-video'],
			makesVideo: true,
		},
		{ id: 'mock', prices: [{ usdPerSecond: 0 }], startingPrice: 0 },
		{ id: 'nano-banana', modes: ['text-to-image'], makesVideo: false },
		{ id: 'x', makesVideo: true },
		{ id: 'y', makesVideo: false },
		{ id: 'z', makesVideo: true },
	]);
});

test('models are also read from a list alone, and under another name', () => {
	for (const response of [
		[{ id: 'x' }],
		{ models: [{ id: 'x' }] },
		{ data: [{ id: 'x' }], models: [] },
		{ data: { models: [{ id: 'x' }], total: 1 } },
		{ code: 0, data: { items: [{ id: 'x' }] } },
		{ result: [{ id: 'x' }] },
		{ data: ['x'] },
		['x'],
		{ data: [{ model_name: 'x' }] },
		{ models: [{ model: 'x' }] },
		{ data: [{ slug: 'x' }] },
	])
		expect(decodeModels(response)).toEqual([{ id: 'x' }]);
	for (const response of [{}, null, '<html>', { data: {} }, [], { models: 'x' }, { data: [{}] }])
		expect(decodeModels(response)).toEqual([]);
});

test.each<[object, boolean | undefined]>([
	[{}, undefined],
	[{ modes: [], tags: [], modality: 'video' }, true],
	[{ modes: [], modalities: { output: [] }, tags: ['text-to-video'] }, true],
	[{ modes: null, tags: null, modality: 'image' }, false],
	[{ modes: [] }, undefined],
	[{ modes: ['text_to_video'] }, true],
	[{ modes: ['text-to-image', 'image-edit', 'image-to-video'] }, true],
	[{ modes: ['video'] }, true],
	[{ modes: ['video-to-text'] }, false],
	[{ modes: ['text-to-image'], modality: 'video' }, false],
	[{ modalities: { output: ['image'] } }, false],
	[{ tags: ['text-to-image'], modality: 'video' }, false],
	[{ modality: 'text->video' }, true],
	[{ modality: 'text+image->video' }, true],
	[{ modality: 'text-to-video' }, true],
	[{ modality: 'video->text' }, false],
	[{ modality: 'video-to-text' }, false],
	// A tag can be any word; only tags that describe a task count.
	[{ tags: ['featured', 'fast'] }, undefined],
	[{ tags: ['featured'], modality: 'video' }, true],
])('a model with %j is reported to create videos: %s', (told, makesVideo) => {
	expect(decodeModels({ data: [{ id: 'x', ...told }] })[0].makesVideo).toBe(makesVideo);
});

const schema = {
	type: 'object',
	properties: {
		prompt: { type: 'string', maxLength: 2500 },
		seconds: { type: 'integer', minimum: 4, maximum: 15 },
		aspect_ratio: { enum: ['auto', '16:9', '9:16'] },
		resolution: { enum: ['720p', '1080p'] },
		size: { enum: ['auto', '1365x768'] },
		input_reference: { type: 'array', maxItems: 9 },
	},
};
const schemaInfo = {
	maxPromptLength: 2500,
	seconds: { min: 4, max: 15, whole: true },
	aspectRatios: ['16:9', '9:16'],
	resolutions: ['720p', '1080p'],
	sizeTokens: ['1365x768'],
	images: { max: 9 },
};

test.each<[string, unknown, object]>([
	['a bare JSON Schema', schema, schemaInfo],
	['one inside the model', { id: 'x', object: 'model', schema }, schemaInfo],
	[
		'durations as choices, under their other name',
		{ properties: { duration: { enum: ['5', '8', '10'] } } },
		{ seconds: { values: [5, 8, 10] } },
	],
	[
		'a tier that stands for others says nothing',
		{ properties: { resolution: { enum: ['auto', '1K', '720p'] } } },
		{},
	],
	['choices with a word among them', { properties: { seconds: { enum: [4, 'auto'] } } }, {}],
	['limits that make no sense', { properties: { seconds: { minimum: 9, maximum: 3 } } }, {}],
	['a model without a schema', { id: 'x', object: 'model' }, {}],
	['a page', '<html>', {}],
	['nothing', null, {}],
])(
	'the parameter schema is read as far as it is in JSON Schema notation: %s',
	(_, response, info) => {
		expect(decodeSchema(response)).toEqual(info);
	},
);

test('a balance is read, also of a postpaid account', () => {
	expect(
		decodeBalance({
			object: 'balance',
			billing_type: 'prepaid',
			available: { amount: 12.5, currency: 'usd' },
		}),
	).toEqual({ billingType: 'prepaid', amount: 12.5, currency: 'USD' });
	expect(
		decodeBalance({
			object: 'balance',
			billing_type: 'postpaid',
			available: { amount: null, currency: 'usd' },
		}),
	).toEqual({ billingType: 'postpaid', currency: 'USD' });
	for (const other of [{ object: 'list', data: [] }, {}, 'x', null])
		expect(decodeBalance(other)).toBeUndefined();
});

test('an estimate is read from millionths of a dollar, and no other response is read as one', () => {
	const estimate = {
		estimated: true,
		provider: 'fal',
		total_cost_micros: 1_500_000,
		currency: 'USD',
	};
	expect(decodeEstimate(estimate)).toEqual({ usd: 1.5, provider: 'fal' });
	expect(decodeEstimate({ ...estimate, total_cost_micros: '1500000' })).toMatchObject({ usd: 1.5 });
	for (const change of [
		{ estimated: false },
		{ total_cost_micros: -1 },
		{ total_cost_micros: 'some' },
		{ currency: 'EUR' },
	])
		expect(decodeEstimate({ ...estimate, ...change })).toBeUndefined();
	expect(jobInDryRun(200, estimate)).toBeUndefined();
});

test.each<[number, unknown, string]>([
	[202, { id: 'video_1', status: 'queued' }, 'video_1'],
	[200, { id: 'video_1', object: 'video' }, 'video_1'],
	[200, { data: { task_id: 't1' } }, 't1'],
	[200, { status: 'queued' }, ''],
	[200, { estimated: true, total_cost_micros: 1, output: null }, ''],
	[202, { estimated: true, total_cost_micros: 1 }, ''],
])('a dry run response with %i %j counts as a job', (status, response, id) => {
	expect(jobInDryRun(status, response)).toBe(id);
});

const oddResponse = fc.oneof(
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

test('no response, however strange, crashes the decoders', () => {
	fc.assert(
		fc.property(oddResponse, (response) => {
			const job = decodeJob(response);
			readReason(response);
			decodeModels(response);
			decodeSchema(response);
			decodeBalance(response);
			decodeEstimate(response);
			jobInDryRun(200, response);
			if (!job) return;
			expect(job.id).not.toBe('');
			expect(() => toVideoJson(job, {})).not.toThrow();
		}),
		{ numRuns: 500 },
	);
});

test('no failure is ever read as a success', () => {
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
		fc.property(oddResponse, failing, (response, status) => {
			const job = decodeJob({ ...(response as object), id: 'v', status });
			expect(['failed', 'cancelled']).toContain(job?.phase);
		}),
	);
});

describe('a list of jobs in the response about one job', () => {
	const other = { id: 'other', status: 'completed', url: 'https://files.example/other.mp4' };
	const own = { id: 'own', status: 'in_progress' };
	const lists: Array<[string, (jobs: object[]) => unknown]> = [
		['as OpenAI writes it', (data) => ({ object: 'list', data })],
		['as a plain list', (jobs) => jobs],
		['in another field', (videos) => ({ code: 0, result: { videos } })],
	];

	test.each(lists)('%s: only the own entry counts', (_, listOf) => {
		expect(decodeJob(listOf([other, own]), { id: 'own' })).toEqual({
			id: 'own',
			phase: 'running',
			status: 'in_progress',
		});
		expect(decodeJob(listOf([other, { ...other, id: 'third' }]), { id: 'own' })).toBeUndefined();
	});

	test.each(lists)('%s: the reason of a failure is found under a rare name too', (_, listOf) => {
		const failed = { id: 'own', status: 'failed', err_tips: 'no GPU is free' };
		expect(decodeJob(listOf([other, failed]), { id: 'own' })).toEqual(decodeJob(failed));
	});

	const pages: Array<(data: object[]) => object> = [
		(data) => ({ object: 'list', data }),
		(data) => ({ data, has_more: false }),
		(videos) => ({ videos, first_id: 'other', last_id: 'other' }),
		(items) => ({ items, total: 12, page: 1 }),
		(list) => ({ code: 0, message: 'ok', data: { list, total: 1 } }),
		(data) => ({ status: 'success', data, meta: { total: 1 } }),
	];

	test.each(pages)('a page with one entry: only the own one counts: %s', (pageOf) => {
		expect(decodeJob(pageOf([other]), { id: 'own' })).toBeUndefined();
		expect(decodeJob(pageOf([own]), { id: 'own' })).toMatchObject({ phase: 'running' });
	});

	test.each(pages)('a page is no response to a create: %s', (pageOf) => {
		const links = { ...other, self: '/v1/videos/video_1' };
		const models = [{ id: 'sora-2', object: 'model' }];
		for (const entries of [[other], [other, own], [links], models])
			expect(
				readCreateResponse(responseOf(200, pageOf(entries)), 'https://api.example/v1', {}),
			).toEqual({ outcome: 'unclear', reason: {}, parameters: '' });
	});

	test.each<object>([
		[{ id: 'own' }],
		{ data: [{ task_id: 'own' }] },
		{ task_id: 'own', data: [{ id: 'file_1' }], total: 1 },
		{ data: { id: 'own', videos: [{ id: 'file_1' }], total: 1 } },
		{ tasks: [{ id: 'own' }], total: 1 },
	])('%j is a created job', (body) => {
		expect(readCreateResponse(responseOf(200, body), 'https://api.example/v1', {})).toMatchObject({
			outcome: 'created',
			job: { id: 'own' },
		});
	});

	test('parts and files of one job are no list of jobs', () => {
		const parts = [
			{ id: 'part_1', status: 'completed', url: 'https://files.example/1.mp4' },
			{ id: 'part_2', status: 'completed', url: 'https://files.example/2.mp4' },
		];
		const files = parts.map(({ id, url }) => ({ id, url }));
		for (const job of [
			{ id: 'own', status: 'completed', generations: parts },
			{ id: 'own encoded again', status: 'completed', data: parts },
			{ status: 'completed', data: files },
			{ status: 'success', total: 2, videos: files },
			{ code: 200, data: { total: 2, results: files } },
		])
			expect(decodeJob(job, { id: 'own' })).toMatchObject({
				phase: 'completed',
				url: 'https://files.example/1.mp4',
			});
	});
});
