import type { IExecuteFunctions } from 'n8n-workflow';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { cancelOnStop, cancelVideo } from '../../../nodes/Lumenfall/wait/cancelVideo';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

const [RUNNING, COMPLETED, GONE] = ['in_progress', 'completed', undefined];
const NO_CONTENT = { status: 204 };
const [NOT_FOUND, FAILS] = [{ status: 404 }, { status: 500 }];
const BROKEN = new Error('ECONNRESET');

/** A server that returns these statuses one after the other, and the last one from then on. */
function serve(statuses: Array<string | undefined | Error>, onCancel: FakeAnswer = NO_CONTENT) {
	const log: string[] = [];
	const left = [...statuses];
	const { host, requests, baseUrl } = fakeServer((request) => {
		if (request.startsWith('DELETE')) return onCancel;
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
			'a video with an unrecognised status is cancelled',
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
			'a cancel that fails is logged',
			[[RUNNING], FAILS],
			[GET, DELETE],
			/could not be cancelled: /,
		],
		['a status that cannot be read is logged', [[BROKEN]], [GET], /could not be cancelled: /],
	])('%s', async (_, server, sent, line) => {
		const { execution, requests, log, baseUrl, stop } = serve(...server);
		stop();
		await cancelOnStop({ execution }, 'video_1', baseUrl);
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

describe('cancelling a video', () => {
	const cancel = async (...server: Parameters<typeof serve>) =>
		await cancelVideo(await openApi(serve(...server).execution), 'video_1').then(
			() => 'cancelled',
			(error: unknown) => failureOf(error)?.kind,
		);

	test.each<[string, Parameters<typeof serve>, string]>([
		['the server cancels the video', [[RUNNING]], 'cancelled'],
		['the server has deleted the video', [[GONE], NOT_FOUND], 'cancelled'],
		['the video ended meanwhile', [[COMPLETED], NOT_FOUND], 'cancelled'],
		['the server has no such route', [[RUNNING], NOT_FOUND], 'notCancellable'],
		['the server fails', [[RUNNING], FAILS], 'serverUnavailable'],
	])('%s', async (_, server, outcome) => {
		expect(await cancel(...server)).toBe(outcome);
	});
});
