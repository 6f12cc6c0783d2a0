import fc from 'fast-check';
import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { buildRequest } from '../../../nodes/Lumenfall/create/buildRequest';
import { mergeInfo } from '../../../nodes/Lumenfall/models/mergeInfo';
import type { ModelInfo } from '../../../nodes/Lumenfall/models/modelInfo';
import { fitToModel } from '../../../nodes/Lumenfall/models/fitToModel';
import { allProfiles } from '../../../nodes/Lumenfall/models/profiles';
import { RULED_OUT } from '../../support/ruledOutRequests.mts';
import type { RequestImages, Adjusted } from '../../../nodes/Lumenfall/request/videoRequest';
import type { ImageRole } from '../../../nodes/Lumenfall/request/requirements';
import type { VideoSettings } from '../../../nodes/Lumenfall/request/videoRequest';

const form: VideoSettings = {
	model: 'any',
	prompt: 'a paper boat',
	seconds: 5,
	additionalParameters: {},
};
const IMAGE = { kind: 'url', url: 'https://example.com/a.png' } as const;

/** The message of a refusal, or 'accepted' if the request is accepted. */
function outcome(
	change: Partial<VideoSettings>,
	info: ModelInfo,
	{ image = false } = {},
	rule: 'refuse' | 'nearest' | 'send' = 'refuse',
): string {
	try {
		fitToModel(buildRequest({ ...form, ...change }, image ? { image: IMAGE } : {}), info, rule);
	} catch (error) {
		return failureOf(error)?.message ?? String(error);
	}
	return 'accepted';
}

test.each(RULED_OUT)(
	'%s: %j is refused, and the message contains what the model supports',
	(...row) => {
		const [model, { image, ...change }, message] = row;
		expect(outcome({ model, ...change }, mergeInfo(model), { image })).toMatch(message);
		expect(outcome({ model, ...change }, mergeInfo(model), { image }, 'send')).toBe('accepted');
	},
);

test('the table of refusals is long, and covers every model with limits', () => {
	expect(RULED_OUT.length).toBeGreaterThanOrEqual(40);
	const ids = new Set(RULED_OUT.map(([model]) => mergeInfo(model).id));
	const limited = allProfiles().filter(({ id }) => id !== 'wan-2.6');
	for (const { id } of limited) expect(ids).toContain(id);
});

describe('with Use Nearest', () => {
	const adjustedOf = (model: string, change: Partial<VideoSettings>): Adjusted | undefined =>
		fitToModel(buildRequest({ ...form, ...change, model }), mergeInfo(model), 'nearest').adjusted;

	test.each<[string, Partial<VideoSettings>, Adjusted]>([
		['sora-2', { seconds: 25 }, { seconds: { requested: 25, used: 20 } }],
		['pixverse-v5.6', { seconds: 7 }, { seconds: { requested: 7, used: 8 } }],
		['pixverse-v5.6', { seconds: 9 }, { seconds: { requested: 9, used: 8 } }],
		['pixverse-v5.6', { seconds: 60 }, { seconds: { requested: 60, used: 10 } }],
		['seedance-2.0', { seconds: 2 }, { seconds: { requested: 2, used: 4 } }],
		['seedance-2.0', { seconds: 7.5 }, { seconds: { requested: 7.5, used: 7 } }],
		['seedance-2.0', { seconds: 7.6 }, { seconds: { requested: 7.6, used: 8 } }],
		['kling-v3', { aspectRatio: '4:3' }, { aspectRatio: { requested: '4:3', used: '16:9' } }],
		['kling-v3', { aspectRatio: '21:9' }, { aspectRatio: { requested: '21:9', used: '16:9' } }],
		['sora-2', { resolution: '1080p' }, { resolution: { requested: '1080p', used: '720p' } }],
		['sora-2-pro', { resolution: '480p' }, { resolution: { requested: '480p', used: '720p' } }],
		['grok-video', { resolution: '1080p' }, { resolution: { requested: '1080p', used: '720p' } }],
		['sora-2', { customSize: '1920x1080' }, { size: { requested: '1920x1080', used: '1280x720' } }],
		['sora-2', { customSize: '1366x768' }, { size: { requested: '1366x768', used: '1280x720' } }],
		[
			'veo-3.1-fast',
			{ customSize: '1000x1000' },
			{ size: { requested: '1000x1000', used: '1778x1000' } },
		],
		[
			'grok-video',
			{ customSize: '1920x1080' },
			{ size: { requested: '1920x1080', used: '1280x720' } },
		],
		[
			'sora-2',
			{ seconds: 30, aspectRatio: '1:1', resolution: '480p' },
			{
				seconds: { requested: 30, used: 20 },
				aspectRatio: { requested: '1:1', used: '16:9' },
				resolution: { requested: '480p', used: '720p' },
			},
		],
	])('%s: %j becomes %j', (model, change, adjusted) => {
		expect(adjustedOf(model, change)).toEqual(adjusted);
	});

	test('a prompt, a mode or an image has no nearest value', () => {
		const long = { prompt: 'x'.repeat(2501) };
		expect(outcome(long, mergeInfo('kling-v3'), {}, 'nearest')).toMatch(/at most 2500/);
		expect(outcome({}, mergeInfo('mock-video'), { image: true }, 'nearest')).toMatch(
			/does not support image to video/,
		);
	});
});

test("Lumenfall's size tokens are accepted there, and unknown on other servers", () => {
	for (const customSize of ['1365x768', '768x1365']) {
		expect(outcome({ customSize }, mergeInfo('sora-2'))).toBe('accepted');
		const elsewhere = mergeInfo('sora-2', undefined, {}, 'fallback');
		expect(outcome({ customSize }, elsewhere)).toMatch(/Sora 2 supports only 1280x720 or 720x1280/);
	}
});

test('additional parameters are not checked, nor are the form values that they override', () => {
	const info = mergeInfo('sora-2');
	expect(outcome({ aspectRatio: '1:1', additionalParameters: { size: '1:1' } }, info)).toBe(
		'accepted',
	);
	const two = { input_reference: [{ image_url: 'a' }, { image_url: 'b' }] };
	expect(outcome({ additionalParameters: two }, info)).toMatch(/at most 1/);
	expect(outcome({ additionalParameters: { input_video: 'a' } }, mergeInfo('mock-video'))).toBe(
		'accepted',
	);
});

test('a list with unknown modes refuses nothing', () => {
	expect(outcome({}, { id: 'x', modes: ['video'] })).toBe('accepted');
	expect(outcome({}, { id: 'x', modes: ['image-to-video', 'turbo'] })).toBe('accepted');
	expect(outcome({}, { id: 'x', modes: ['image-to-video'] })).toMatch(
		/does not support text to video/,
	);
});

const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', '3:2', '2:3'];
const tiers = ['360p', '480p', '540p', '720p', '1080p', '2160p'];
const modes = ['text-to-video', 'image-to-video', 'video-to-video', 'text-to-image'];
const someOf = <Value,>(values: Value[]) => fc.subarray(values, { minLength: 1 });

const anyInfo: fc.Arbitrary<ModelInfo> = fc.record(
	{
		id: fc.constant('x'),
		modes: someOf(modes),
		seconds: fc.oneof(
			fc.record({ values: someOf([2, 4, 5, 6, 8, 10, 12]) }),
			fc.record(
				{
					min: fc.integer({ min: 1, max: 4 }),
					max: fc.integer({ min: 5, max: 30 }),
					whole: fc.boolean(),
				},
				{ requiredKeys: [] },
			),
		),
		aspectRatios: someOf(ratios),
		resolutions: someOf(tiers),
		maxShortSide: fc.constantFrom(720, 1080),
		maxPromptLength: fc.integer({ min: 1, max: 40 }),
		images: fc.record({ max: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }),
	},
	{ requiredKeys: ['id'] },
);

interface AnyRequest {
	prompt: string;
	seconds: number;
	aspectRatio?: string;
	resolution?: string;
	images: number;
}
const anyRequest: fc.Arbitrary<AnyRequest> = fc.record(
	{
		prompt: fc.string({ maxLength: 60 }).map((text) => `a boat ${text}`),
		seconds: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.double({ min: 1, max: 40, noNaN: true })),
		aspectRatio: fc.constantFrom(...ratios),
		resolution: fc.constantFrom(...tiers),
		images: fc.integer({ min: 0, max: 4 }),
	},
	{ requiredKeys: ['prompt', 'seconds', 'images'] },
);

const toRequest = ({ images, ...requested }: AnyRequest) =>
	buildRequest({
		...form,
		...requested,
		additionalParameters:
			images > 0 ? { input_reference: new Array(images).fill({ image_url: 'u' }) } : {},
	});

/** Compares the request with the model info independently: returns the fields with unsupported values. */
function ruledOut(requested: AnyRequest, info: ModelInfo): string[] {
	const mode = requested.images > 0 ? 'image-to-video' : 'text-to-video';
	const { values, min = 0, max = 1e9, whole = false } = info.seconds ?? {};
	const isLength = values
		? values.includes(requested.seconds)
		: requested.seconds >= min &&
			requested.seconds <= max &&
			!(whole && requested.seconds !== Math.round(requested.seconds));
	const lines = Number(requested.resolution?.replace('p', ''));
	const isTier = info.resolutions
		? info.resolutions.includes(String(requested.resolution))
		: lines <= (info.maxShortSide ?? 1e9);
	return [
		info.modes && !info.modes.includes(mode) && 'mode',
		requested.prompt.trim().length > (info.maxPromptLength ?? 1e9) && 'prompt',
		requested.images > (info.images?.max ?? 1e9) && 'images',
		!isLength && 'seconds',
		requested.aspectRatio &&
			info.aspectRatios &&
			!info.aspectRatios.includes(requested.aspectRatio) &&
			'aspectRatio',
		requested.resolution && !isTier && 'resolution',
	].filter((field): field is string => Boolean(field));
}

const FINAL = ['mode', 'prompt', 'images'];

test('a supported request is never refused, and an unsupported one always is', () => {
	fc.assert(
		fc.property(anyRequest, anyInfo, (requested, info) => {
			const fit = () => fitToModel(toRequest(requested), info, 'refuse');
			if (ruledOut(requested, info).length > 0) expect(fit).toThrow();
			else expect(fit()).toEqual({ request: toRequest(requested) });
		}),
		{ numRuns: 1_000 },
	);
});

test('the nearest value is a supported one, supported values stay unchanged, and a second run changes nothing', () => {
	fc.assert(
		fc.property(anyRequest, anyInfo, (requested, info) => {
			const fields = ruledOut(requested, info);
			const fit = () => fitToModel(toRequest(requested), info, 'nearest');
			if (fields.some((field) => FINAL.includes(field))) return expect(fit).toThrow();

			const { request, adjusted = {} } = fit();
			expect(Object.keys(adjusted).sort()).toEqual(fields.sort());
			expect(ruledOut({ ...requested, ...request, images: requested.images }, info)).toEqual([]);
			expect(fitToModel(request, info, 'nearest')).toEqual({ request });
			expect(fit()).toEqual({ request, ...(fields.length > 0 && { adjusted }) });
		}),
		{ numRuns: 1_000 },
	);
});

test('removing a limit never makes a request refused', () => {
	fc.assert(
		fc.property(anyRequest, anyInfo, fc.constantFrom(...LIMITS), (requested, info, forgotten) => {
			// The largest short side counts only without a list of resolutions, so both are removed together.
			const alone = forgotten === 'resolutions' && { maxShortSide: undefined };
			const fewer = { ...info, [forgotten]: undefined, ...alone };
			if (ruledOut(requested, info).length > 0) return;
			expect(() => fitToModel(toRequest(requested), fewer, 'refuse')).not.toThrow();
		}),
	);
});

const LIMITS = [
	'modes',
	'seconds',
	'aspectRatios',
	'resolutions',
	'maxShortSide',
	'maxPromptLength',
	'images',
] as const;

describe('known frames of a model', () => {
	const url = { kind: 'url', url: 'https://example.com/b.png' } as const;
	const check = (frames: ImageRole[], images: RequestImages) => () =>
		fitToModel(buildRequest(form, images), { id: 'x', images: { frames } }, 'refuse');

	test.each<[ImageRole[], RequestImages]>([
		[['first'], { image: url }],
		[['first', 'last'], { image: url, lastFrame: url }],
		// Nothing is known about references.
		[[], { referenceImages: [url] }],
	])('%j accept %j as they are', (frames, images) => {
		expect(check(frames, images)()).toEqual({ request: buildRequest(form, images) });
	});

	test('rule out other frames', () => {
		expect(check(['first'], { image: url, lastFrame: url })).toThrow(
			/An image is given as the last frame, but x supports only the first frame/,
		);
		expect(check([], { image: url })).toThrow(/as the first frame, but x supports no frames/);
	});
});

test('the nearest value of any size is one that the model supports, and never a size token', () => {
	const side = fc.oneof(fc.integer({ min: 10, max: 9999 }), fc.constantFrom(1365, 768));
	const sized = fc.record(
		{
			id: fc.constant('x'),
			sizes: someOf(['1280x720', '720x1280', '1024x1024', '1920x1080']),
			sizeTokens: someOf(['1365x768', '768x1365']),
			aspectRatios: someOf(ratios),
			resolutions: someOf(tiers),
			maxShortSide: fc.constantFrom(720, 1080),
		},
		{ requiredKeys: ['id'] },
	);
	fc.assert(
		fc.property(side, side, sized, (width, height, info) => {
			const request = buildRequest({ ...form, customSize: `${width}x${height}` });
			const fitted = fitToModel(request, info, 'nearest');
			expect(fitToModel(fitted.request, info, 'refuse')).toEqual({ request: fitted.request });
			if (fitted.adjusted) expect(info.sizeTokens ?? []).not.toContain(fitted.request.size);
			const { sizes, sizeTokens = [] } = info;
			if (sizes) expect([...sizes, ...sizeTokens]).toContain(fitted.request.size);
		}),
		{ numRuns: 1_000 },
	);
});
