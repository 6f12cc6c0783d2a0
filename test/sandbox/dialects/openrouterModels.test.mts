import { dataUri, drawImageFile, openBench, type Json } from '../support.mts';

const bench = openBench({ dialect: 'openrouter' });

const listed = async (path = 'videos/models'): Promise<Json[]> =>
	(await bench.client.get(path)).body.data;
const entry = async (id: string) => (await listed()).find((model) => model.id === id);

describe('the list of video models', () => {
	it('contains everything that the schema requires', async () => {
		expect(await entry('google/veo-3.1')).toEqual({
			id: 'google/veo-3.1',
			canonical_slug: 'google/veo-3.1',
			name: 'Google: Veo 3.1',
			description: expect.any(String),
			created: expect.any(Number),
			hugging_face_id: null,
			input_modalities: ['text', 'image'],
			supported_resolutions: ['720p', '1080p', '4K'],
			supported_aspect_ratios: ['16:9', '9:16', '1:1'],
			supported_sizes: expect.arrayContaining(['1280x720', '1080x1920', '2160x2160']),
			supported_durations: [8, 4, 6],
			supported_frame_images: ['first_frame', 'last_frame'],
			generate_audio: true,
			seed: true,
			upscale_factor: null,
			creativity: null,
			pricing_skus: expect.any(Object),
			allowed_passthrough_parameters: [],
		});
	});

	it('contains the frames that a model supports, and only resolutions that the API supports', async () => {
		expect((await entry('sora-2')).supported_frame_images).toEqual(['first_frame']);
		expect(await entry('pixverse-v5.6')).toMatchObject({
			supported_frame_images: ['first_frame', 'last_frame'],
			supported_resolutions: ['720p', '1080p'],
			supported_durations: [5, 8, 10],
			generate_audio: null,
		});
		expect(await entry('mock-video')).toMatchObject({
			supported_frame_images: null,
			input_modalities: ['text'],
			seed: null,
		});
	});

	it('names prices in every way that is known from live responses', async () => {
		const skus = async (id: string) => (await entry(id)).pricing_skus;
		expect(await skus('sora-2')).toEqual({ duration_seconds: '0.1' });
		expect(await skus('wan-2.6')).toEqual({
			duration_seconds_720p: '0.1',
			duration_seconds_1080p: '0.15',
		});
		expect(await skus('google/veo-3.1')).toEqual({
			duration_seconds_with_audio: '0.4',
			duration_seconds_with_audio_4k: '0.6',
			duration_seconds_without_audio: '0.2',
			duration_seconds_without_audio_4k: '0.4',
		});
		expect(await skus('veo-3.1-lite')).toEqual({
			duration_seconds_with_audio: '0.05',
			duration_seconds_with_audio_1080p: '0.08',
			duration_seconds_without_audio: '0.03',
			duration_seconds_without_audio_1080p: '0.05',
		});
		expect(await skus('seedance-2.0')).toEqual({
			text_to_video_duration_seconds_480p: '0.303',
			text_to_video_duration_seconds_720p: '0.303',
			text_to_video_duration_seconds_1080p: '0.303',
			image_to_video_duration_seconds_480p: '0.302',
			image_to_video_duration_seconds_720p: '0.302',
			image_to_video_duration_seconds_1080p: '0.302',
		});
		expect(await skus('grok-imagine-video')).toEqual({
			cents_per_image_input: '0.2',
			cents_per_video_output_second_480p: '5',
			cents_per_video_output_second_720p: '5',
		});
	});
});

describe('the bill', () => {
	interface Asked {
		duration: number;
		resolution: string;
		generate_audio: boolean;
		images: number;
	}

	/** Returns the price by the list: the most specific name, per second, plus the images. */
	function priceOf(skus: Record<string, string>, asked: Asked): number {
		const lines = asked.resolution.toLowerCase();
		const sound = asked.generate_audio ? 'with_audio' : 'without_audio';
		const mode = asked.images > 0 ? 'image_to_video' : 'text_to_video';
		const names = [
			`duration_seconds_${sound}_${lines}`,
			`duration_seconds_${sound}`,
			`${mode}_duration_seconds_${lines}`,
			`duration_seconds_${lines}`,
			'duration_seconds',
		];
		const name = names.find((one) => one in skus);
		const perSecond = name
			? Number(skus[name])
			: Number(skus[`cents_per_video_output_second_${lines}`]) / 100;
		const perImage = Number(skus.cents_per_image_input ?? 0) / 100;
		return perSecond * asked.duration + perImage * asked.images;
	}

	it('is that of the price list, for every model, resolution, sound and mode', async () => {
		const url = dataUri(await drawImageFile(64, 36));
		const image = { type: 'image_url', image_url: { url }, frame_type: 'first_frame' };
		const expected: number[] = [];
		for (const model of await listed()) {
			// The name of its price is unknown.
			if (model.upscale_factor) continue;
			const [duration] = model.supported_durations;
			for (const resolution of model.supported_resolutions) {
				for (const generate_audio of [true, false]) {
					for (const images of model.supported_frame_images ? [0, 1] : [0]) {
						const asked = { duration, resolution, generate_audio };
						const frame_images = images > 0 ? [image] : [];
						await bench.client.create({
							prompt: 'A kite',
							model: model.id,
							...asked,
							frame_images,
						});
						expected.push(priceOf(model.pricing_skus, { ...asked, images }));
					}
				}
			}
		}
		const costs: number[] = [];
		for (const { id } of bench.sandbox.jobs()) {
			costs.push((await bench.client.ended(id)).usage.cost);
		}
		expect(costs.length).toBeGreaterThan(70);
		expect(costs).toEqual(expected.map((usd) => expect.closeTo(usd, 6)));
	});

	it('includes sound unless the request excludes it, and counts references as images', async () => {
		const url = dataUri(await drawImageFile(64, 36));
		const input_references = [1, 2].map(() => ({ type: 'image_url', image_url: { url } }));
		const prompt = 'A kite';
		const orders = [
			{ prompt, model: 'veo-3.1-fast', duration: 4 },
			{ prompt, model: 'seedance-2.0', duration: 4, input_references },
			{ prompt, model: 'grok-imagine-video', duration: 4, input_references },
		];
		const costs: number[] = [];
		for (const request of orders) {
			const { id } = (await bench.client.create(request)).body;
			costs.push((await bench.client.ended(id)).usage.cost);
		}
		expect(costs).toEqual([0.8, 1.208, 0.204]);
	});
});

describe('the list of all models', () => {
	const ids = async (path: string) => (await listed(path)).map(({ id }) => id);

	it('has only language models, unless video is requested', async () => {
		expect(await ids('models')).toEqual(['openai/gpt-4', 'qwen/qwen3-vl-8b-instruct']);
		expect(await ids('models?output_modalities=video')).toEqual(await ids('videos/models'));
		expect(await ids('models?output_modalities=all')).toEqual([
			...(await ids('models')),
			...(await ids('videos/models')),
		]);
	});

	it("is not a list in OpenAI's format, and contains nothing about video", async () => {
		const { body } = await bench.client.get('models?output_modalities=video');
		expect(Object.keys(body)).toEqual(['data', 'total_count', 'links']);
		expect(body.data[0]).toMatchObject({ architecture: { output_modalities: ['video'] } });
		expect(body.data[0]).not.toHaveProperty('supported_durations');
	});
});
