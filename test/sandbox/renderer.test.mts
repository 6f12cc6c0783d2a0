import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RenderRequest } from '../../sandbox/renderer/renderRequest.mts';
import { meanDifference } from '../support/images.mts';
import { native } from '../support/native.mts';
import { drawImageFile, drawQuarters, loadProber } from './support.mts';

let prober: Awaited<ReturnType<typeof loadProber>>;
let renderVideo: typeof import('../../sandbox/renderer/renderVideo.mts').renderVideo;
let folder: string;

beforeAll(async () => {
	prober = await loadProber();
	({ renderVideo } = await native<typeof import('../../sandbox/renderer/renderVideo.mts')>(
		'./sandbox/renderer/renderVideo.mts',
	));
	folder = await mkdtemp(join(tmpdir(), 'renderer-test-'));
});
afterAll(async () => await rm(folder, { recursive: true }));

const request: RenderRequest = {
	width: 320,
	height: 180,
	seconds: 1,
	prompt: 'A paper boat',
	model: 'sora-2',
};

let count = 0;
async function render(change: Partial<RenderRequest> = {}): Promise<string> {
	const file = join(folder, `${(count += 1)}.mp4`);
	await renderVideo({ ...request, ...change }, file);
	return file;
}

it.each([
	[1280, 720, 4],
	[720, 1280, 1],
	[854, 480, 2.5],
	[1680, 720, 1],
])(
	'a video of %i by %i has that size, H.264 and exactly %d seconds',
	async (width, height, seconds) => {
		const facts = await prober.probeVideo(await render({ width, height, seconds }));
		expect(facts).toEqual({
			codec: 'h264',
			width,
			height,
			seconds: expect.closeTo(seconds, 2),
			hasAudio: true,
		});
	},
);

it('the index comes before the media data, so that a player can start immediately', async () => {
	const file = await readFile(await render());
	expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
});

it('a video from an image starts with that image, without text on it', async () => {
	const image = await drawImageFile(640, 360);
	const { rgba } = await prober.firstFrame(await render({ image }));
	const [left, right] = [at(rgba, 40, 90), at(rgba, 280, 90)];
	expect(meanDifference(left, Uint8Array.from([0x2f, 0x7f, 0xb8]))).toBeLessThan(6);
	expect(meanDifference(right, Uint8Array.from([0xb8, 0x43, 0x2f]))).toBeLessThan(6);

	const { rgba: otherPrompt } = await prober.firstFrame(await render({ image, prompt: 'Rain' }));
	expect(meanDifference(rgba, otherPrompt)).toBe(0);
});

function at(rgba: Uint8Array, x: number, y: number): Uint8Array {
	const offset = (y * request.width + x) * 4;
	return rgba.slice(offset, offset + 3);
}

it('the image fills the frame without being stretched', async () => {
	const tall = await drawImageFile(200, 800);
	const { rgba } = await prober.firstFrame(await render({ image: tall }));
	expect(meanDifference(at(rgba, 150, 5), at(rgba, 150, 175))).toBeLessThan(3);
	expect(meanDifference(at(rgba, 150, 90), at(rgba, 170, 90))).toBeGreaterThan(50);
});

it.each([[{}], [{ image: true }], [{ seconds: 0.2 }]])(
	'a video with a last frame (%j) ends on that image, whole and free of text',
	async ({ image, ...change }: { image?: boolean; seconds?: number }) => {
		const images = {
			image: image ? await drawImageFile(640, 360) : undefined,
			lastImage: await drawQuarters(200, 800),
		};
		const file = await render({ ...change, ...images });
		const last = await prober.lastFrame(file);
		const still = await prober.firstFrame(await render({ image: images.lastImage }));
		expect(meanDifference(last.rgba, still.rgba)).toBeLessThan(2);
		expect(meanDifference((await prober.firstFrame(file)).rgba, still.rgba)).toBeGreaterThan(20);
	},
);

it('a last frame has no effect before the video fades into it', async () => {
	const half = async (file: string) =>
		(await prober.filterFrame(file, 'select=gt(t\\,0.5),format=rgba')).rgba;
	const change = { lastImage: await drawQuarters(320, 180), seconds: 2 };
	expect(
		meanDifference(await half(await render(change)), await half(await render({ seconds: 2 }))),
	).toBeLessThan(1);
});

it('reference images are shown side by side, but not on a given first frame', async () => {
	const [one, other] = [await drawImageFile(64, 64), await drawQuarters(64, 64)];
	const look = async (change: Partial<RenderRequest>) =>
		(await prober.firstFrame(await render(change))).rgba;
	const [none, single, both] = [
		await look({}),
		await look({ references: [one] }),
		await look({ references: [one, other] }),
	];
	expect(meanDifference(none, single)).toBeGreaterThan(0.2);
	expect(meanDifference(single, both)).toBeGreaterThan(0.2);

	const image = await drawImageFile(320, 180);
	const film = await render({ image, references: [other], seconds: 2 });
	const plain = await render({ image, seconds: 2 });
	const apart = async (moment: 'firstFrame' | 'lastFrame') =>
		meanDifference((await prober[moment](film)).rgba, (await prober[moment](plain)).rgba);
	expect(await apart('firstFrame')).toBe(0);
	expect(await apart('lastFrame')).toBeGreaterThan(0.2);
});

it('different models, prompts and times look different', async () => {
	const look = async (change: Partial<RenderRequest>) =>
		(await prober.firstFrame(await render(change))).rgba;
	const plain = await look({});
	expect(meanDifference(plain, await look({ model: 'kling-v3' }))).toBeGreaterThan(10);
	expect(meanDifference(plain, await look({ prompt: 'Another thing entirely' }))).toBeGreaterThan(
		1,
	);

	const half = await prober.filterFrame(await render(), 'select=gt(t\\,0.5),format=rgba');
	expect(meanDifference(plain, half.rgba)).toBeGreaterThan(0.5);
});

it('every model of the list looks clearly different from every other', async () => {
	const { listModels } = await native<typeof import('../../sandbox/models/models.mts')>(
		'./sandbox/models/models.mts',
	);
	const looks: Uint8Array[] = [];
	for (const { id } of listModels()) {
		// A third of a second shows the same colors as a whole one, and renders faster.
		const { rgba } = await prober.firstFrame(await render({ model: id, seconds: 0.3 }));
		for (const other of looks) expect(meanDifference(rgba, other)).toBeGreaterThan(5);
		looks.push(rgba);
	}
	const alias = await prober.firstFrame(await render({ model: 'kling-3', prompt: '' }));
	const model = await prober.firstFrame(await render({ model: 'kling-v3', prompt: '' }));
	expect(meanDifference(alias.rgba, model.rgba)).toBeLessThan(5);
	expect(meanDifference(alias.rgba, model.rgba)).toBeGreaterThan(0);
});

it('a prompt of any length or alphabet results in a video', async () => {
	const prompts = ['x', 'Über Привет Ελλάδα 日本 🚤', 'word '.repeat(2000), 'w'.repeat(500)];
	for (const prompt of prompts) {
		expect((await prober.probeVideo(await render({ prompt }))).seconds).toBeCloseTo(1, 2);
	}
});

it('a file that is not a video is refused by the prober', async () => {
	await expect(prober.probeVideo(Buffer.from('<!doctype html>'))).rejects.toThrow();
});
