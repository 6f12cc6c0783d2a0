import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PendingVideo, RunContext } from '../../../nodes/Lumenfall/context';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { suspensionOf } from '../../../nodes/Lumenfall/job/suspension';
import { StopSwitch } from '../../../nodes/Lumenfall/support/stopSwitch';
import { suspendUnlessDone, type ItemOutcome } from '../../../nodes/Lumenfall/wait/suspend';
import { WALL_START } from '../../support/fakeRuntime.mts';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

const INPUT = [{ json: { row: 1 } }, { json: { row: 2 } }, { json: { row: 3 } }];

const pendingVideo = (id: string, more: Partial<PendingVideo> = {}): PendingVideo => ({
	job: { id, phase: 'queued', status: 'queued' },
	entry: { slot: `0/${id}`, record: {} } as PendingVideo['entry'],
	known: { prompt: `a scene for ${id}` },
	cancelOnStop: true,
	...more,
});
const pendingOf = (id: string, more: Partial<PendingVideo> = {}): ItemOutcome => ({
	pending: {
		videos: [pendingVideo(id, more)],
		toItem: ([video]) => ({ json: 'job' in video ? { ...video.job } : { failed: true } }),
	},
});
const DONE: ItemOutcome = { output: [{ json: { id: 'done' } }] };
const FAILED: ItemOutcome = {
	failure: { kind: 'invalidInput', message: 'bad', advice: 'mend it' },
	output: [{ json: { error: 'bad' } }],
};

/** A run with created videos, and the server's response for each of them. */
function openRun(answers: Record<string, string | FakeAnswer>, webhookWaitMinutes = 60) {
	const stop = new StopSwitch();
	// Status checks are retried without a delay.
	const runtime = { wallTime: () => WALL_START, random: () => 0, sleep: async () => undefined };
	const stopped = new AbortController();
	const context: Record<string, unknown> = {};
	const entry = { data: {} as { main?: INodeExecutionData[][] } };
	const waits: Date[] = [];
	const log: string[] = [];
	const { host, requests } = fakeServer((request) => {
		if (request.startsWith('DELETE')) return { status: 204 };
		const id = request.replace('GET /videos/', '');
		const answer = answers[id];
		return typeof answer === 'string' ? { body: { id, status: answer } } : answer;
	});
	const execution = {
		...host,
		getContext: () => context,
		getExecutionId: () => '7',
		getInputData: () => INPUT,
		getExecuteData: () => entry,
		putExecutionToWait: async (until: Date) => void waits.push(until),
		getExecutionCancelSignal: () => stopped.signal,
		logger: { info: (line: string) => log.push(line) },
	} as unknown as IExecuteFunctions;
	const settings = { itemsInParallel: 5, webhookWaitMinutes };
	const run = { execution, settings, runIndex: 0, stop, runtime } as unknown as RunContext;
	return {
		requests,
		waits,
		log,
		entry,
		stored: () => suspensionOf(context, '7', 0),
		suspend: async (...outcomes: ItemOutcome[]) => await suspendUnlessDone(run, outcomes),
		stop: () => {
			stopped.abort();
			stop.stop(runErrors.stopped());
		},
	};
}

test('a run with a running video is suspended, and n8n shows its videos', async () => {
	const { suspend, stored, waits, log } = openRun({ video_1: 'in_progress', video_2: 'completed' });
	const { shown, suspension } = await suspend(pendingOf('video_1'), pendingOf('video_2'));
	expect(shown?.map(({ json }) => [json.id, json.status])).toEqual([
		['video_1', 'in_progress'],
		['video_2', 'completed'],
	]);
	expect(waits).toEqual([new Date(suspension.until)]);
	expect(stored()).toEqual({
		executionId: '7',
		runIndex: 0,
		since: suspension.since,
		until: suspension.until,
		items: {
			0: { videos: [{ videoId: 'video_1', slot: '0/video_1', prompt: 'a scene for video_1' }] },
			1: { videos: [{ videoId: 'video_2', slot: '0/video_2', prompt: 'a scene for video_2' }] },
		},
		input: INPUT,
	});
	expect(log).toEqual([`Suspended until ${suspension.until}, or until 2 videos have ended`]);
});

test.each([60, 10, 1])(
	'if it may wait %i minutes for a webhook, it resumes without one after that time',
	async (minutes) => {
		const { suspend, waits } = openRun({ video_1: 'queued' }, minutes);
		const { suspension } = await suspend(pendingOf('video_1'));
		const [until] = waits;
		expect(Date.parse(suspension.since)).toBe(WALL_START);
		expect(until.getTime() - WALL_START).toBe(minutes * 60_000);
	},
);

describe('a run is finished immediately', () => {
	test.each(['completed', 'failed', 'cancelled', 'expired'])(
		'if its only video is %s by now, because its delivery was already rejected',
		async (status) => {
			const { suspend, stored, waits, log } = openRun({ video_1: status });
			const { shown } = await suspend(pendingOf('video_1'), DONE);
			expect(shown).toBeUndefined();
			expect(waits).toEqual([]);
			expect(log).toEqual([]);
			// The second pass uses it.
			expect(stored()?.items[0]).toMatchObject({ videos: [{ videoId: 'video_1' }] });
		},
	);
});

describe('a run is suspended', () => {
	test.each<[string, string | FakeAnswer]>([
		['the status is unrecognized', 'transmogrified'],
		['the status check fails', { status: 503 }],
		['the network is down', new Error('ECONNRESET')],
		['the server does not know its own video yet', { status: 404 }],
	])('if %s', async (_, answer) => {
		const { suspend, waits } = openRun({ video_1: answer });
		const { shown } = await suspend(pendingOf('video_1'));
		expect(shown?.[0].json.id).toBe('video_1');
		expect(waits).toHaveLength(1);
	});
});

test('a failed item is saved for the resume but not shown, because n8n would run the node again', async () => {
	const { suspend, stored, entry } = openRun({ video_1: 'queued' });
	const { shown } = await suspend(FAILED, DONE, pendingOf('video_1'));
	expect(shown?.map(({ json }) => json.id)).toEqual(['video_1']);
	expect(stored()?.items).toEqual({
		0: { failure: FAILED.failure },
		1: { output: [{ json: { id: 'done' } }] },
		2: { videos: [expect.objectContaining({ videoId: 'video_1' })] },
	});
	// At the deadline there is one output item per input item.
	const [[failed, done, late]] = entry.data.main!;
	expect([failed.json, done.json]).toEqual([{ error: 'bad' }, { id: 'done' }]);
	expect(late.json).toMatchObject({ id: 'video_1', status: 'queued' });
});

test.each([
	['is saved for the resume with its file', 'filesystem-v2:1', true],
	['is not saved with a file in memory, which n8n would store twice', undefined, false],
])('an item that is finished %s', async (_, id, isSaved) => {
	const data = { id, data: 'filesystem-v2', mimeType: 'video/mp4' };
	const done = { output: [{ json: { id: 'done' }, binary: { data } }] };
	const { suspend, stored } = openRun({ video_1: 'queued' });
	await suspend(done, pendingOf('video_1'));
	expect(stored()?.items[0]).toEqual(isSaved ? done : undefined);
});

describe('an item with several videos', () => {
	const failed = { failure: FAILED.failure, prompt: 'a scene that failed' };
	const itemOf = (...ids: string[]): ItemOutcome => ({
		pending: {
			videos: [failed, ...ids.map((id) => pendingVideo(id))],
			toItem: (videos) => ({
				json: { videos: videos.map((video) => ('job' in video ? video.job.status : 'none')) },
			}),
		},
	});

	test('is suspended while one of them is running, and keeps what failed in its place', async () => {
		const { suspend, stored, log } = openRun({ video_1: 'completed', video_2: 'in_progress' });
		const { shown } = await suspend(itemOf('video_1', 'video_2'));
		expect(shown?.map(({ json }) => json.videos)).toEqual([['none', 'completed', 'in_progress']]);
		expect(stored()?.items[0]).toEqual({
			videos: [
				failed,
				{ videoId: 'video_1', slot: '0/video_1', prompt: 'a scene for video_1' },
				{ videoId: 'video_2', slot: '0/video_2', prompt: 'a scene for video_2' },
			],
		});
		expect(log[0]).toContain('until 2 videos have ended');
	});

	test('is finished immediately if all of them have ended', async () => {
		const { suspend, waits } = openRun({ video_1: 'completed', video_2: 'failed' });
		const { shown } = await suspend(itemOf('video_1', 'video_2'));
		expect(shown).toBeUndefined();
		expect(waits).toEqual([]);
	});

	test('has all of them cancelled by a Stop', async () => {
		const { suspend, stop, requests } = openRun({ video_1: 'queued', video_2: 'queued' });
		stop();
		await suspend(itemOf('video_1', 'video_2')).catch(() => undefined);
		expect(requests.filter((request) => request.startsWith('DELETE'))).toEqual([
			'DELETE /videos/video_1',
			'DELETE /videos/video_2',
		]);
	});
});

describe('a Stop while the videos were created', () => {
	test('cancels running videos, if the user has chosen that', async () => {
		const { suspend, stop, requests, waits, stored } = openRun({
			video_1: 'in_progress',
			video_2: 'completed',
			video_3: 'in_progress',
		});
		stop();
		const work = suspend(
			pendingOf('video_1'),
			pendingOf('video_2'),
			pendingOf('video_3', { cancelOnStop: false }),
		);
		const failure = await work.catch((error: unknown) => failureOf(error));
		expect(failure).toMatchObject({ kind: 'stopped', videoId: 'video_1' });
		expect(requests.filter((request) => request.startsWith('DELETE'))).toEqual([
			'DELETE /videos/video_1',
		]);
		expect(waits).toEqual([]);
		expect(stored()).toBeUndefined();
	});
});

test('after a Stop, the videos of a run are cancelled together, so that a slow server holds up none', async () => {
	const { suspend, stop, requests } = openRun({ video_1: 'queued', video_2: 'queued' });
	stop();
	await suspend(pendingOf('video_1'), pendingOf('video_2')).catch(() => undefined);
	expect(requests.slice(-4)).toEqual([
		'GET /videos/video_1',
		'GET /videos/video_2',
		'DELETE /videos/video_1',
		'DELETE /videos/video_2',
	]);
});
