import fc from 'fast-check';
import { buildRequest } from '../../../nodes/Lumenfall/create/buildRequest';
import { requirementsOf } from '../../../nodes/Lumenfall/request/requirements';
import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import { allProfiles } from '../../../nodes/Lumenfall/models/profiles';
import { exactPrice, priceOf } from '../../../nodes/Lumenfall/models/price';
import type { VideoSettings } from '../../../nodes/Lumenfall/request/videoRequest';

const IMAGE = { kind: 'url', url: 'https://example.com/a.png' } as const;

const askedBy = (form: Partial<VideoSettings>, image = false) =>
	requirementsOf(
		buildRequest(
			{ model: 'x', prompt: 'a', seconds: 4, additionalParameters: {}, ...form },
			image ? { image: IMAGE } : {},
		),
	);

test.each<[string, Partial<VideoSettings>, number | undefined, number | undefined]>([
	['sora-2', {}, 0.4, 0.4],
	['sora-2', { seconds: 20, customSize: '1365x768' }, 2, 2],
	['sora-2-pro', { resolution: '720p' }, 1.2, 1.2],
	['sora-2-pro', { resolution: '1080p' }, 2, 2],
	['sora-2-pro', { customSize: '1920x1080' }, 2, 2],
	['sora-2-pro', {}, 1.2, 2],
	['sora-2-pro', { customSize: '1024x1792' }, undefined, undefined],
	['veo-3.1-fast', {}, 0.4, 0.8],
	['veo-3.1-fast', { audio: false }, 0.4, 0.4],
	['veo-3.1-fast', { additionalParameters: { generate_audio: true } }, 0.8, 0.8],
	['veo-3.1-lite', { audio: false, resolution: '1080p' }, 0.2, 0.2],
	['veo-3.1-lite', {}, 0.12, 0.32],
	['kling-v3', {}, 0.336, 1.008],
	['fal/kling-v3', {}, 0.336, 0.616],
	['seedance-2.0', { resolution: '720p' }, 1.212, 1.212],
	['seedance-2.0', {}, undefined, undefined],
	['seedance-2.0', { resolution: '1080p' }, undefined, undefined],
	['wan-2.6', { resolution: '1080p' }, 0.6, 0.6],
	['pixverse-v5.6', {}, undefined, undefined],
	['mock-video', {}, 0, 0],
	['my-own', {}, undefined, undefined],
])('%s with %j costs from %d up to %d', (model, form, from, upTo) => {
	const range = priceOf(mergeInfo(model), askedBy({ model, ...form }));
	expect([range?.from, range?.upTo]).toEqual([from, upTo]);
	expect(exactPrice(range)).toBe(from === upTo ? from : undefined);
});

test('the price per second can be different with an image', () => {
	const requested = askedBy({ resolution: '720p' }, true);
	expect(exactPrice(priceOf(mergeInfo('seedance-2.0'), requested))).toBe(1.208);
});

test('a more detailed request never makes its price less certain', () => {
	const said = fc.record(
		{
			resolution: fc.constantFrom('720p', '1080p'),
			audio: fc.boolean(),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(
			fc.constantFrom(...allProfiles()),
			said,
			fc.integer({ min: 1, max: 20 }),
			(info, more, seconds) => {
				const open = priceOf(info, askedBy({ seconds }));
				const known = priceOf(info, askedBy({ seconds, ...more }));
				if (!open || !known) return;
				expect(known.from).toBeGreaterThanOrEqual(open.from);
				expect(known.upTo).toBeLessThanOrEqual(open.upTo);
			},
		),
	);
});
