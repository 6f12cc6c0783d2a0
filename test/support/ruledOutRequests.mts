/**
 * The change to a text-to-video request of 5 seconds; `image` adds an image. The names are those of the node's form.
 */
interface RuledOutRequest {
	prompt?: string;
	seconds?: number;
	aspectRatio?: string;
	resolution?: string;
	customSize?: string;
	image?: true;
}

type RuledOutRow = [model: string, request: RuledOutRequest, message: RegExp];

const letters = (count: number) => 'x'.repeat(count);

/** Requests that the selected model does not support, according to the model reference. */
export const RULED_OUT: RuledOutRow[] = [
	[
		'sora-2',
		{ seconds: 21 },
		/'Duration \(Seconds\)' is 21, but Sora 2 supports at most 20 seconds/,
	],
	['sora-2', { seconds: 60 }, /at most 20 seconds/],
	[
		'sora-2',
		{ aspectRatio: '1:1' },
		/'Aspect Ratio' is 1:1, but Sora 2 supports only 16:9 or 9:16/,
	],
	['sora-2', { aspectRatio: '4:3' }, /only 16:9 or 9:16/],
	['sora-2', { aspectRatio: '21:9' }, /only 16:9 or 9:16/],
	['sora-2', { resolution: '1080p' }, /'Resolution' is 1080p, but Sora 2 supports only 720p/],
	['sora-2', { resolution: '480p' }, /only 720p/],
	['sora-2', { customSize: '1920x1080' }, /'Custom Size' is 1920x1080, but Sora 2 supports only/],
	['sora-2', { customSize: '1024x1024' }, /only 1280x720 or 720x1280/],
	['sora-2', { prompt: letters(32_001) }, /'Prompt' has 32001 characters, .* at most 32000/],
	['openai/sora-2', { seconds: 21 }, /at most 20 seconds/],
	['fal/sora-2', { resolution: '1080p' }, /only 720p/],
	['sora-2-2025-12-08', { aspectRatio: '1:1' }, /only 16:9 or 9:16/],
	['sora-2-pro', { seconds: 25 }, /Sora 2 Pro supports at most 20 seconds/],
	['sora-2-pro', { resolution: '480p' }, /only 720p or 1080p/],
	['sora-2-pro', { resolution: '2160p' }, /only 720p or 1080p/],
	['sora-2-pro', { customSize: '3840x2160' }, /in 720p or 1080p/],
	['veo-3.1-fast', { seconds: 10 }, /Veo 3.1 Fast supports at most 8 seconds/],
	['veo-3.1-fast', { aspectRatio: '1:1' }, /only 16:9 or 9:16/],
	['veo-3-1-fast', { seconds: 9 }, /at most 8 seconds/],
	['gemini/veo-3.1-fast', { customSize: '1000x1000' }, /only 16:9 or 9:16/],
	['veo-3.1-lite', { seconds: 12 }, /at most 8 seconds/],
	['veo-3.1-lite', { resolution: '2160p' }, /at most 1080p/],
	['veo-3.1-lite', { aspectRatio: '4:3' }, /only 16:9 or 9:16/],
	['veo-3.1-lite', { customSize: '3840x2160' }, /16:9 or 9:16 of up to 1080p/],
	['kling-v3', { seconds: 16 }, /Kling 3.0 supports at most 15 seconds/],
	['kling-v3', { aspectRatio: '4:3' }, /only 16:9, 9:16 or 1:1/],
	['kling-v3', { aspectRatio: '21:9' }, /only 16:9, 9:16 or 1:1/],
	['kling-v3', { prompt: letters(2_501) }, /2501 characters, but Kling 3.0 supports at most 2500/],
	['fal/kling-v3', { prompt: letters(3_000) }, /at most 2500/],
	['kling-3', { customSize: '1600x1200' }, /only 16:9, 9:16 or 1:1/],
	['seedance-2.0', { seconds: 3 }, /Seedance 2.0 supports at least 4 seconds/],
	['seedance-2.0', { seconds: 16 }, /at most 15 seconds/],
	['seedance-2.0', { seconds: 7.5 }, /whole seconds only/],
	['seedance-2.0', { aspectRatio: '3:2' }, /only 16:9, 9:16, 3:4, 1:1, 4:3 or 21:9/],
	['p-video', { seconds: 11 }, /P-Video supports at most 10 seconds/],
	['pixverse-v5.6', { seconds: 7 }, /only 5, 8 or 10 seconds/],
	['pixverse-v5.6', { seconds: 4 }, /only 5, 8 or 10 seconds/],
	['pixverse-v5.6', { aspectRatio: '21:9' }, /only 16:9, 9:16, 3:4, 1:1 or 4:3/],
	['pixverse-v5.6', { resolution: '2160p' }, /at most 1080p/],
	['grok-imagine-video', { resolution: '1080p' }, /at most 720p/],
	['grok-video', { customSize: '1920x1080' }, /of up to 720p/],
	[
		'mock-video',
		{ image: true },
		/Mock Video does not support image to video \(supported: text to video\)/,
	],
];
