import { encoded, quarters } from '../support/images.mts';
import { byId, CORES, itemsOf, onlyItem, sharedStage, textToVideo } from './stage.mts';

/**
 * If the display condition of a field is an expression, n8n shows the field. It then refuses to start a workflow in
 * which a shown field is required and empty.
 */
describe.each(CORES)('fields computed by expressions on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test('the aspect ratio of each row: a custom size is only required if it is used', async () => {
		const rows = [
			{ json: { ratio: '9:16' } },
			{ json: { ratio: 'custom', size: '1280x720' } },
			{ json: { ratio: 'modelDefault' } },
		];
		const form = textToVideo({
			aspectRatio: '={{ $json.ratio }}',
			customSize: '={{ $json.size }}',
			waitMode: 'none',
		});
		expect(itemsOf(await stage.run(form, rows))).toHaveLength(3);
		const empty = textToVideo({ aspectRatio: '={{ $json.ratio }}', waitMode: 'none' });
		expect(onlyItem(await stage.run(empty, rows.slice(0, 1))).json.status).toBe('queued');
	});

	test('how to wait and what to return', async () => {
		const form = textToVideo({
			waitMode: '={{ $json.wait }}',
			output: '={{ $json.output }}',
			resolution: '={{ $json.resolution }}',
		});
		const rows = [
			{ json: { wait: 'none', output: 'file', resolution: '720p' } },
			{ json: { wait: 'poll', output: 'url', resolution: '720p' } },
			{ json: { wait: 'poll', output: 'file', resolution: 'modelDefault' } },
		];
		const items = itemsOf(await stage.run(form, rows));
		expect(items.map(({ json }) => json.status)).toEqual(['queued', 'completed', 'completed']);
		expect(items.map(({ binary }) => binary?.data.mimeType)).toEqual([
			undefined,
			undefined,
			'video/mp4',
		]);
	});

	test('rows of databases and forms, with the names that the form shows', async () => {
		const form = textToVideo({
			model: { __rl: true, mode: 'id', value: '={{ $json.model }}' },
			...{ prompt: '={{ $json.prompt }}', seconds: '={{ $json.seconds }}' },
			...{ aspectRatio: '={{ $json.ratio }}', waitMode: '={{ $json.wait }}' },
			options: { audio: '={{ $json.audio }}', seed: '={{ $json.seed }}' },
		});
		const model = { id: 3, value: 'sora-2', color: 'red' };
		const rest = { model, seconds: '0:08', wait: 'Do Not Wait', audio: 'N/A', seed: null };
		const rows = [
			{
				json: { ...rest, prompt: 'a boat', ratio: { id: 'aB~1', name: 'Portrait', color: 'red' } },
			},
			{ json: { ...rest, prompt: [{ plain_text: 'a ' }, { plain_text: 'sea' }], ratio: '-' } },
		];
		expect(itemsOf(await stage.run(form, rows)).map(({ json }) => json.status)).toEqual([
			...['queued', 'queued'],
		]);
		const known = stage.sandbox.jobs().length;
		for (const bad of [{ prompt: '#REF!' }, { ratio: 'portrait 16:9' }, { seconds: '8-10 s' }]) {
			const row = { json: { ...rest, prompt: 'a boat', ratio: '9:16', ...bad } };
			expect((await stage.run(form, [row])).error?.message).toMatch(/^'(Prompt|Aspect|Duration)/);
		}
		expect(stage.sandbox.jobs()).toHaveLength(known);
	});

	test('the source of the image, or none', async () => {
		const form = {
			...textToVideo({ model: byId('kling-v3'), seconds: 5 }),
			operation: 'estimateCost',
			imageSource: '={{ $json.from }}',
			imageUrl: '',
		};
		const image = encoded(quarters(640, 360), 'image/png').toString('base64');
		const rows = [
			{ json: { from: 'none' } },
			{ json: { from: 'binary' }, binary: { data: { data: image, mimeType: 'image/png' } } },
		];
		expect(itemsOf(await stage.run(form, rows))).toHaveLength(2);
		expect(stage.sandbox.jobs()).toEqual([]);
	});

	test.each([
		'={{ $binary.data }}',
		"={{ $('Start').item.binary.data }}",
		'={{ $json.name.toUpperCase().toLowerCase() }}',
	])('an image from an expression: %s', async (binaryPropertyName) => {
		const form = {
			...textToVideo({ model: byId('kling-v3'), seconds: 5 }),
			...{ operation: 'estimateCost', imageSource: 'binary', aspectRatio: 'sameAsImage' },
			binaryPropertyName,
		};
		const image = encoded(quarters(640, 360), 'image/png').toString('base64');
		const row = {
			json: { name: 'data' },
			binary: { data: { data: image, mimeType: 'image/png' } },
		};
		const options = { lastFrame: binaryPropertyName, lastFrameParameter: 'end_image_url' };
		expect(itemsOf(await stage.run({ ...form, options }, [row]))).toHaveLength(1);
	});

	test('the models of a comparison, and whether there is a page', async () => {
		const form = {
			operation: 'compare',
			prompt: 'scene',
			seconds: 8,
			modelsFrom: '={{ $json.by }}',
			modelIds: '={{ $json.models }}',
			comparisonPage: '={{ $json.page }}',
			pageBinaryField: '',
			output: '={{ $json.output }}',
		};
		const row = { by: 'text', models: ['sora-2', 'p-video'], page: false, output: 'url' };
		const items = itemsOf(await stage.run(form, [{ json: row }]));
		expect(items.map(({ json }) => json.model)).toEqual(['sora-2', 'p-video']);
	});
});
