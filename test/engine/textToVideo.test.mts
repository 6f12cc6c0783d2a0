import { native } from '../support/native.mts';
import { CORES, onlyItem, sharedStage, textToVideo } from './stage.mts';

describe.each(CORES)('text to video on %s', (core) => {
	const stage = sharedStage(core);

	test('a prompt becomes an MP4 file with all metadata', async () => {
		const item = onlyItem(await stage.run(textToVideo()));
		const [job] = stage.sandbox.jobs();

		expect(item.json).toEqual({
			id: job.id,
			status: 'completed',
			model: 'sora-2',
			provider: 'openai',
			prompt: 'A paper boat sails over a rain puddle',
			seconds: 4,
			width: 1280,
			height: 720,
			hasAudio: expect.any(Boolean),
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			completedAt: expect.any(String),
			expiresAt: expect.any(String),
			url: expect.stringContaining(stage.sandbox.mediaUrl),
			estimatedCost: 0.4,
			cost: 0.4,
			costDifference: 0,
			currency: 'USD',
			file: {
				name: `a-paper-boat-sails-over-${job.id}.mp4`,
				mimeType: 'video/mp4',
				bytes: expect.any(Number),
			},
			// The queue time is only present if a status check found the video in the queue.
			timing: expect.objectContaining({
				polls: expect.any(Number),
				generatingSeconds: expect.any(Number),
			}),
		});
		expect(item.pairedItem).toEqual({ item: 0 });

		const { probeVideo } = await native<typeof import('../../sandbox/renderer/probe.mts')>(
			'./sandbox/renderer/probe.mts',
		);
		const file = await stage.engine.readBinary(item.binary!.data);
		expect(file.length).toBe((item.json.file as { bytes: number }).bytes);
		expect(await probeVideo(file)).toMatchObject({
			codec: 'h264',
			width: 1280,
			height: 720,
			seconds: 4,
		});
	});
});
