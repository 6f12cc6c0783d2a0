import { decodeOpenRouterModels } from '../../../nodes/Lumenfall/transport/dialects/openRouter/models';
import { pricesOfSkus } from '../../../nodes/Lumenfall/transport/dialects/openRouter/prices';

function decode(model: object) {
	const [info] = decodeOpenRouterModels({ data: [{ id: 'google/veo-3.1', ...model }] });
	return info;
}

test('every field of an OpenRouter model is read into the model info', () => {
	expect(
		decode({
			name: 'Google: Veo 3.1',
			canonical_slug: 'google/veo-3.1',
			supported_durations: [4, 6, 8],
			supported_resolutions: ['720p', '1080p', '4K'],
			supported_aspect_ratios: ['16:9', '9:16'],
			supported_sizes: null,
			supported_frame_images: ['first_frame', 'last_frame'],
			input_modalities: ['text', 'image'],
			generate_audio: true,
			pricing_skus: { duration_seconds_with_audio: '0.40', duration_seconds_without_audio: '0.20' },
		}),
	).toEqual({
		id: 'google/veo-3.1',
		name: 'Google: Veo 3.1',
		makesVideo: true,
		modes: ['text-to-video', 'image-to-video'],
		seconds: { values: [4, 6, 8] },
		aspectRatios: ['16:9', '9:16'],
		resolutions: ['720p', '1080p', '2160p'],
		sound: 'optional',
		images: { frames: ['first', 'last'] },
		prices: [
			{ usdPerSecond: 0.4, audio: true },
			{ usdPerSecond: 0.2, audio: false },
		],
	});
});

test.each<[string, object]>([
	['null everywhere', { supported_durations: null, supported_frame_images: null }],
	['empty lists', { supported_resolutions: [], supported_aspect_ratios: [], supported_sizes: [] }],
	['words of another kind', { supported_resolutions: ['720p', '1K'] }],
	['a role nobody knows', { supported_frame_images: ['first_frame', 'middle_frame'] }],
	['values of the wrong type', { supported_durations: 'any', pricing_skus: 'on request' }],
	['prices that are not numbers', { pricing_skus: { duration_seconds: { type: 'second' } } }],
	['a price that is null', { pricing_skus: { duration_seconds: null } }],
	['tokens as the unit', { pricing_skus: { video_tokens: '0.0000024' } }],
])('%s: such a field counts as absent, so no request is refused because of it', (_, fields) => {
	expect(decode(fields)).toEqual({ id: 'google/veo-3.1', makesVideo: true });
});

test('a model is found by its permanent slug, and one with frames supports image to video', () => {
	expect(decode({ canonical_slug: 'google/veo-3.1-20251015' })).toMatchObject({
		aliases: ['google/veo-3.1-20251015'],
	});
	expect(decode({ supported_frame_images: ['first_frame'] })).toMatchObject({
		modes: ['text-to-video', 'image-to-video'],
	});
});

test('a model with an empty list of frames supports none, and an entry without an id is left out', () => {
	expect(decode({ supported_frame_images: [] }).images).toEqual({ frames: [] });
	expect(decodeOpenRouterModels({ data: [{ canonical_slug: 'x' }, null] })).toEqual([]);
	expect(decodeOpenRouterModels('<h1>Welcome</h1>')).toEqual([]);
});

describe('prices by SKU', () => {
	test.each<[string, Record<string, number>, object[]]>([
		['one for all', { duration_seconds: 0.1 }, [{ usdPerSecond: 0.1 }]],
		[
			'by resolution',
			{ duration_seconds_480p: 0.05, duration_seconds_4k: 0.4 },
			[
				{ usdPerSecond: 0.05, resolution: '480p' },
				{ usdPerSecond: 0.4, resolution: '2160p' },
			],
		],
		[
			'by sound and resolution, where one price is for all other resolutions',
			{ duration_seconds_with_audio: 0.12, duration_seconds_with_audio_720p: 0.1 },
			[
				{ usdPerSecond: 0.12, resolution: '1080p', audio: true },
				{ usdPerSecond: 0.1, resolution: '720p', audio: true },
			],
		],
		[
			'of one sound only for a resolution, whose other price is then not known',
			{
				duration_seconds_with_audio: 0.4,
				duration_seconds_without_audio: 0.2,
				duration_seconds_with_audio_1080p: 0.6,
			},
			[
				{ usdPerSecond: 0.4, resolution: '720p', audio: true },
				{ usdPerSecond: 0.2, resolution: '720p', audio: false },
				{ usdPerSecond: 0.6, resolution: '1080p', audio: true },
			],
		],
		[
			'by mode',
			{ text_to_video_duration_seconds: 0.1, image_to_video_duration_seconds: 0.2 },
			[
				{ usdPerSecond: 0.1, mode: 'text-to-video' },
				{ usdPerSecond: 0.2, mode: 'image-to-video' },
			],
		],
		[
			'in cents, with a fee for images, so that it is known without them only',
			{ cents_per_image_input: 1, cents_per_video_output_second_720p: 3 },
			[{ usdPerSecond: 0.03, resolution: '720p', mode: 'text-to-video' }],
		],
		[
			'as in the guide',
			{ 'per-video-second': 0.5, 'per-video-second-1080p': 0.75 },
			[
				{ usdPerSecond: 0.5, resolution: '720p' },
				{ usdPerSecond: 0.75, resolution: '1080p' },
			],
		],
	])('%s', (_, skus, tiers) => {
		expect(pricesOfSkus(skus, ['720p', '1080p'])).toEqual(tiers);
	});

	test.each<[string, Record<string, number>]>([
		['none', {}],
		['a name that is not understood', { duration_seconds: 0.1, minimum_charge: 0.5 }],
		['tokens', { video_tokens: 0.0000024 }],
		['a tier of unknown lines', { duration_seconds_1k: 0.1 }],
		['a price for a film that is continued', { cents_per_second_video_continuation_720p: 41 }],
		['some by sound and some not', { duration_seconds: 0.1, duration_seconds_with_audio: 0.2 }],
		['no number', { duration_seconds: NaN }],
		['only a fee', { reference_images: 0.04 }],
		['a fee beside images only', { image_to_video_duration_seconds: 0.1, reference_images: 0.04 }],
	])('%s: there is no price rather than a wrong one', (_, skus) => {
		expect(pricesOfSkus(skus, ['720p', '1080p'])).toBeUndefined();
	});

	test('a price for the other resolutions does not apply if those resolutions are unknown', () => {
		expect(pricesOfSkus({ duration_seconds: 0.1, duration_seconds_4k: 0.4 })).toBeUndefined();
	});
});
