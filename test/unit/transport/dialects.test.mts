import type { ServerChoice } from '../../../nodes/Lumenfall/transport/credential';
import { dialectOf } from '../../../nodes/Lumenfall/transport/dialects';
import { lumenfall } from '../../../nodes/Lumenfall/transport/dialects/lumenfall';
import { openAiCompatible } from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible';
import { openRouter } from '../../../nodes/Lumenfall/transport/dialects/openRouter';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';

const request: VideoRequest = {
	model: 'sora-2',
	prompt: 'a boat',
	seconds: 8,
	additionalParameters: {},
};
const imageFile = {
	kind: 'file',
	bytes: Buffer.from('png!'),
	mimeType: 'image/png',
	fileName: 'boat.png',
} as const;

/** A model without any known limits. */
const UNKNOWN = { id: 'sora-2' };

test('a request contains only what the user chose', () => {
	expect(lumenfall.encodeCreate(request, 'k')).toEqual({
		model: 'sora-2',
		prompt: 'a boat',
		seconds: 8,
		idempotency_key: 'k',
	});
	expect(openAiCompatible.encodeCreate(request, 'k')).toEqual({
		model: 'sora-2',
		prompt: 'a boat',
		seconds: '8',
	});
});

test('on Lumenfall, a ratio with a resolution is sent as a size, and each alone as itself', () => {
	const shape = (change: Partial<VideoRequest>) =>
		lumenfall.encodeCreate({ ...request, ...change }, 'k');
	expect(shape({ aspectRatio: '16:9', resolution: '720p' })).toMatchObject({ size: '1280x720' });
	expect(shape({ aspectRatio: '9:16' })).toMatchObject({ aspect_ratio: '9:16' });
	expect(shape({ resolution: '1080p' })).toMatchObject({ resolution: '1080p' });
	expect(shape({ size: '640x480' })).toMatchObject({ size: '640x480' });
});

test('an OpenAI-compatible server receives only full sizes', () => {
	const shape = (change: Partial<VideoRequest>) =>
		openAiCompatible.encodeCreate({ ...request, ...change }, 'k');
	expect(shape({ aspectRatio: '9:16' })).toMatchObject({ size: '720x1280' });
	expect(shape({ aspectRatio: '16:9', resolution: '1080p' })).toMatchObject({ size: '1920x1080' });
	expect(() => openAiCompatible.check({ ...request, resolution: '1080p' }, UNKNOWN)).toThrow(
		/'Resolution' is set, but 'Aspect Ratio' is 'Model Default'/,
	);
});

test('an image is a data URI for Lumenfall, and a typed and named file part for an OpenAI-compatible server', async () => {
	expect(lumenfall.encodeCreate({ ...request, image: imageFile }, 'k')).toMatchObject({
		input_reference: { image_url: `data:image/png;base64,${imageFile.bytes.toString('base64')}` },
	});
	const form = openAiCompatible.encodeCreate(
		{ ...request, image: imageFile, additionalParameters: { lora: { a: 1 } } },
		'k',
	);
	if (!(form instanceof FormData)) throw new Error('expected a form');
	const part = form.get('input_reference') as File;
	expect(part).toMatchObject({ name: 'boat.png', type: 'image/png' });
	expect(Buffer.from(await part.arrayBuffer())).toEqual(imageFile.bytes);
	expect(form.get('seconds')).toBe('8');
	expect(form.get('lora')).toBe('{"a":1}');
});

test('an image by URL stays a URL, in JSON', () => {
	const image = { kind: 'url', url: 'https://example.com/a.png' } as const;
	for (const dialect of [lumenfall, openAiCompatible]) {
		expect(dialect.encodeCreate({ ...request, image }, 'k')).toMatchObject({
			input_reference: { image_url: image.url },
		});
	}
});

test('on Lumenfall, references follow the main image; a role without a field is refused before anything is sent', () => {
	const url = (name: string) => ({ kind: 'url', url: `https://example.com/${name}.png` }) as const;
	const images = (names: string[]) => names.map((name) => ({ image_url: url(name).url }));
	const several = { ...request, image: url('a'), referenceImages: [url('b'), url('c')] };
	expect(lumenfall.encodeCreate(several, 'k')).toMatchObject({
		input_reference: images(['a', 'b', 'c']),
	});
	expect(lumenfall.encodeCreate({ ...request, referenceImages: [url('b')] }, 'k')).toMatchObject({
		input_reference: images(['b'])[0],
	});
	expect(() => openAiCompatible.check(several, UNKNOWN)).toThrow(
		/'Reference Images' is set .*, but OpenAI's contract supports only the image for the first frame/,
	);
	for (const dialect of [lumenfall, openAiCompatible]) {
		expect(() =>
			dialect.check({ ...request, image: url('a'), lastFrame: url('b') }, UNKNOWN),
		).toThrow(/'Last Frame' is set, but .* has no common field for it/);
	}
});

test('references alone are refused on Lumenfall if the model is known to use its first image as the first frame', () => {
	const alone = { ...request, referenceImages: [imageFile] };
	const known = { ...UNKNOWN, modes: ['text-to-video', 'image-to-video'] };
	expect(() => lumenfall.check(alone, known)).toThrow(
		/may use the first reference as its first frame/,
	);
	expect(() => lumenfall.check({ ...alone, image: imageFile }, known)).not.toThrow();
	expect(() => lumenfall.check(alone, UNKNOWN)).not.toThrow();
	for (const info of [{ images: { references: true as const } }, { modes: ['reference-to-video'] }])
		expect(() => lumenfall.check(alone, { ...known, ...info })).not.toThrow();
});

test('the last frame is sent in the parameter that the user names, if the server has no field for it', () => {
	const named = { ...request, lastFrame: imageFile, lastFrameParameter: 'end_image_url' };
	const sent = { end_image_url: `data:image/png;base64,${imageFile.bytes.toString('base64')}` };
	for (const dialect of [lumenfall, openAiCompatible])
		expect(dialect.encodeCreate(named, 'k')).toMatchObject(sent);
	expect(openRouter.encodeCreate(named, 'k')).not.toHaveProperty('end_image_url');
	const form = openAiCompatible.encodeCreate({ ...named, image: imageFile }, 'k') as FormData;
	expect(form.get('end_image_url')).toBe(sent.end_image_url);
});

test.each(['photos/boat.png', 'C:\\photos\\boat.png', '../../boat.png', 'boat.png'])(
	'a file is sent under its name without folders: %s',
	(fileName) => {
		const form = openAiCompatible.encodeCreate(
			{ ...request, image: { ...imageFile, fileName } },
			'k',
		);
		const file = (form as FormData).get('input_reference') as File;
		expect([file.name, file.type]).toEqual(['boat.png', 'image/png']);
	},
);

test('OpenRouter receives its own names for duration, shape and sound', () => {
	const sent = (change: Partial<VideoRequest>) =>
		openRouter.encodeCreate({ ...request, ...change }, 'k');
	expect(sent({ aspectRatio: '9:16', resolution: '720p', audio: false, seed: 7 })).toEqual({
		model: 'sora-2',
		prompt: 'a boat',
		duration: 8,
		aspect_ratio: '9:16',
		resolution: '720p',
		generate_audio: false,
		seed: 7,
	});
	expect(sent({ size: '640x480' })).toMatchObject({ size: '640x480' });
	expect(sent({ resolution: '1440p' })).toMatchObject({ resolution: '2K' });
	expect(sent({ resolution: '2160p' })).toMatchObject({ resolution: '4K' });
	expect(() => openRouter.check({ ...request, negativePrompt: 'rain' }, UNKNOWN)).toThrow(
		/'Negative Prompt' is set, but OpenRouter has no common field for it/,
	);
	expect(() => openRouter.check({ ...request, seconds: 4.5 }, UNKNOWN)).toThrow(
		/'Duration \(Seconds\)' is 4.5, but OpenRouter supports whole seconds only/,
	);
	expect(() => openRouter.check(request, UNKNOWN)).not.toThrow();
});

test('OpenRouter receives every image in its role, and never frames together with references', () => {
	const url = (name: string) => ({ kind: 'url', url: `https://example.com/${name}.png` }) as const;
	const part = (url: string) => ({ type: 'image_url', image_url: { url } });
	const frames = { image: imageFile, lastFrame: url('end') };
	expect(openRouter.encodeCreate({ ...request, ...frames }, 'k')).toEqual({
		model: 'sora-2',
		prompt: 'a boat',
		duration: 8,
		frame_images: [
			{
				...part(`data:image/png;base64,${imageFile.bytes.toString('base64')}`),
				frame_type: 'first_frame',
			},
			{ ...part(url('end').url), frame_type: 'last_frame' },
		],
	});
	const references = { referenceImages: [url('a'), url('b')] };
	expect(openRouter.encodeCreate({ ...request, ...references }, 'k')).toMatchObject({
		input_references: [part(url('a').url), part(url('b').url)],
	});
	for (const frame of [{ image: imageFile }, { lastFrame: imageFile }]) {
		expect(() => openRouter.check({ ...request, ...frame, ...references }, UNKNOWN)).toThrow(
			/supports only one of them per video and would ignore the references/,
		);
	}
});

test.each([
	['lumenfall', undefined, 'https://openrouter.ai/api/v1', lumenfall],
	['openAiCompatible', undefined, ' https://openrouter.ai/api/v1', openRouter],
	['openAiCompatible', 'auto', 'https://OpenRouter.ai', openRouter],
	['openAiCompatible', 'auto', 'https://eu.openrouter.ai:443/api/v1', openRouter],
	['openAiCompatible', 'auto', 'https://notopenrouter.ai/v1', openAiCompatible],
	['openAiCompatible', 'auto', 'https://openrouter.ai.example.com/v1', openAiCompatible],
	['openAiCompatible', 'auto', 'https://example.com/openrouter.ai/v1', openAiCompatible],
	['openAiCompatible', 'openAi', 'https://openrouter.ai/api/v1', openAiCompatible],
	['openAiCompatible', 'openRouter', 'http://127.0.0.1:8080/v1', openRouter],
] as const)('%s with the request format %s at %s uses its own dialect', (...row) => {
	const [server, requestFields, baseUrl, dialect] = row;
	expect(dialectOf({ server, requestFields, baseUrl })).toBe(dialect);
});

test('additional parameters are sent unchanged', () => {
	const additionalParameters = { style: 'film', nested: { a: [1, null] }, size: '64x64' };
	for (const dialect of [lumenfall, openAiCompatible, openRouter]) {
		expect(
			dialect.encodeCreate({ ...request, aspectRatio: '16:9', additionalParameters }, 'k'),
		).toMatchObject(additionalParameters);
	}
});

describe('a server with names of its own', () => {
	const image = { kind: 'url', url: 'https://example.com/a.png' } as const;
	const last = { kind: 'url', url: 'https://example.com/z.png' } as const;
	const wide = { ...request, aspectRatio: '16:9' };
	const hd = { ...wide, resolution: '720p' };
	const of = (requestFields: ServerChoice['requestFields']) =>
		dialectOf({ server: 'openAiCompatible', requestFields, baseUrl: 'https://proxy.example/v1' });
	const sent = (server: ServerChoice['requestFields'], change: Partial<VideoRequest>) => {
		const body = of(server).encodeCreate({ ...request, ...change }, 'k');
		return body instanceof FormData ? Object.fromEntries(body.entries()) : body;
	};

	test.each<[ServerChoice['requestFields'], Partial<VideoRequest>, object]>([
		['together', hd, { seconds: '8', width: 1280, height: 720 }],
		['together', wide, { ratio: '16:9' }],
		['together', { resolution: '720p' }, { resolution: '720p' }],
		['together', { size: '640x480' }, { width: 640, height: 480 }],
		[
			'together',
			{ image, lastFrame: last, referenceImages: [last, image] },
			{
				frame_images: [
					{ input_image: image.url, frame: 'first' },
					{ input_image: last.url, frame: 'last' },
				],
				reference_images: [last.url, image.url],
			},
		],
		['gemini', hd, { duration_seconds: '8', aspect_ratio: '16:9', resolution: '720p' }],
		['gemini', { image, lastFrame: last }, { input_reference: image.url, last_frame: last.url }],
		['deepInfra', wide, { seconds: 8, aspect_ratio: '16:9' }],
		['mergeGateway', { resolution: '768p' }, { seconds: 8, size: '768P' }],
		['mergeGateway', { image }, { input_reference: { image_url: image.url } }],
		['openAi', hd, { seconds: '8', size: '1280x720' }],
	])('%s gets %j as %j', (server, change, fields) => {
		expect(() => of(server).check({ ...request, ...change }, UNKNOWN)).not.toThrow();
		const { model, prompt, ...others } = sent(server, change) as Record<string, unknown>;
		expect({ model, prompt }).toEqual({ model: 'sora-2', prompt: 'a boat' });
		expect(others).toMatchObject(fields);
		// A field that it ignores would be a wrong video, and paid for.
		const names = ['seconds', 'duration_seconds', 'size', 'input_reference'];
		const foreign = names.filter((name) => name in others && !(name in fields));
		expect(foreign.filter((name) => !/seconds/.test(name))).toEqual([]);
	});

	test.each<[ServerChoice['requestFields'], Partial<VideoRequest>, RegExp]>([
		['deepInfra', { image }, /There is an image, but DeepInfra has no field for one/],
		['deepInfra', hd, /'Resolution' is set, but DeepInfra has no field for it/],
		['deepInfra', { size: '640x480' }, /'Custom Size' is set, but DeepInfra/],
		['gemini', { size: '640x480' }, /'Custom Size' is set, but Gemini/],
		['mergeGateway', { lastFrame: last }, /'Last Frame' is set, but Merge Gateway/],
		['mergeGateway', { referenceImages: [image] }, /Merge Gateway supports only the image for/],
	])('%s refuses %j before anything is sent', (server, change, message) => {
		expect(() => of(server).check({ ...request, ...change }, UNKNOWN)).toThrow(message);
	});

	test.each([
		['https://api.together.ai/v2', 'width'],
		['https://api.together.xyz/v1', 'width'],
		['https://generativelanguage.googleapis.com/v1beta/openai', 'duration_seconds'],
		['https://api.deepinfra.com/v1/openai', 'aspect_ratio'],
		['https://together.ai.example/v1', 'size'],
		['https://example.com/together.ai', 'size'],
	])('%s is recognized by its host', (baseUrl, field) => {
		const choice = { server: 'openAiCompatible', requestFields: 'auto', baseUrl } as const;
		const body = dialectOf(choice).encodeCreate(hd, 'k');
		expect(body instanceof FormData ? body.has(field) : field in body).toBe(true);
	});
});
