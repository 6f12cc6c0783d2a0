import { failureOf } from '../../../nodes/Lumenfall/errors/failure';
import { readClipFiles, readSoundFile } from '../../../nodes/Lumenfall/parameters/clips';
import { readComparisonInput } from '../../../nodes/Lumenfall/parameters/comparisonInput';
import type { Form } from '../../../nodes/Lumenfall/parameters/form';
import {
	readModel,
	readModelFilters,
	readVideoFilters,
} from '../../../nodes/Lumenfall/parameters/filters';
import { readIsJoinedPerItem, readJoinInput } from '../../../nodes/Lumenfall/parameters/joinInput';
import { showItemNotes } from '../../../nodes/Lumenfall/output/showHint';
import { readOptions } from '../../../nodes/Lumenfall/parameters/options';
import { readSourceSelection } from '../../../nodes/Lumenfall/parameters/sourceVideo';
import {
	readSceneDelivery,
	readStoryboardInput,
} from '../../../nodes/Lumenfall/parameters/storyboardInput';
import { readVideoInput } from '../../../nodes/Lumenfall/parameters/videoInput';
import { fakeForm, inMemory } from '../../support/fakeForm.mts';

/** What the form of each operation becomes, and which fields are refused together. everyField tests each field alone. */

type Values = Record<string, unknown>;
type Opened = ReturnType<typeof fakeForm>;

const FILE = inMemory(Buffer.from('clip'), 'clip.mp4');
const open = (values: Values) => fakeForm({ values, items: [{ binary: { data: FILE } }] });

/** Returns what is read, or the message of the refusal. */
function readingOf(read: (form: Form) => unknown) {
	return (values: Values) => {
		try {
			return read(open(values).form);
		} catch (error) {
			return failureOf(error)?.message;
		}
	};
}

describe('the list of videos', () => {
	const read = readingOf((form) => readVideoFilters(form, 'UTC'));

	test('without filters has at most 50 videos of any kind', () => {
		expect(read({})).toEqual({ limit: 50, status: 'any', onlyUndelivered: false });
	});

	test('has no limit with Return All, whatever the limit is', () => {
		expect(read({ returnAll: true, limit: 3 })).toMatchObject({ limit: Infinity });
	});

	test('has the filters of the form', () => {
		const filters = {
			...{ status: 'failed', model: ' sora-2 ', onlyUndelivered: 'yes' },
			...{ createdAfter: '2026-11-28', createdBefore: '2026-11-29T00:00:00Z' },
		};
		expect(read({ limit: '7', filters })).toEqual({
			...{ limit: 7, status: 'failed', model: 'sora-2', onlyUndelivered: true },
			createdAfter: Date.UTC(2026, 10, 28),
			createdBefore: Date.UTC(2026, 10, 29),
		});
	});

	test.each([
		['in_progress', 'running'],
		['Processing', 'running'],
		['queued', 'queued'],
		['succeeded', 'completed'],
		['canceled', 'cancelled'],
		['Queued or Running', 'running'],
		['Any', 'any'],
	])('has the status %s as the node and servers call it', (status, expected) => {
		expect(read({ filters: { status } })).toMatchObject({ status: expected });
	});

	test.each(['Loading...', '#REF!', 'completed, failed', 'finished?!x', { a: 1 }])(
		'refuses the status %j',
		(status) => {
			expect(read({ filters: { status } })).toMatch(/^'Status' is /);
		},
	);

	test('shows a hint for a filter that was added and is empty', () => {
		const filters = { model: null, createdBefore: '', createdAfter: '2026-11-28', status: ' ' };
		const opened = fakeForm({ values: { filters } });
		readVideoFilters(opened.form, 'UTC');
		showItemNotes(opened);
		expect(opened.hints).toEqual(
			['Created Before', 'Model ID', 'Status'].map(
				(name) => `Item 0: '${name}' is empty, so it filters nothing.`,
			),
		);
	});

	test('of models is filtered by mode', () => {
		const readMode = readingOf(readModelFilters);
		expect(readMode({})).toEqual({ limit: 50, mode: 'any' });
		expect(readMode({ filters: { mode: 'image-to-video' } })).toEqual({
			...{ limit: 50, mode: 'image-to-video' },
		});
	});
});

test('a model must be named', () => {
	const read = readingOf(readModel);
	expect(read({ model: { __rl: true, mode: 'id', value: ' veo-3 ' } })).toBe('veo-3');
	expect(read({ model: '' })).toBe("'Model' is empty");
});

test.each([
	...['video_8f2k', '"video_8f2k"', 'ID: video_8f2k', 'Video ID: video_8f2k', '(video_8f2k)'],
	...['video_8f2k.', 'https://api.example.com/v1/videos/video_8f2k', '/v1/videos/video_8f2k'],
	...['https://api.example.com/v1/videos/video_8f2k/content?x=1', { videoId: 'video_8f2k' }],
	...[{ id: 'video_8f2k', status: 'completed' }, '{"video_id":"video_8f2k"}'],
	...[{ id: null, videoId: 'video_8f2k' }, { json: { id: '', video_id: 'video_8f2k' } }],
	{ error: 'x', message: 'y', details: { kind: 'timedOut', model: 'z', videoId: 'video_8f2k' } },
	{ json: { error: 'x', message: 'y', details: { videoId: 'video_8f2k' } } },
])('the ID of a video may be given as %j', (videoId) => {
	expect(readingOf((form) => form.videoId())({ videoId })).toBe('video_8f2k');
});

test.each([
	['video_a%3D%3D', 'video_a=='],
	['models%2Fveo%2F1', 'models/veo/1'],
	['video_100%', 'video_100%'],
])('the ID in a URL is decoded: %s', (segment, id) => {
	const videoId = `https://api.example.com/v1/videos/${segment}/content`;
	expect(readingOf((form) => form.videoId())({ videoId })).toBe(id);
});

test.each([
	['video_1, video_2', "'Video ID' is 'video_1, video_2'"],
	['The video is running', "'Video ID' is 'The video is running'"],
	['{{$json.id}}', "'Video ID' is '{{$json.id}}'"],
	['null', "'Video ID' is empty"],
	[{ id: null, videoId: '' }, "'Video ID' is empty"],
	[
		{ error: 'x', details: { kind: 'network' } },
		`'Video ID' is '{"error":"x","details":{"kind":"network"}}'`,
	],
])('no ID of a video: %j', (videoId, message) => {
	expect(readingOf((form) => form.videoId())({ videoId })).toBe(message);
});

describe('a video to extend', () => {
	const read = readingOf((form) => readSourceSelection(form, 'extend', readOptions(form)));

	test.each<[Values, object]>([
		[
			{ videoSource: 'id', videoId: ' video_1 ' },
			{ kind: 'id', id: 'video_1' },
		],
		[
			{ videoSource: 'url', videoUrl: [{ url: 'https://example.com/a.mp4' }] },
			{ kind: 'url', url: 'https://example.com/a.mp4' },
		],
		[
			{ videoSource: 'binary', binaryPropertyName: 'data' },
			{ kind: 'file', file: 'data' },
		],
		[
			{ videoSource: 'binary', binaryPropertyName: FILE },
			{ kind: 'file', file: FILE },
		],
	])('is read from %j', (values, video) => {
		expect(read(values)).toEqual({ change: 'extend', video });
	});

	test('is sent as the options say', () => {
		const options = { sendVideoAs: 'remix', inputLinkHours: 2 };
		expect(read({ videoSource: 'id', videoId: 'video_1', options })).toMatchObject({
			...{ way: 'remix', linkHours: 2 },
		});
	});

	test.each<[Values, string]>([
		[{ videoSource: 'id', videoId: '' }, "'Video ID' is empty"],
		[{ videoSource: 'url', videoUrl: 'a.mp4' }, "'Video URL' is 'a.mp4', which is not a URL"],
		[{ videoSource: 'url', videoUrl: '' }, "'Video URL' is empty, which is not a URL"],
		[{ videoSource: 'binary', binaryPropertyName: ' ' }, "'Input Binary Field' is empty"],
	])('is refused from %j', (values, message) => {
		expect(read(values)).toBe(message);
	});
});

describe('a storyboard', () => {
	const read = readingOf(readStoryboardInput);
	const form = {
		...{ model: 'sora-2', seconds: 8, scenesFrom: 'text' },
		sceneList: ['The boat', { prompt: 'The sea', seconds: 4, model: 'veo-3', image: 'data' }],
	};

	test('a scene has the values of the form, but for its own', () => {
		expect(read(form)).toMatchObject({
			scenes: [
				{ settings: { prompt: 'The boat', seconds: 8, model: 'sora-2' }, image: undefined },
				{ settings: { prompt: 'The sea', seconds: 4, model: 'veo-3' }, image: 'data' },
			],
			wait: { mode: 'poll' },
			target: { field: 'data' },
			...{ continues: false, leavesOutFailed: false, ifSoundDiffers: 'refuse' },
		});
	});

	test('the style stands before the prompt of each scene', () => {
		expect(read({ ...form, style: 'Ink' })).toMatchObject({
			scenes: [{ settings: { prompt: 'Ink\nThe boat' } }, { settings: { prompt: 'Ink\nThe sea' } }],
		});
	});

	test.each([
		[{ aspectRatio: '9:16' }, 'vertical', undefined],
		[{ aspectRatio: 'custom', customSize: '1280x720' }, '16:9', undefined],
		[{ aspectRatio: 'sameAsImage' }, '9:16', undefined],
		[{ aspectRatio: '16:9' }, 'N/A', undefined],
		[{ aspectRatio: '16:9' }, 'portrait', "'Aspect Ratio of Scene 1' is '9:16'"],
		[{ aspectRatio: 'modelDefault' }, '9:16', "'Aspect Ratio of Scene 1' is '9:16'"],
	])('in %j, a scene in %s is refused as %j', (shape, aspect_ratio, message) => {
		const result = read({ ...form, ...shape, sceneList: [{ prompt: 'The boat', aspect_ratio }] });
		expect(typeof result === 'string' ? result : undefined).toBe(message);
	});

	test('a style that says nothing is left out', () => {
		expect(read({ ...form, style: 'N/A' })).toMatchObject({
			scenes: [{ settings: { prompt: 'The boat' } }, {}],
		});
	});

	test('its delivery is read alike without its scenes', () => {
		const options = { ifSceneFails: 'leaveOut', clipFieldPrefix: 'scene', continueScenes: true };
		const values = { ...form, options, waitMode: 'webhook' };
		const delivery = readingOf(readSceneDelivery)(values);
		expect(delivery).toMatchObject({
			...{ wait: { mode: 'webhook' }, clipFieldPrefix: 'scene' },
			...{ continues: true, leavesOutFailed: true },
		});
		expect(read(values)).toMatchObject(delivery as object);
	});

	test.each([
		['data', 'data', false],
		['clip2', 'clip', true],
		['clip2b', 'clip', false],
		['2', '', false],
	])(
		"the joined video in '%s' and clips in '%s' with a number: refused %s",
		(outputBinaryField, clipFieldPrefix, isRefused) => {
			const read = readingOf(readStoryboardInput);
			const result = read({ ...form, outputBinaryField, options: { clipFieldPrefix } });
			expect(String(result).startsWith("'Clip Field Prefix' is ")).toBe(isRefused);
		},
	);
});

describe('joining', () => {
	const read = readingOf(readJoinInput);

	test('without options keeps the sound and refuses clips that differ in it', () => {
		expect(read({})).toEqual({ field: 'data', sound: 'keep', ifSoundDiffers: 'refuse' });
	});

	test('0 seconds per clip is no limit, and 0 hours no link', () => {
		const none = { maxClipSeconds: 0, publicLinkHours: 0 };
		expect(read({ options: none })).toEqual(read({}));
		const options = { maxClipSeconds: '2,5 s', publicLinkHours: 3 };
		expect(read({ options })).toMatchObject({ maxClipSeconds: 2.5, publicLinkHours: 3 });
	});

	test('takes the items together, unless each item has its clips in fields', () => {
		const isPerItem = (values: Values) => readIsJoinedPerItem(open(values));
		expect([{}, { clipsFrom: 'items' }, { clipsFrom: 'fields' }].map(isPerItem)).toEqual([
			...[false, false, true],
		]);
	});

	test.each<[(opened: Opened) => Promise<unknown>, Values, string]>([
		[(opened) => readClipFiles(opened, [0]), { clipFields: '' }, "'Input Binary Fields' is empty"],
		[
			(opened) => readClipFiles(opened, [0]),
			{ clipFields: 'data, other' },
			"Item 0 has no file in the field 'other'",
		],
		[({ item }) => readSoundFile(item), { soundField: '' }, "'Sound Binary Field' is empty"],
		[
			({ item }) => readSoundFile(item),
			{ soundField: 'song' },
			"Item 0 has no file in the field 'song'",
		],
	])('refuses a missing file: %s of %j', async (read, values, message) => {
		const error: unknown = await read(open(values)).catch((reason: unknown) => reason);
		expect(failureOf(error)?.message).toBe(message);
	});
});

describe('a comparison', () => {
	const read = readingOf(readComparisonInput);
	const form = { modelsFrom: 'text', modelIds: 'sora-2, kling-v3', prompt: 'The boat', seconds: 8 };
	const named = (modelIds: unknown) => read({ ...form, modelIds });

	test.each([
		['sora-2 and kling-v3', ['sora-2', 'kling-v3']],
		["['sora-2', 'kling-v3']", ['sora-2', 'kling-v3']],
		['- openai/sora-2\n- fal/sora-2', ['openai/sora-2', 'fal/sora-2']],
		['Sora 2, Kling v3', ['Sora 2', 'Kling v3']],
		['sora-2, veo-3 and kling-v3', ['sora-2', 'veo-3', 'kling-v3']],
		['sora-2 und kling-v3', ['sora-2', 'kling-v3']],
		['sora-2 → kling-v3', ['sora-2', 'kling-v3']],
		['{"models":["sora-2","kling-v3"]}', ['sora-2', 'kling-v3']],
	])('reads the models of %j', (text, models) => {
		expect(named(text)).toMatchObject({ models });
	});

	test.each([
		['sora-2', "'Models' contains 1 model, but a comparison needs 2 to 8"],
		['a b c d e f g h i', "'Models' contains 9 models, but a comparison needs 2 to 8"],
		['sora-2, sora-2', "'Models' contains 'sora-2' twice"],
		['sora-2, Sora-2', "'Models' contains one model twice: 'sora-2' and 'Sora-2'"],
	])('refuses %j', (text, message) => {
		expect(named(text)).toBe(message);
	});

	test('has its page in another field than the video', () => {
		expect(read(form)).toMatchObject({ target: { field: 'data' }, pageField: 'page' });
		expect(read({ ...form, comparisonPage: 'no' })).toMatchObject({ pageField: undefined });
		expect(read({ ...form, output: 'url', pageBinaryField: 'data' })).toMatchObject({
			pageField: 'data',
		});
		expect(read({ ...form, pageBinaryField: 'data' })).toBe(
			"'Put Comparison Page in Field' and 'Put Output File in Field' are both 'data'",
		);
	});
});

describe('a video', () => {
	const read = readingOf(readVideoInput);
	const form = { operation: 'textToVideo', model: 'sora-2', prompt: 'The boat', seconds: 8 };

	test('has a file unless only the URL is requested or nobody waits for it', () => {
		expect(read(form)).toMatchObject({ target: { field: 'data' }, wait: { mode: 'poll' } });
		for (const without of [{ output: 'url' }, { waitMode: 'none' }])
			expect(read({ ...form, ...without })).not.toMatchObject({ target: expect.anything() });
	});

	test('has images or an earlier video, as its operation says', () => {
		const inputs = {
			videoSource: 'id',
			videoId: 'video_1',
			imageSource: 'binary',
			binaryPropertyName: 'data',
		};
		const keys = ['textToVideo', 'imageToVideo', 'extend', 'edit'].map((operation) => {
			const { images, source } = read({ ...form, ...inputs, operation }) as {
				images?: unknown;
				source?: { change: string };
			};
			return [images !== undefined, source?.change];
		});
		expect(keys).toEqual([
			[false, undefined],
			[true, undefined],
			[false, 'extend'],
			[false, 'edit'],
		]);
	});

	test('an edited video keeps its length unless another is given', () => {
		const edit = { ...form, operation: 'edit', videoSource: 'id', videoId: 'video_1' };
		for (const seconds of ['', 0, null, '0 s'])
			expect(read({ ...edit, seconds })).not.toMatchObject({
				settings: { seconds: expect.anything() },
			});
		expect(read({ ...edit, seconds: '4 s' })).toMatchObject({ settings: { seconds: 4 } });
	});

	test.each(['', ' ', null, true, 'long'])('a new video needs a duration: %j', (seconds) => {
		expect(read({ ...form, seconds })).toMatch(/^'Duration \(Seconds\)' is .*not a valid duration/);
	});

	test.each(['-', 'N/A', ' None ', 'null', null])('has no prompt if its cell is %j', (prompt) => {
		expect(read({ ...form, prompt })).toMatchObject({ settings: { prompt: '' } });
	});

	test('is registered with the trigger only if nobody waits for it', () => {
		const options = { triggerUrl: 'https://n8n.example.com/webhook/1' };
		expect(read({ ...form, options, waitMode: 'none' })).toMatchObject({
			wait: { triggerUrl: options.triggerUrl },
		});
		expect(read({ ...form, options })).not.toMatchObject({
			wait: { triggerUrl: expect.anything() },
		});
	});
});
