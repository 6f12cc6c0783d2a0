import { RULED_OUT } from '../support/ruledOutRequests.mts';
import {
	byId,
	CORES,
	hintsOf,
	NODE,
	onlyItem,
	RETRY,
	sharedStage,
	small,
	textToVideo,
	untilTrue,
} from './stage.mts';

describe.each(CORES)('values that a model does not support on %s', (core) => {
	const stage = sharedStage(core, { renderer: 'tiny' });

	test(`none of ${RULED_OUT.length} requests that are ruled out reaches the create endpoint`, async () => {
		const items = RULED_OUT.map(([model, { image, ...request }]) => ({
			json: { model, operation: image ? 'imageToVideo' : 'textToVideo', ...request },
		}));
		const result = await stage.run(
			{
				operation: 'imageToVideo',
				imageSource: 'url',
				imageUrl: 'https://example.com/a.png',
				model: byId('={{ $json.model }}'),
				prompt: '={{ $json.prompt ?? "a paper boat" }}',
				seconds: '={{ $json.seconds ?? 5 }}',
				aspectRatio: '={{ $json.customSize ? "custom" : ($json.aspectRatio ?? "modelDefault") }}',
				customSize: '={{ $json.customSize }}',
				resolution: '={{ $json.resolution ?? "modelDefault" }}',
			},
			items,
			{ onError: 'continueRegularOutput' },
		);
		const messages = result.output(NODE).map(({ json }) => json.error);
		expect(messages).toHaveLength(RULED_OUT.length);
		RULED_OUT.forEach(([, , message], index) => expect(messages[index]).toMatch(message));
		expect(stage.requests('create')).toEqual([]);
		expect(stage.requests('estimate')).toEqual([]);
	});

	test('the nearest value is used if the user has chosen that, and a hint shows it', async () => {
		const options = { unsupportedValues: 'nearest' };
		const result = await stage.run(
			textToVideo({ model: byId('sora-2'), seconds: 25, aspectRatio: '1:1', options }),
		);
		const { json } = onlyItem(result);
		expect(json.adjusted).toEqual({
			seconds: { requested: 25, used: 20 },
			aspectRatio: { requested: '1:1', used: '16:9' },
		});
		expect(stage.sandbox.jobs()).toMatchObject([{ seconds: 20, width: 1280, height: 720 }]);
		expect(hintsOf(result)).toEqual([
			"Item 0: 'Duration (Seconds)' is 20 instead of 25, the nearest value that sora-2 supports.",
			"Item 0: 'Aspect Ratio' is 16:9 instead of 1:1, the nearest value that sora-2 supports.",
			'Cost of this run: 2.00 USD for 1 video.',
		]);
	});

	test('a re-run resumes the job with the adjusted values, without requesting models again', async () => {
		stage.sandbox.addFault({ on: 'media', do: 'html', times: 5 });
		const change = {
			model: byId('p-video'),
			seconds: 30,
			options: { unsupportedValues: 'nearest' },
		};
		const result = await stage.run(small(change), [{ json: {} }], RETRY);
		expect(onlyItem(result).json.adjusted).toEqual({ seconds: { requested: 30, used: 10 } });
		expect(stage.sandbox.jobs()).toHaveLength(1);
		expect(stage.requests('models')).toHaveLength(2);
	});

	test('Stop does not wait for a slow list of models', async () => {
		stage.sandbox.addFault({ on: 'models', do: 'slow', delayMs: 5_000, times: 2 });
		const { result, cancel } = stage.engine.start(stage.workflow(small()), {
			pinData: { Start: [{ json: {} }] },
		});
		await untilTrue(() => stage.requests('models').length === 2);
		const stoppedAt = Date.now();
		cancel();
		await result;
		expect(Date.now() - stoppedAt).toBeLessThan(2_000);
		expect(stage.requests('create')).toEqual([]);
	});

	test('the model list is requested once per run, and a missing response blocks nothing', async () => {
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		await stage.run(small(), items);
		expect(stage.requests('models').map(({ path }) => path)).toEqual([
			'/openai/v1/models',
			'/v1/models/p-video',
		]);
		stage.sandbox.addFault({ on: 'models', do: 'status', status: 500, times: 99 });
		expect((await stage.run(small(), items)).output(NODE)).toHaveLength(3);
	});
});
