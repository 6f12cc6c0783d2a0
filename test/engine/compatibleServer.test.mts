import {
	CORES,
	NODE,
	onlyItem,
	openStage,
	sharedStage,
	small,
	textToVideo,
	type Stage,
} from './stage.mts';

describe.each(CORES)('an OpenAI-compatible server on %s', (core) => {
	const stage = sharedStage(core, { dialect: 'openai' });

	test('text is sent as JSON, and the file comes from the content route', async () => {
		const item = onlyItem(await stage.run(textToVideo({ aspectRatio: '9:16' })));
		expect(stage.sandbox.jobs()[0]).toMatchObject({
			encoding: 'json',
			body: { seconds: '4', size: '720x1280' },
		});
		expect(item.json).toMatchObject({ width: 720, height: 1280, seconds: 4, status: 'completed' });
		expect(item.json).not.toHaveProperty('url');
		expect(item.json).not.toHaveProperty('cost');
		expect(item.binary?.data.mimeType).toBe('video/mp4');
	});

	test('a redirect of the content route is followed without the key', async () => {
		stage.sandbox.addFault({ on: 'content', do: 'redirect' });
		const item = onlyItem(await stage.run(textToVideo({ aspectRatio: '16:9' })));
		expect(item.binary?.data.mimeType).toBe('video/mp4');

		const media = stage.sandbox.requests().filter(({ host }) => host === 'media');
		expect(media.length).toBeGreaterThan(0);
		expect(media.every(({ hadAuthorization }) => !hadAuthorization)).toBe(true);
	});

	test("the server's own error about a bad duration reaches the user, and nothing is created", async () => {
		const result = await stage.run(textToVideo({ seconds: 5, aspectRatio: '16:9' }));
		expect(result.error?.message).toMatch(/did not accept a parameter: .*'5'.*'4'/);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test('URL only, on a server that returns no URL, gives the paid video by its ID and says what to do', async () => {
		const result = await stage.run(textToVideo({ output: 'url', aspectRatio: '16:9' }));
		const { json } = onlyItem(result);
		expect(json).toMatchObject({ status: 'completed', id: stage.sandbox.jobs()[0].id });
		expect(json).not.toHaveProperty('url');
		const hints = result.hints(NODE).map(({ message }) => message);
		expect(hints.join()).toMatch(/Item 0: The server returns no URL.*'Download'/);

		const file = onlyItem(await stage.run({ operation: 'download', videoId: json.id }));
		expect(file.binary?.data.mimeType).toBe('video/mp4');
	});

	describe('that responds to the create when the video is finished, after three minutes', () => {
		let slow: Stage;
		beforeAll(async () => {
			slow = await openStage(core, { dialect: 'dynamo', renderer: 'tiny', jobSeconds: 180 });
		});
		afterAll(async () => await slow.close());
		beforeEach(async () => await slow.sandbox.reset());

		test('the node waits for it', async () => {
			const item = onlyItem(await slow.run(small()));
			expect(item.binary?.data.mimeType).toBe('video/mp4');
			expect(slow.sandbox.billing().jobs).toBe(1);
		});

		test('after the timeout the error says that a video may exist', async () => {
			const { error } = await slow.run(small({ options: { timeout: 130 } }));
			expect(error?.message).toMatch(/a video may have been created/);
			expect(slow.sandbox.jobs()).toHaveLength(1);
		});
	});
});
