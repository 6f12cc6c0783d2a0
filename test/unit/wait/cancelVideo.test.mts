import type { IExecuteFunctions } from 'n8n-workflow';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { runtimeOf } from '../../../nodes/Lumenfall/support/runtime';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { cancelIfRunning, cancelOnStop } from '../../../nodes/Lumenfall/wait/cancelVideo';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

// Between two tries there are seconds.
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const soon = async <Value,>(work: Promise<Value>) => {
	await jest.advanceTimersByTimeAsync(20_000);
	return await work;
};

const [RUNNING, COMPLETED, GONE] = ['in_progress', 'completed', undefined];
const NO_CONTENT = { status: 204 };
const [NOT_FOUND, FAILS, BUSY] = [{ status: 404 }, { status: 500 }, { status: 429 }];
const BROKEN = new Error('ECONNRESET');

/** A server that returns these statuses and responses to a cancel one after the other, and the last one from then on. */
function serve(statuses: Array<string | undefined | Error>, ...onCancel: FakeAnswer[]) {
	const log: string[] = [];
	const left = [...statuses];
	const { host, requests, baseUrl } = fakeServer((request) => {
		if (request.startsWith('DELETE'))
			return (onCancel.length > 1 ? onCancel.shift() : onCancel[0]) ?? NO_CONTENT;
		const status = left.length > 1 ? left.shift() : left[0];
		if (status instanceof Error) return status;
		return status === undefined ? NOT_FOUND : { body: { id: 'video_1', status } };
	});
	const stopped = new AbortController();
	const execution = {
		...host,
		getExecutionCancelSignal: () => stopped.signal,
		logger: { info: (line: string) => log.push(line) },
	} as unknown as IExecuteFunctions;
	return { execution, requests, log, baseUrl, stop: () => stopped.abort() };
}

const GET = 'GET /videos/video_1';
const DELETE = 'DELETE /videos/video_1';

test('a run that was not stopped cancels nothing: a retry resumes its videos', async () => {
	const { execution, requests, log, baseUrl } = serve([RUNNING]);
	await cancelOnStop({ execution }, 'video_1', baseUrl);
	expect([requests, log]).toEqual([[], []]);
});

describe('after a Stop', () => {
	test.each<[string, Parameters<typeof serve>, string[], RegExp]>([
		[
			'a running video is cancelled',
			[[RUNNING]],
			[GET, DELETE],
			/was cancelled with the execution$/,
		],
		[
			'a video with an unrecognized status is cancelled',
			[['transmogrified']],
			[GET, DELETE],
			/was cancelled/,
		],
		[
			'a finished video is not touched, because the same request would delete it',
			[[COMPLETED]],
			[GET],
			/had already ended .* \(completed\)$/,
		],
		['a failed video is not touched', [['failed']], [GET], /had already ended .* \(failed\)$/],
		[
			'a video that the server deletes with the cancel counts as cancelled',
			[[RUNNING, GONE], NOT_FOUND],
			[GET, DELETE, GET],
			/was cancelled/,
		],
		[
			'if the server cannot cancel, the video continues and the log says so',
			[[RUNNING], NOT_FOUND],
			[GET, DELETE, GET],
			/^Video video_1 cannot be cancelled on this server$/,
		],
		[
			'a cancel that a busy server refuses is repeated',
			[[RUNNING], BUSY, NO_CONTENT],
			[GET, DELETE, GET, DELETE],
			/was cancelled/,
		],
		[
			'a cancel that keeps failing is logged',
			[[RUNNING], FAILS],
			[GET, DELETE, GET, DELETE, GET, DELETE, GET, DELETE],
			/could not be cancelled: /,
		],
		[
			'a status that cannot be read is logged',
			[[BROKEN]],
			[GET, GET, GET, GET],
			/could not be cancelled: /,
		],
	])('%s', async (_, server, sent, line) => {
		const { execution, requests, log, baseUrl, stop } = serve(...server);
		stop();
		await soon(cancelOnStop({ execution }, 'video_1', baseUrl));
		expect(requests).toEqual(sent);
		expect(log).toEqual([expect.stringMatching(line)]);
		expect(log[0]).toContain('video_1');
	});
});

test('after a Stop, a video is not cancelled on another server: there, the same ID is another video', async () => {
	const { execution, requests, log, stop } = serve([RUNNING]);
	stop();
	await cancelOnStop({ execution }, 'video_1', 'https://before.example.com/v1');
	expect(requests).toEqual([]);
	expect(log).toEqual([
		expect.stringMatching(/could not be cancelled: .*changed.* https:\/\/before\.example\.com/),
	]);
});

test('a status that was checked just now is not checked again before the first try', async () => {
	const { execution, requests } = serve([RUNNING], BUSY, NO_CONTENT);
	const found = { id: 'video_1', phase: 'running', status: RUNNING } as const;
	const runtime = runtimeOf(new StopSwitch());
	await soon(cancelIfRunning(await openApi(execution), 'video_1', runtime, found));
	expect(requests).toEqual([DELETE, GET, DELETE]);
});

describe('cancelling a video', () => {
	const cancel = async (...server: Parameters<typeof serve>) => {
		const { execution, requests } = serve(...server);
		const runtime = runtimeOf(new StopSwitch());
		const work = cancelIfRunning(await openApi(execution), 'video_1', runtime).then(
			({ status }) => status,
			(error: unknown) => failureOf(error)?.kind,
		);
		return { outcome: await soon(work), deletes: requests.filter((one) => one === DELETE).length };
	};

	const refusal = { body: { error: { message: 'a running task cannot be cancelled' } } };
	const ofRelay = { body: { code: -1, msg: 'task is running', data: null } };
	const busyRelay = { body: { code: 429, msg: 'slow down' } };
	const cancelledJob = {
		body: { id: 'video_1', status: 'cancelled', error: { message: 'Cancelled by the user' } },
	};

	const withReason = [
		{ status: 'cancelled', error: { code: 'cancelled', message: 'Cancelled by user' } },
		{ status: 'CANCELLED', failure_reason: 'cancelled by user' },
		{ data: { status: 'cancelled', error: 'user_cancelled' } },
	];

	test.each<[string, Parameters<typeof serve>, string, number]>([
		...withReason.map((body): [string, Parameters<typeof serve>, string, number] => [
			`the response is ${JSON.stringify(body)}`,
			[[RUNNING], { body }],
			RUNNING,
			1,
		]),
		['the server cancels the video', [[RUNNING]], RUNNING, 1],
		['the server deletes the video', [[RUNNING, GONE], NOT_FOUND], RUNNING, 1],
		['the video has ended', [[COMPLETED]], COMPLETED, 0],
		['the video ends meanwhile', [[RUNNING, COMPLETED], NOT_FOUND], RUNNING, 1],
		['the server has no such route', [[RUNNING], NOT_FOUND], 'notCancellable', 1],
		['the server has no such method', [[RUNNING], { status: 405 }], 'notCancellable', 1],
		['the server refuses with 200', [[RUNNING], refusal], 'notCancellable', 1],
		[
			'the server refuses with 200, and its reason is a code',
			[[RUNNING], ofRelay],
			'notCancellable',
			1,
		],
		['the server is busy, with 200', [[RUNNING], busyRelay, NO_CONTENT], RUNNING, 2],
		['the cancelled video has an error', [[RUNNING], cancelledJob], RUNNING, 1],
		['the response has only a message', [[RUNNING], { body: { message: 'ok' } }], RUNNING, 1],
		[
			'the response has an empty error',
			[[RUNNING], { body: { code: 0, error: null } }],
			RUNNING,
			1,
		],
		['the connection breaks once', [[RUNNING], BROKEN, NO_CONTENT], RUNNING, 2],
		['the server fails', [[RUNNING], FAILS], 'serverUnavailable', 4],
		['the video ends after a try that failed', [[RUNNING, COMPLETED], FAILS], COMPLETED, 1],
	])('%s', async (_, server, outcome, deletes) => {
		expect(await cancel(...server)).toEqual({ outcome, deletes });
	});
});
