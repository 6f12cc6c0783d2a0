import { CORES, NODE, onlyItem, sharedStage, small, untilTrue, type Stage } from './stage.mts';

describe.each(CORES)('a video that was created before, on %s', (core) => {
	describe.each(['lumenfall', 'openai'] as const)('with a %s server', (dialect) => {
		const stage = sharedStage(core, { dialect });

		const shortest =
			dialect === 'openai' ? { model: 'sora-2', seconds: 4, resolution: '720p' } : {};
		const submitted = async () => {
			const item = onlyItem(await stage.run(small({ ...shortest, waitMode: 'none' })));
			return String(item.json.id);
		};

		test('without waiting, the ID and the status are returned immediately', async () => {
			const item = onlyItem(await stage.run(small({ ...shortest, waitMode: 'none' })));
			expect(item.json).toMatchObject({
				id: stage.sandbox.jobs()[0].id,
				status: 'queued',
				prompt: 'scene',
			});
			expect(item.binary).toBeUndefined();
			expect(stage.sandbox.requests().filter(({ kind }) => kind === 'status')).toEqual([]);
		});

		test('Get returns the status of a running video, and Download reports that it is not ready', async () => {
			stage.sandbox.addFault({ on: 'create', do: 'stuck' });
			const id = await submitted();
			const early = onlyItem(await stage.run({ operation: 'get', videoId: id }));
			expect(early.json).toMatchObject({
				id,
				status: expect.stringMatching(/^(queued|in_progress)$/),
			});

			const tooEarly = await stage.run({ operation: 'download', videoId: id });
			expect(tooEarly.error?.message).toMatch(new RegExp(`^Video ${id} is not ready for download`));
		});

		test('Download downloads the file under the name in the form', async () => {
			const id = await submitted();
			await untilDone(stage, id);
			const file = onlyItem(
				await stage.run(
					{
						operation: 'download',
						videoId: '={{ $json.id }}',
						outputBinaryField: 'clip',
						options: { fileName: 'my clip' },
					},
					[{ json: { id } }],
				),
			);
			expect(file.json).toMatchObject({
				id,
				status: 'completed',
				file: { name: 'my clip.mp4', mimeType: 'video/mp4' },
			});
			expect(file.binary?.clip.fileName).toBe('my clip.mp4');
			expect(stage.sandbox.jobs()).toHaveLength(1);
		});

		test('a failed video is a result of Get, an error of Download, and nothing to Cancel', async () => {
			const item = onlyItem(
				await stage.run(small({ ...shortest, prompt: '[blocked]', waitMode: 'none' })),
			);
			const id = String(item.json.id);
			await untilDone(stage, id);
			const got = onlyItem(await stage.run({ operation: 'get', videoId: id }));
			expect(got.json).toMatchObject({
				id,
				status: 'failed',
				failure: { message: expect.any(String) },
			});
			const refused = await stage.run({ operation: 'download', videoId: id });
			expect(refused.error?.message).toMatch(/refused by content moderation/);
			const cancelled = onlyItem(await stage.run({ operation: 'cancel', videoId: id }));
			expect(cancelled.json).toMatchObject({ status: 'failed', cancelled: false });
		});

		test.each(['get', 'wait', 'cancel'])(
			'a server that does not know its new video yet is asked again by %s',
			async (operation) => {
				const item = onlyItem(await stage.run(small({ ...shortest, waitMode: 'none' })));
				expect(item.json.createdAt).toMatch(/Z$/);
				stage.sandbox.addFault({ on: 'status', do: 'status', status: 404, times: 3 });
				const found = onlyItem(await stage.run({ operation }, [{ json: item.json }]));
				expect(found.json.id).toBe(item.json.id);
			},
		);

		if (dialect === 'lumenfall')
			test.each([{ do: 'status', status: 429 } as const, { do: 'reset-after' } as const])(
				'a cancel with a transient error is repeated, while the video is running: %j',
				async (fault) => {
					stage.sandbox.addFault({ on: 'create', do: 'stuck' });
					const id = await submitted();
					stage.sandbox.addFault({ on: 'delete', ...fault });
					const { json } = onlyItem(await stage.run({ operation: 'cancel', videoId: id }));
					expect(json).toMatchObject({ id, status: 'cancelled', cancelled: true });
					const deletes = stage.requests('delete').length;
					expect(deletes).toBe(fault.do === 'status' ? 2 : 1);
				},
			);

		test('an unknown ID is reported', async () => {
			const result = await stage.run({ operation: 'get', videoId: 'video_nowhere' });
			expect(result.error?.message).toMatch(/^Video video_nowhere was not found on the server/);
			expect(result.runs(NODE)).toBe(1);
		});

		test('a status check with a transient error is retried', async () => {
			const id = await submitted();
			stage.sandbox.addFault({ on: 'status', do: 'status', status: 503, times: 2 });
			expect(onlyItem(await stage.run({ operation: 'get', videoId: id })).json.id).toBe(id);
		});
	});
});

async function untilDone({ sandbox }: Stage, id: string): Promise<void> {
	await untilTrue(() =>
		sandbox.jobs().some((job) => job.id === id && job.finishedAt !== undefined),
	);
}
