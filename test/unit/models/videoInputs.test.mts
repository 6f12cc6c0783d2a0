import { fitToModel } from '../../../nodes/Lumenfall/models/fitToModel';
import type { ModelInfo } from '../../../nodes/Lumenfall/models/modelInfo';
import { priceOf } from '../../../nodes/Lumenfall/models/price';
import { requirementsOf } from '../../../nodes/Lumenfall/request/requirements';
import type { SourceVideo } from '../../../nodes/Lumenfall/request/sourceVideo';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';

const REQUEST: VideoRequest = { model: 'm', prompt: 'rain', seconds: 8, additionalParameters: {} };
const url = 'https://example.com/a.mp4';
const byField: SourceVideo = {
	change: 'edit',
	video: { kind: 'url', url },
	way: 'videoUrl',
	mustBeListed: true,
};
const byRoute: SourceVideo = {
	change: 'extend',
	video: { kind: 'id', id: 'v' },
	way: 'changeRoute',
};

const model = (change: Partial<ModelInfo>): ModelInfo => ({ id: 'm', name: 'M', ...change });
const TEXT_ONLY = model({ modes: ['text-to-video'] });
const WITH_VIDEO = model({ modes: ['text-to-video', 'video-to-video', 'audio-to-video'] });
const UNKNOWN = model({});
const UPSCALER = model({ upscale: { min: 1, max: 4, creativity: [1, 2] } });

test.each<[string, Partial<VideoRequest>, ModelInfo]>([
	['a video for a model that lists videos', { source: byField }, WITH_VIDEO],
	['a video for an upscaler', { source: byField }, UPSCALER],
	['a job to extend, of which no list says anything', { source: byRoute }, TEXT_ONLY],
	['reference videos for a model that lists videos', { referenceVideos: [url] }, WITH_VIDEO],
	['reference audio for a model that lists audio', { referenceAudio: [url] }, WITH_VIDEO],
	['the largest factor of an upscaler', { upscaleFactor: 4, source: byField }, UPSCALER],
	['a level of an upscaler', { creativity: 2, source: byField }, UPSCALER],
])('%s is accepted as it is', (_, change, info) => {
	const request = { ...REQUEST, ...change };
	expect(fitToModel(request, info, 'refuse')).toEqual({ request });
});

test.each<[string, Partial<VideoRequest>, ModelInfo, RegExp]>([
	['a video for a model that lists none', { source: byField }, TEXT_ONLY, /not support video to/],
	['a video for a model of which nothing is known', { source: byField }, UNKNOWN, /may ignore it/],
	[
		'reference videos for a model that lists none',
		{ referenceVideos: [url] },
		TEXT_ONLY,
		/support video as an input/,
	],
	[
		'reference videos for a model of which nothing is known',
		{ referenceVideos: [url] },
		UNKNOWN,
		/support video as an input/,
	],
	[
		'reference audio for a model of which nothing is known',
		{ referenceAudio: [url] },
		UNKNOWN,
		/support audio as an input/,
	],
	[
		'a factor for a model that is no upscaler',
		{ upscaleFactor: 2 },
		WITH_VIDEO,
		/is not known to upscale videos/,
	],
	[
		'a factor above that of the upscaler',
		{ upscaleFactor: 5 },
		UPSCALER,
		/'Upscale Factor' is 5, but M supports 1 to 4/,
	],
	[
		'a level that the upscaler does not have',
		{ creativity: 3 },
		UPSCALER,
		/'Creativity' is 3, but M supports only 1 or 2/,
	],
])("%s is refused, and 'Send Anyway' leaves it to the server", (_, change, info, refusal) => {
	const request = { ...REQUEST, ...change };
	expect(() => fitToModel(request, info, 'refuse')).toThrow(refusal);
	expect(fitToModel(request, info, 'send')).toEqual({ request });
});

test('an edit without a duration costs what the length of its source costs, if that is known', () => {
	const info = model({ prices: [{ usdPerSecond: 0.1 }] });
	const edit = (seconds?: number) =>
		requirementsOf({ ...REQUEST, seconds: undefined, source: { ...byField, seconds } });
	expect(priceOf(info, edit(5))).toEqual({ from: 0.5, upTo: 0.5 });
	expect(priceOf(info, edit())).toBeUndefined();
});
