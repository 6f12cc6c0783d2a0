import { openBench } from './support.mts';

const prompt = 'A paper boat';

describe('An earlier video', () => {
	const openai = openBench({ dialect: 'openai' });
	const poe = openBench({ dialect: 'poe' });
	const openrouter = openBench({ dialect: 'openrouter' });
	const gemini = openBench({ dialect: 'gemini' });
	const lumenfall = openBench({});

	it('is remixed, edited and extended by its id', async () => {
		const { client, sandbox } = openai;
		const { id } = (await client.create({ prompt })).body;
		await client.ended(id);
		const video = { id };
		const remix = await client.call('POST', `videos/${id}/remix`, { prompt });
		const edit = await client.call('POST', 'videos/edits', { prompt, video });
		const extension = { prompt, video, seconds: '8' };
		const longer = await client.call('POST', 'videos/extensions', extension);
		expect([remix, edit, longer].map(({ body }) => body.remixed_from_video_id)).toEqual([
			id,
			id,
			id,
		]);
		expect(longer.body.seconds).toBe('12');
		expect(
			sandbox
				.jobs()
				.slice(1)
				.map(({ videos }) => videos[0].role),
		).toEqual(['edit', 'edit', 'extend']);
		await client.ended(longer.body.id);
		const tooLong = { ...extension, seconds: '200' };
		expect((await client.call('POST', 'videos/extensions', tooLong)).status).toBe(400);
	});

	it('is extended only if the model supports it', async () => {
		const { client } = poe;
		const { id } = (await client.create({ prompt, model: 'Veo-3.1-Fast', seconds: 8 })).body;
		await client.ended(id);
		const answer = await client.call('POST', 'videos/extensions', { prompt, video: { id } });
		expect([answer.status, answer.body.error.message]).toEqual([
			400,
			'The bot Veo-3.1-Fast does not support this',
		]);
	});

	it('is continued by `previous_job_id`, on the same model, once it is completed', async () => {
		const { client, sandbox } = openrouter;
		const request = { prompt, model: 'veo-3.1-fast', duration: 8 };
		const { id } = (await client.create(request)).body;
		await client.ended(id);
		expect((await client.create({ ...request, previous_job_id: id })).status).toBe(202);
		expect(sandbox.jobs()[1].videos).toMatchObject([{ role: 'extend', jobId: id, seconds: 8 }]);
		const refused = [
			{ previous_job_id: 'gen-vid-1' },
			{ previous_job_id: id, model: 'google/veo-3.1' },
			{ previous_job_id: id, model: 'p-video', duration: 5 },
		];
		for (const change of refused) {
			expect((await client.create({ ...request, ...change })).status).toBe(400);
		}
	});

	it('becomes seven seconds longer by `extend_video_id`', async () => {
		const { client, sandbox } = gemini;
		const { id } = (await client.create({ prompt })).body;
		await client.ended(id);
		await client.create({ prompt, extend_video_id: id });
		expect(sandbox.jobs()[1]).toMatchObject({ seconds: 15, videos: [{ role: 'extend' }] });
	});

	it('is changed by its URL if the model supports it, and refused otherwise', async () => {
		const { client, sandbox } = lumenfall;
		const { id } = (await client.create({ prompt, model: 'p-video', seconds: 1 })).body;
		const video_url = (await client.ended(id)).output.url;
		await client.create({ prompt, model: 'wan-2.6', video_url });
		await client.create({ prompt, model: 'wan-2.6', input_video: video_url });
		expect(sandbox.jobs().slice(1)).toMatchObject([
			{ videos: [{ role: 'edit', how: 'url', width: 64 }] },
			{ videos: [{ role: 'edit', how: 'url' }] },
		]);
		const refusal = await client.create({ prompt, model: 'p-video', video_url });
		expect([refusal.status, refusal.body.error.message]).toEqual([
			400,
			expect.stringMatching(/does not support video-to-video/),
		]);
	});
});

describe('The encoder of a model', () => {
	const bench = openBench({
		encoders: { 'p-video': { isSilent: true }, 'kling-v3': { profile: 'baseline', bFrames: 0 } },
	});

	it('decides whether there is sound, and how the clip is encoded', async () => {
		const clipOf = async (model: string) => {
			const { id } = (await bench.client.create({ prompt, model, seconds: 1 })).body;
			return await bench.download((await bench.client.ended(id)).output.url);
		};
		expect(await bench.probe(await clipOf('p-video'))).toMatchObject({ hasAudio: false });
		const plain = await clipOf('sora-2');
		const other = await clipOf('kling-v3');
		expect(await bench.probe(plain)).toMatchObject({ hasAudio: true });
		expect(profileOf(other)).not.toBe(profileOf(plain));
		expect(profileOf(other)).toBe(66);
	});

	/** Returns the profile in the decoder configuration: 66 is Baseline. */
	function profileOf(file: Buffer): number {
		return file[file.indexOf('avcC') + 5];
	}
});
