import { CORES, itemsOf, openStage, small, untilTrue, type Stage } from './stage.mts';

/** Lumenfall's list calls `req_…` what its video API calls `video_…`. */
const bare = (id: unknown) => String(id).replace(/^(video|req)_/, '');
const scenes = (count: number) => [...Array(count).keys()].map((index) => ({ json: { index } }));

describe.each(CORES)('videos that no execution has delivered, on %s', (core) => {
	let stage: Stage;
	beforeEach(async () => (stage = await openStage(core, { renderer: 'tiny' })));
	afterEach(async () => await stage.close());

	const generate = async (count: number, change: object = {}) =>
		itemsOf(
			await stage.run(
				small({
					prompt: '={{ "scene " + $json.index }}',
					options: { markDelivered: true },
					...change,
				}),
				scenes(count),
			),
		).map(({ json }) => bare(json.id));
	const list = async (filters: object = {}) =>
		itemsOf(
			await stage.run({
				operation: 'getAll',
				returnAll: true,
				filters: { onlyUndelivered: true, ...filters },
			}),
		).map(({ json }) => bare(json.id));
	const haveEnded = async (count: number) =>
		await untilTrue(
			() => stage.sandbox.jobs().filter(({ finishedAt }) => finishedAt).length === count,
		);

	test('a delivered video is left out, and an orphan is shown until Wait has delivered it', async () => {
		await generate(3);
		const orphans = await generate(2, { waitMode: 'none', options: {} });
		await haveEnded(5);
		expect((await list()).sort()).toEqual([...orphans].sort());
		// Looking changes nothing.
		expect((await list()).sort()).toEqual([...orphans].sort());
		const wait = {
			operation: 'wait',
			videoId: `video_${orphans[0]}`,
			options: { markDelivered: true },
		};
		itemsOf(await stage.run(wait));
		expect(await list()).toEqual([orphans[1]]);
	});

	test('a video of a node without the option counts as undelivered', async () => {
		const [id] = await generate(1, { options: {} });
		expect(await list()).toEqual([id]);
	});

	test('the times of creation narrow the list', async () => {
		const [id] = await generate(1, { options: {} });
		const item = itemsOf(await stage.run({ operation: 'get', videoId: `video_${id}` }))[0];
		const createdAt = Date.parse(String(item.json.createdAt));
		expect(await list({ createdAfter: new Date(createdAt).toISOString() })).toEqual([id]);
		expect(await list({ createdBefore: new Date(createdAt).toISOString() })).toEqual([]);
		expect(await list({ createdAfter: createdAt / 1000 + 1 })).toEqual([]);
	});
});
