import { runErrors } from '../../../nodes/Lumenfall/errors/runErrors';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import { emitVideo } from '../../../nodes/LumenfallTrigger/emitVideo';
import type { Job } from '../../../nodes/Lumenfall/job/job';

type Context = Parameters<typeof emitVideo>[0];

/** Returns the trigger's output for a delivery about `req_1`. */
async function emitted(event: string, getVideo: (id: string) => Promise<{ job: Job }>) {
	const context = {
		itemIndex: 0,
		execution: {
			getInputData: () => [{ json: { id: 'req_1', event } }],
			getNodeParameter: (name: string) => (name === 'events' ? [event] : false),
		},
		api: { getVideo },
		runtime: { now: () => 0, random: () => 0, sleep: async () => await Promise.resolve() },
	} as unknown as Context;
	const item = await emitVideo(context);
	return 'json' in item ? item.json : undefined;
}

test('the item has the video ID of the API, not that of the delivery', async () => {
	const job: Job = { id: 'req_1', reportedId: 'video_1', phase: 'completed', status: 'completed' };
	const json = await emitted('video.completed', async () => await Promise.resolve({ job }));
	expect(json).toMatchObject({ id: 'video_1', event: 'video.completed' });
});

test('a cancelled video that the server has deleted keeps the ID of the delivery', async () => {
	const gone = async () => await Promise.reject(serverErrors.videoNotFound());
	const json = await emitted('video.cancelled', gone);
	expect(json).toMatchObject({ id: 'req_1', status: 'cancelled' });
});

test('a video whose end the API does not report yet is read again, and an error if it stays so', async () => {
	const ofStatuses =
		(...phases: Array<Job['phase']>) =>
		async () => {
			const phase = phases.length > 1 ? phases.shift()! : phases[0];
			return await Promise.resolve({ job: { id: 'video_1', phase, status: phase } });
		};
	const json = await emitted('video.completed', ofStatuses('running', 'running', 'completed'));
	expect(json).toMatchObject({ status: 'completed' });
	await expect(emitted('video.completed', ofStatuses('running'))).rejects.toMatchObject({
		failure: { kind: 'notReady', videoId: 'req_1' },
	});
});

test('an error about the video names the ID that is known', async () => {
	const stopped = async () => await Promise.reject(runErrors.stopped());
	await expect(emitted('video.failed', stopped)).rejects.toMatchObject({
		failure: { videoId: 'req_1' },
	});
});
