import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { buildRequest, withModel } from '../../../nodes/Lumenfall/create/buildRequest';
import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import { fitToModel } from '../../../nodes/Lumenfall/models/fitToModel';
import type { SourceVideo } from '../../../nodes/Lumenfall/request/sourceVideo';
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
	...['[object Object]', 'A boat. [object Object]', 'A {{ $json.thing }} in rain', 'FALSE'].flatMap(
		(text): Array<[Partial<VideoSettings>, RegExp]> => [
			[{ prompt: text }, /^'Prompt' is '.*expression/],
			[{ negativePrompt: text }, /^'Negative Prompt' is '.*expression/],
			[{ idempotencyKey: text }, /^'Idempotency Key' is '.*expression/],
			[{ user: text }, /^'User' is '.*expression/],
		],
	),
	...['true', '42', '-1', '0.8', '1,000'].map((prompt): [Partial<VideoSettings>, RegExp] => [
		{ prompt },
		/^'Prompt' is '.*expression/,
	]),
	[{ model: ' ' }, /'Model' is empty/],
	[{ seconds: 0 }, /'Duration \(Seconds\)' is 0/],
	[{ seconds: -4 }, /'Duration \(Seconds\)' is -4/],
	[{ seconds: 999 }, /'Duration \(Seconds\)' is 999/],
	[{ model: 'a-model-of-my-own', seconds: 601 }, /'Duration \(Seconds\)' is 601/],
	[{ seconds: undefined }, /'Duration \(Seconds\)'/],
	[{ seconds: Number.NaN }, /'Duration \(Seconds\)'/],
	[{ seconds: Number.POSITIVE_INFINITY }, /'Duration \(Seconds\)'/],
	[{ seconds: 21 }, /'Duration \(Seconds\)' is 21, but Sora 2 supports at most 20 seconds/],
	[{ model: 'openai/sora-2', seconds: 21 }, /at most 20 seconds/],
	[{ model: 'sora-2-2025-12-08', seconds: 21 }, /at most 20 seconds/],
	[{ resolution: '1080p' }, /'Resolution' is 1080p, but Sora 2 supports only 720p/],
	[{ aspectRatio: '1:1' }, /'Aspect Ratio' is 1:1, but Sora 2 supports only 16:9 or 9:16/],
	[{ aspectRatio: 'wide' }, /'Aspect Ratio' is 'wide'/],
	[{ aspectRatio: 'about 16:9' }, /'Aspect Ratio' is 'about 16:9'/],
	[{ aspectRatio: '16:9 or so' }, /'Aspect Ratio' is '16:9 or so'/],
	[{ resolution: 'huge' }, /'Resolution' is 'huge'/],
	[{ resolution: 'at 720p' }, /'Resolution' is 'at 720p'/],
	[{ resolution: '720px' }, /'Resolution' is '720px'/],
	[{ customSize: '1920x1080' }, /'Custom Size' is 1920x1080, but Sora 2 supports only/],
	[{ customSize: 'big' }, /'Custom Size' is 'big'/],
	[{ customSize: 'w1280x720' }, /'Custom Size' is 'w1280x720'/],
	[{ customSize: '1280x720p' }, /'Custom Size' is '1280x720p'/],
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
		...['candidate_count', 'copies', 'variants', 'max_outputs', 'videoNum'],
		'video_count',
	].map((name): [Partial<VideoSettings>, RegExp] => [
		{ additionalParameters: { [name]: 8 } },
		new RegExp(`several videos at once \\('${name}'\\)`),
	]),
	[{ additionalParameters: { batch_size: '2' } }, /several videos/],
	[{ additionalParameters: { 'n[]': 2 } }, /several videos/],
	[{ additionalParameters: { videos: 4 } }, /several videos/],
	[{ additionalParameters: { samples: '4' } }, /several videos/],
	[{ additionalParameters: { num_return_sequences: 4 } }, /several videos/],
	[{ additionalParameters: { extra_params: '{"n": 4}' } }, /several videos/],
	[{ additionalParameters: { num_videos_per_prompt: 2 } }, /several videos/],
	[{ additionalParameters: { style: 'film', n: 2 } }, /several videos/],
	[{ additionalParameters: { extra_body: { n: 4 } } }, /several videos/],
	[{ additionalParameters: { extra_body: { body: { input: { n: 4 } } } } }, /several videos/],
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
	{ customSize: ' 1280x720 ' },
	{ customSize: '720X1280' },
	{ customSize: '1280×720' },
	{ model: 'kling-v3', aspectRatio: '1:1', resolution: '1080p', seconds: 15 },
	{ model: 'sora-2-pro', resolution: '1080p' },
	{ model: 'a-model-of-my-own', customSize: '3840x2160', seconds: 600 },
	{ additionalParameters: { style: 'film', n: 1 } },
	{ additionalParameters: { n: '1', num_videos: 1.0, sample_count: null, video_count: '' } },
	{ additionalParameters: { num_frames: 81, num_inference_steps: 30, output_format: 'mp4' } },
	{
		additionalParameters: { videos: ['https://a/b.mp4'], samples: 1, outputs: 'url', results: 0.5 },
	},
	{ additionalParameters: { samples: 44_100, subtitles: { clips: 2 }, msaa: { samples: 8 } } },
	{ additionalParameters: { style: '{ a poster with n: 4 stars }', extra_params: '{"n": 1}' } },
	// No server reads a number of videos from so deep inside a setting.
	{ additionalParameters: { camera: { path: { points: { first: { n: 4 } } } } } },
	{
		additionalParameters: {
			webhook_url: 'https://example.com/hook',
			input_reference: [{ image_url: 'https://a/b.png' }],
		},
	},
	{ idempotencyKey: 'k'.repeat(256) },
	{ idempotencyKey: '42', user: '7', negativePrompt: '3 people', prompt: '3 boats' },
	{ prompt: 'true colors', idempotencyKey: 'order-true', user: 'Truelove' },
])('%j is accepted', (change) => {
	expect(refusalOf(change)).toBe('accepted');
});

test.each<[Partial<VideoSettings>, string]>([
	[{ aspectRatio: 'wide' }, 'a ratio such as 16:9'],
	[{ resolution: 'huge' }, 'a resolution such as 720p'],
])('the error for %j shows what a valid value looks like', (change, example) => {
	const refused = () => buildRequest({ ...form, ...change });
	expect(refused).toThrow(
		expect.objectContaining({
			failure: expect.objectContaining({ advice: `Enter ${example}.` }),
		}),
	);
});

test('prompt and model are trimmed, and a custom size is normalized', () => {
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

test.each<[string, Partial<VideoSettings>]>([
	['input_references', { referenceVideos: ['https://a/b.mp4'] }],
	['input_references', { referenceAudio: ['https://a/b.mp3'] }],
	['webhook_url', { webhookUrl: 'https://n8n.example.com/hook' }],
])('%s in the additional parameters cannot replace what %j sends there', (name, change) => {
	const additionalParameters = { [name]: 'other' };
	expect(() => buildRequest({ ...form, ...change, additionalParameters })).toThrow(
		`must not contain '${name}'`,
	);
	expect(() => buildRequest({ ...form, additionalParameters })).not.toThrow();
});

describe('an earlier video', () => {
	const video = { kind: 'url', url: 'https://a/b.mp4' } as const;
	const extended: SourceVideo = { change: 'extend', video, way: 'changeRoute' };
	const edited: SourceVideo = { ...extended, change: 'edit' };
	const build = (source: SourceVideo | undefined, change: Partial<VideoSettings> = {}) =>
		buildRequest({ ...form, ...change }, {}, source);

	test('is part of the request only if there is one', () => {
		expect(build(extended)).toEqual({ ...form, source: extended });
		expect(build(undefined)).not.toHaveProperty('source');
	});

	test('needs no prompt', () => {
		expect(build(edited, { prompt: '' })).toMatchObject({ prompt: '', source: edited });
	});

	test('keeps its length if it is edited, unless the form has a valid one', () => {
		expect(build(edited, { seconds: undefined }).seconds).toBeUndefined();
		expect(build(edited, { seconds: 5 }).seconds).toBe(5);
		expect(() => build(edited, { seconds: 999 })).toThrow(/'Duration \(Seconds\)' is 999/);
	});

	test('is extended by a number of seconds, which must be there', () => {
		expect(() => build(extended, { seconds: undefined })).toThrow(/'Duration \(Seconds\)'/);
	});

	test.each(['video', 'video_url', 'input_video', 'previous_job_id', 'extend_video_id', 'media'])(
		'cannot be replaced by %s in the additional parameters',
		(name) => {
			const change = { additionalParameters: { [name]: 'other' } };
			expect(() => build(edited, change)).toThrow(`must not contain '${name}'`);
			expect(() => build(undefined, change)).not.toThrow();
		},
	);
});

describe('the idempotency key of the form', () => {
	test('stays the same for the model of the form, and is another one for a fallback model', () => {
		const request = buildRequest({ ...form, idempotencyKey: 'order-7' });
		expect(withModel(request, 'sora-2')).toBe(request);
		expect(withModel(request, 'wan-2.6')).toMatchObject({
			model: 'wan-2.6',
			idempotencyKey: 'order-7/wan-2.6',
		});
	});

	test('is not made up if the form has none', () => {
		expect(withModel(buildRequest(form), 'wan-2.6')).not.toHaveProperty('idempotencyKey');
	});
});

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
