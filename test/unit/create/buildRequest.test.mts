import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { buildRequest } from '../../../nodes/Lumenfall/create/buildRequest';
import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import { fitToModel } from '../../../nodes/Lumenfall/models/fitToModel';
import type { VideoSettings } from '../../../nodes/Lumenfall/request/videoRequest';

const form: VideoSettings = {
	model: 'sora-2',
	prompt: 'a paper boat',
	seconds: 8,
	additionalParameters: {},
};

function refusalOf(change: Partial<VideoSettings>): string {
	try {
		const request = buildRequest({ ...form, ...change });
		fitToModel(request, mergeInfo(request.model), 'refuse');
	} catch (error) {
		return failureOf(error)?.message ?? `not a failure record: ${String(error)}`;
	}
	return 'accepted';
}

test.each<[Partial<VideoSettings>, RegExp]>([
	[{ prompt: '' }, /'Prompt' is empty/],
	[{ prompt: ' \n ' }, /'Prompt' is empty/],
	[{ model: ' ' }, /'Model' is empty/],
	[{ seconds: 0 }, /'Duration \(Seconds\)' is 0/],
	[{ seconds: -4 }, /'Duration \(Seconds\)' is -4/],
	[{ seconds: 999 }, /'Duration \(Seconds\)' is 999/],
	[{ seconds: Number.NaN }, /'Duration \(Seconds\)'/],
	[{ seconds: Number.POSITIVE_INFINITY }, /'Duration \(Seconds\)'/],
	[{ seconds: 21 }, /'Duration \(Seconds\)' is 21, but Sora 2 supports at most 20 seconds/],
	[{ model: 'openai/sora-2', seconds: 21 }, /at most 20 seconds/],
	[{ model: 'sora-2-2025-12-08', seconds: 21 }, /at most 20 seconds/],
	[{ resolution: '1080p' }, /'Resolution' is 1080p, but Sora 2 supports only 720p/],
	[{ aspectRatio: '1:1' }, /'Aspect Ratio' is 1:1, but Sora 2 supports only 16:9 or 9:16/],
	[{ aspectRatio: 'wide' }, /'Aspect Ratio' is 'wide'/],
	[{ resolution: 'huge' }, /'Resolution' is 'huge'/],
	[{ customSize: '1920x1080' }, /'Custom Size' is 1920x1080, but Sora 2 supports only/],
	[{ customSize: 'big' }, /'Custom Size' is 'big'/],
	[{ customSize: '' }, /'Custom Size' is empty/],
	[{ additionalParameters: { prompt: 'other' } }, /must not contain 'prompt'/],
	[
		{ additionalParameters: { model: 'x', idempotency_key: 'y' } },
		/must not contain 'model', 'idempotency_key'/,
	],
	[{ additionalParameters: { seconds: 500 } }, /must not contain 'seconds'/],
	[{ additionalParameters: { duration: 500 } }, /must not contain 'duration'/],
	[{ aspectRatio: '0:9' }, /'Aspect Ratio' is '0:9'/],
	...[4, [1], true, '2', 0, 1.5, '4', 'two', { value: 1 }].map(
		(n): [Partial<VideoSettings>, RegExp] => [
			{ additionalParameters: { n } },
			/several videos at once \('n'\)/,
		],
	),
	...[
		'num_videos',
		'numVideos',
		'num_outputs',
		'number_of_videos',
		'sampleCount',
		'video_count',
	].map((name): [Partial<VideoSettings>, RegExp] => [
		{ additionalParameters: { [name]: 8 } },
		new RegExp(`several videos at once \\('${name}'\\)`),
	]),
	[{ additionalParameters: { batch_size: '2' } }, /several videos/],
	[{ additionalParameters: { num_videos_per_prompt: 2 } }, /several videos/],
	[{ additionalParameters: { extra_body: { n: 4 } } }, /several videos/],
	[{ additionalParameters: { parameters: { input: { sample_count: 4 } } } }, /several videos/],
	[{ idempotencyKey: 'k'.repeat(257) }, /'Idempotency Key' is longer than 256/],
])('%j is refused before anything is sent', (change, message) => {
	expect(refusalOf(change)).toMatch(message);
});

test.each<Partial<VideoSettings>>([
	{ seconds: 20 },
	{ seconds: 4 },
	{ aspectRatio: '9:16', resolution: '720p' },
	{ customSize: '1280 x 720' },
	{ customSize: '720X1280' },
	{ customSize: '1280×720' },
	{ model: 'kling-v3', aspectRatio: '1:1', resolution: '1080p', seconds: 15 },
	{ model: 'sora-2-pro', resolution: '1080p' },
	{ model: 'a-model-of-my-own', customSize: '3840x2160', seconds: 60 },
	{ additionalParameters: { style: 'film', n: 1 } },
	{ additionalParameters: { n: '1', num_videos: 1.0, sample_count: null, video_count: '' } },
	{ additionalParameters: { num_frames: 81, num_inference_steps: 30, output_format: 'mp4' } },
	{
		additionalParameters: {
			webhook_url: 'https://example.com/hook',
			input_reference: [{ image_url: 'https://a/b.png' }],
		},
	},
	{ idempotencyKey: 'k'.repeat(256) },
])('%j is accepted', (change) => {
	expect(refusalOf(change)).toBe('accepted');
});

test('prompt and model are trimmed, and a custom size is normalised', () => {
	expect(
		buildRequest({ ...form, prompt: ' hi ', model: ' x ', customSize: '640 X 480' }),
	).toMatchObject({
		prompt: 'hi',
		model: 'x',
		size: '640x480',
	});
});

test.each(['input_reference', 'frame_images', 'input_references'])(
	'an image of the form cannot be replaced by %s in the additional parameters',
	(name) => {
		const imageFile = { kind: 'url', url: 'https://a/b.png' } as const;
		const asked = { ...form, additionalParameters: { [name]: [] } };
		for (const images of [{ image: imageFile }, { referenceImages: [imageFile] }])
			expect(() => buildRequest(asked, images)).toThrow(`must not contain '${name}'`);
		expect(() => buildRequest(asked)).not.toThrow();
	},
);

test('the parameter for a last frame has an unused name, and is ignored without a last frame', () => {
	const lastFrame = { kind: 'url', url: 'https://a/b.png' } as const;
	const build = (lastFrameParameter: string, raw = {}) =>
		buildRequest(
			{ ...form, lastFrameParameter, additionalParameters: raw },
			{ image: lastFrame, lastFrame },
		);
	expect(build('end_image_url')).toMatchObject({ lastFrameParameter: 'end_image_url' });
	for (const name of ['prompt', 'seconds', 'size', 'seed', 'n', 'input_reference', 'a b', '1'])
		expect(() => build(name)).toThrow(/cannot be the name of a parameter for a last frame/);
	expect(() => build('tail', { tail: 'x' })).toThrow(/must not contain 'tail'/);
	const without = buildRequest({ ...form, lastFrameParameter: 'tail' }, { image: lastFrame });
	expect(without).toEqual(buildRequest(form, { image: lastFrame }));
});
