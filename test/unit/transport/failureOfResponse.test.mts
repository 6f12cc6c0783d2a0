import fc from 'fast-check';
import { parseResponse } from '../../../nodes/Lumenfall/transport/decode/parseResponse';
import { createRedactor } from '../../../nodes/Lumenfall/transport/secrets';
import {
	failureOfJob,
	failureOfResponse,
} from '../../../nodes/Lumenfall/transport/failureOfResponse';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { fakeServer } from '../../support/fakeServer.mts';
import { decodeJob } from '../../support/readJson.mts';
import { responseOf } from '../../support/response.mts';

const KEY = 'lmnfl_abc123.topsecret';
const redact = createRedactor([KEY]);
const phases = ['create', 'status', 'models', 'list', 'cancel'] as const;

/** A response as received from a server, with secrets hidden. */
const received = (response: unknown) =>
	parseResponse(typeof response === 'string' ? response : (JSON.stringify(response) ?? ''), redact);

test('no refusal, however strange, crashes the reader, leaks the key or contains "canceled"', () => {
	const words = fc.oneof(
		fc.string(),
		fc.constantFrom(
			`bad key ${KEY}`,
			'Task was canceled',
			'<title>oops</title>',
			`{"k":"${KEY}"}`,
			'\u0000',
		),
	);
	const body = fc.oneof(
		fc.anything(),
		words,
		fc.record({
			error: fc.record({ code: words, message: words, type: fc.anything() }, { requiredKeys: [] }),
		}),
		fc.record({ detail: fc.oneof(words, fc.array(fc.record({ msg: words }))) }),
	);
	fc.assert(
		fc.property(
			fc.integer({ min: 200, max: 599 }),
			body,
			fc.constantFrom(...phases),
			(statusCode, response, phase) => {
				const { failure } = failureOfResponse(responseOf(statusCode, received(response)), phase, {
					videoId: 'video_1',
				});
				const shown = JSON.stringify(failure);
				expect(shown).not.toContain(KEY);
				expect(shown).not.toContain('canceled');
				expect(`${failure.message} ${failure.advice}`).toContain('video_1');
			},
		),
		{ numRuns: 2_000 },
	);
});

test("the failure of a job has the server's own message, sanitized", () => {
	const job = {
		id: 'video_1',
		phase: 'failed',
		status: 'failed',
		error: { code: 'x', message: 'no\n<b>luck</b>' },
	} as const;
	expect(failureOfJob(job).failure).toMatchObject({
		kind: 'providerFailed',
		serverMessage: 'no luck',
		videoId: 'video_1',
	});
});

test.each<[number, unknown, string]>([
	[403, '<html><title>Attention Required! | Cloudflare</title></html>', 'serverUnavailable'],
	[403, 'error code: 1020', 'serverUnavailable'],
	[403, '', 'serverUnavailable'],
	[404, '<!DOCTYPE html><h1>404</h1>', 'serverUnavailable'],
	[502, 'upstream connect error', 'serverUnavailable'],
	[530, 'error code: 1033', 'serverUnavailable'],
	// A login page, or a proxy's cache. One such response does not end the wait.
	...[302, 303, 304, 307].map((code): [number, unknown, string] => [code, '', 'serverUnavailable']),
	[301, '', 'invalidBaseUrl'],
	[308, '', 'invalidBaseUrl'],
	[404, '404 page not found', 'videoNotFound'],
	[404, { error: { message: 'no such video' } }, 'videoNotFound'],
	[400, '<html><title>400 Bad Request</title></html>', 'serverUnavailable'],
	[400, { error: { message: 'no such video' } }, 'videoNotFound'],
	[400, { message: 'failed to get task: record not found' }, 'videoNotFound'],
	[422, { message: 'Failed to fetch task: task does not exist' }, 'videoNotFound'],
	[400, { message: '查询任务失败: 任务不存在' }, 'videoNotFound'],
	...[
		'context deadline exceeded',
		'dial tcp 10.0.0.1:443: i/o timeout',
		'do request failed',
	].flatMap((message) =>
		[400, 422].map((code): [number, unknown, string] => [
			code,
			{ error: { message } },
			'serverUnavailable',
		]),
	),
	[403, { error: { message: 'not your video' } }, 'accessDenied'],
	[401, '<html>401</html>', 'invalidApiKey'],
])('a status check with the response %i %j is the failure %s', (statusCode, body, kind) => {
	expect(failureOfResponse(responseOf(statusCode, body), 'status').failure.kind).toBe(kind);
});

test.each<[number, unknown, string]>([
	[403, '<!DOCTYPE html><title>Just a moment...</title>', 'serverUnavailable'],
	[403, 'error code: 1010', 'serverUnavailable'],
	[403, { error: { message: 'no' } }, 'accessDenied'],
	[403, 'forbidden', 'accessDenied'],
	[404, '<!DOCTYPE html><title>My web app</title>', 'invalidBaseUrl'],
	[302, '', 'invalidBaseUrl'],
])('a create with the response %i %j is the failure %s', (statusCode, body, kind) => {
	const { failure } = failureOfResponse(responseOf(statusCode, body), 'create');
	expect(failure.kind).toBe(kind);
});

describe('a status check with the status of an error', () => {
	const check = async (status: number, body: object) => {
		const { host } = fakeServer(() => ({ status, body }));
		return await (await openApi(host as never)).getVideo('video_1');
	};
	const failed = { id: 'video_1', status: 'failed', error: { message: 'no GPU' } };

	test.each([400, 422, 500])(
		'%i ends the wait if its response is the failed job',
		async (status) => {
			const { job } = await check(status, failed);
			expect(job).toMatchObject({ phase: 'failed', error: { message: 'no GPU' } });
		},
	);

	test.each([403, 404, 429, 502, 503, 504])(
		'%i is about the check, whatever its response says of the job',
		async (status) => {
			await expect(check(status, failed)).rejects.toThrow();
		},
	);

	const checks = [
		...[
			'Failed to fetch task status from upstream: 502',
			'query failed: context deadline exceeded',
		],
		...['polling failed', 'Unable to retrieve job', "could not get the provider's task status"],
		...['查询任务状态失败', 'error checking upstream status'],
	];
	const faults = ['upstream request timed out', 'Internal Server Error', 'socket hang up'];
	const failures = [
		...['GPU OOM', 'generation failed', 'blocked by moderation', 'Failed to fetch the input image'],
		...['could not generate the video', 'the task failed', 'please check the job parameters'],
		...["'NoneType' object has no attribute 'shape'", 'worker died', 'list index out of range'],
	];

	test.each([400, 422, 500, 520])(
		'%i is about the check if its reason is a fault of the server, or names the check',
		async (status) => {
			for (const message of [...checks, ...faults])
				await expect(check(status, { ...failed, error: { message } })).rejects.toMatchObject({
					failure: { kind: 'serverUnavailable' },
				});
			for (const message of failures)
				expect((await check(status, { ...failed, error: { message } })).job.phase).toBe('failed');
		},
	);

	test('the word `error` in a success is not about the job if the reason names the check', async () => {
		const phaseAfter = async (message: string) =>
			(await check(200, { id: 'video_1', status: 'error', message })).job.phase;
		for (const message of checks) expect(await phaseAfter(message)).toBe('unknown');
		for (const message of failures) expect(await phaseAfter(message)).toBe('failed');
	});

	test.each<object>([
		{ ...failed, id: 'video_2' },
		{ id: 'video_1', status: 'timeout', message: 'upstream timed out' },
		{ id: 'video_1', status: 'error', message: 'try again' },
		{ id: 'video_1', status: 'fail', message: 'database is locked' },
		{ status: 'fail', data: { video_id: 'video_1', message: 'database is locked' } },
		{ id: 'video_1', status: 'upstream_error' },
		{ status: 'failed', error: { message: 'no' } },
		{ id: 'video_1', status: 'error_retrying' },
		{ id: 'video_1', status: 'in_progress' },
		{ id: 'video_1', error: { message: 'no' } },
		{ id: 'video_1', status: 'completed' },
	])('says nothing about the job if its response is %j', async (body) => {
		await expect(check(500, body)).rejects.toMatchObject({
			failure: { kind: 'serverUnavailable' },
		});
	});
});

test('a code is shown as the reason of a failure that has no message', () => {
	const job = decodeJob({ state: 'failed', err_code: 'CreditInsufficient' }, { id: 'v' });
	expect(failureOfJob(job!).failure.serverMessage).toBe('CreditInsufficient');
});
