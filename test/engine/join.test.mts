import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type {
	CoreName,
	EngineOptions,
	PinnedItem,
	WorkflowJson,
} from '../../engine/createEngine.mts';
import type { ClipSpec } from '../support/clips.mts';
import { native } from '../support/native.mts';
import { CORES, itemsOf, onlyItem, openStage, type Stage } from './stage.mts';

type Clips = typeof import('../support/clips.mts');
type Decoders = typeof import('../support/decodeVideo.mts');

let clips: Clips;
let decoders: Decoders;
let boat: Buffer;
let kite: Buffer;
let tall: Buffer;

const spec = (look: number, more: Partial<ClipSpec> = {}): ClipSpec => ({
	look,
	videoOptions: { preset: look === 1 ? 'medium' : 'ultrafast' },
	sound: {},
	...more,
});

beforeAll(async () => {
	clips = await native<Clips>('./test/support/clips.mts');
	decoders = await native<Decoders>('./test/support/decodeVideo.mts');
	boat = await clips.makeClip(spec(1));
	kite = await clips.makeClip(spec(2, { seconds: 1.5 }));
	tall = await clips.makeClip(spec(3, { width: 96, height: 128 }));
});

const video = (data: Buffer, fileName: string) => ({ data, fileName, mimeType: 'video/mp4' });
const itemWith = (data: Buffer, fileName: string): PinnedItem => ({
	json: {},
	binary: { data: video(data, fileName) },
});
const join = (change: object = {}) => ({ operation: 'join', ...change });

async function withStage(
	core: CoreName,
	options: EngineOptions,
	story: (stage: Stage) => Promise<void>,
) {
	const stage = await openStage(core, {}, options);
	await story(stage);
	await stage.close();
}

async function fileOf(stage: Stage, item: { binary?: Record<string, unknown> }, field = 'data') {
	return await stage.engine.readBinary(item.binary![field] as never);
}

describe.each(CORES)('on %s', (core) => {
	it.each(['filesystem', 'default'] as const)(
		'clips of all items become one video, files in %s mode',
		async (binaryMode) =>
			await withStage(core, { binaryMode }, async (stage) => {
				const item = onlyItem(
					await stage.run(join(), [itemWith(boat, 'boat.mp4'), itemWith(kite, 'kite.mp4')]),
				);
				const file = await fileOf(stage, item);
				expect(item.json).toEqual({
					seconds: 2.5,
					width: 128,
					height: 96,
					hasAudio: true,
					clips: [
						{ name: 'boat.mp4', startsAt: 0, seconds: 1 },
						{ name: 'kite.mp4', startsAt: 1, seconds: 1.5 },
					],
					file: { name: 'joined-video.mp4', mimeType: 'video/mp4', bytes: file.length },
				});
				expect(item.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
				expect(await decoders.decodeFrames(file)).toHaveLength(75);
			}),
	);

	it('needs no credential and sends no request', async () =>
		await withStage(core, { credentials: {} }, async (stage) => {
			const items = [itemWith(boat, 'boat.mp4')];
			onlyItem(await stage.run(join(), items, { credentials: undefined }));
			expect(stage.sandbox.requests()).toEqual([]);
		}));

	it('with Continue On Fail, a failed join is data and the other items continue', async () =>
		await withStage(core, {}, async (stage) => {
			const two = (one: Buffer, other: Buffer): PinnedItem => ({
				json: {},
				binary: { intro: video(one, 'intro.mp4'), data: video(other, 'main.mp4') },
			});
			const parameters = join({ clipsFrom: 'fields', clipFields: 'intro, data' });
			const items = itemsOf(
				await stage.run(parameters, [two(boat, tall), two(kite, boat)], {
					onError: 'continueRegularOutput',
				}),
			);
			expect(items[0].json).toMatchObject({
				error:
					'Clip 2 (main.mp4) has the size 96x128, but Clip 1 (intro.mp4) has 128x96; this must be the same in all joined clips',
				details: { kind: 'invalidInput' },
			});
			expect(items[1].json).toMatchObject({ seconds: 2.5, clips: [{}, { startsAt: 1.5 }] });
		}));
});

describe('the form', () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await openStage('n8n-2');
	});
	afterAll(async () => await stage.close());

	it('accepts numbers, choices and names as expressions and spreadsheets deliver them', async () => {
		const item = onlyItem(
			await stage.run(
				join({
					clipFields: '={{ ["data"] }}',
					sound: '={{ "none" }}',
					outputBinaryField: ' film ',
					options: { maxClipSeconds: '={{ "0.5" }}', fileName: ' Summer: sale.mp4 ' },
				}),
				[itemWith(boat, 'a.mp4'), itemWith(kite, 'b.mp4')],
			),
		);
		expect(item.json).toMatchObject({ hasAudio: false, file: { name: 'Summer- sale.mp4' } });
		expect(item.json.seconds).toBeLessThanOrEqual(1);
		expect(Object.keys(item.binary!)).toEqual(['film']);
	});

	it('accepts files of other nodes by expression', async () => {
		const clipFields = "={{ [$('Start').first().binary.data, $('Start').last().binary.data] }}";
		const items = itemsOf(
			await stage.run(join({ clipsFrom: 'fields', clipFields }), [
				itemWith(boat, 'a.mp4'),
				itemWith(kite, 'b.mp4'),
			]),
		);
		expect(items.map(({ json }) => json.seconds)).toEqual([2.5, 2.5]);
	});

	it('uses the sound of a file for the clips', async () => {
		const song = await clips.makeSound('adts', 4);
		const first = itemWith(boat, 'a.mp4');
		first.binary!.sound = { data: song, fileName: 'song.aac', mimeType: 'audio/aac' };
		const item = onlyItem(
			await stage.run(join({ sound: 'file' }), [first, itemWith(kite, 'b.mp4')]),
		);
		expect(await decoders.findBeeps(await fileOf(stage, item))).toHaveLength(2);
	});

	it.each<[string, object, PinnedItem[], string]>([
		['an item without a file', {}, [{ json: {} }], "Item 0 has no file in the field 'data'"],
		['a second item without a file', {}, [itemWith(Buffer.from('x'), 'a'), { json: {} }], 'Item 1'],
		['no field', { clipFields: ' ' }, [{ json: {} }], "'Input Binary Fields' is empty"],
		['no output field', { outputBinaryField: '' }, [{ json: {} }], "'Put Output File in Field'"],
		[
			'a length that is none',
			{ options: { maxClipSeconds: 'long' } },
			[{ json: {} }],
			"'Max Seconds per Clip' is 'long'",
		],
		[
			'a file that is no video',
			{},
			[itemWith(Buffer.from('<html>Not found</html>'), 'page.html')],
			'Clip 1 (page.html) is not an MP4 file: it is a text or web page',
		],
	])('%s is refused by name', async (_, change, items, words) => {
		const { error } = await stage.run(join(change), items);
		expect(error?.message).toContain(words);
	});

	it('a missing sound file is refused by name', async () => {
		const { error } = await stage.run(join({ sound: 'file' }), [itemWith(boat, 'a.mp4')]);
		expect(error?.message).toContain("Item 0 has no file in the field 'sound'");
		expect(error?.description).toContain("'Sound Binary Field'");
	});
});

it('in memory mode, large files are refused, and the error has a solution', async () =>
	await withStage('n8n-2', { binaryMode: 'default' }, async (stage) => {
		const large = Buffer.concat([boat, Buffer.alloc(101_000_000)]);
		const { error } = await stage.run(join(), [itemWith(large, 'a.mp4')]);
		expect(error?.message).toContain(
			'at most 100.0 MB can be joined while n8n keeps files in memory',
		);
		expect(error?.description).toContain("'filesystem'");
	}));

it('the example joins its scenes to one video', async () =>
	await withStage('n8n-2', {}, async (stage) => {
		const path = joinPath(process.cwd(), 'examples/07-join-clips.json');
		const example = JSON.parse(readFileSync(path, 'utf8')) as WorkflowJson;
		const { jsonOutput } = example.nodes.find(({ name }) => name === 'Scenes')!.parameters;
		const { scene } = JSON.parse(jsonOutput as string) as { scene: string[] };
		// The engine does not have the nodes of n8n's base package, so the trigger provides their output.
		const workflow = {
			...example,
			nodes: example.nodes.filter(({ name }) => !['Scenes', 'Split Out'].includes(name)),
			connections: {
				...example.connections,
				Start: { main: [[{ node: 'Generate Scenes', type: 'main', index: 0 }]] },
			},
		} as WorkflowJson;
		const items = scene.map((text) => ({ json: { scene: text } }));
		const result = await stage.engine.run(workflow, { pinData: { Start: items } });
		expect(result.error).toBeUndefined();
		const [{ json, binary }] = result.output('Join');
		expect(json).toMatchObject({
			seconds: 12,
			width: 720,
			height: 1280,
			hasAudio: true,
			clips: [{ startsAt: 0 }, { startsAt: 4 }, { startsAt: 8 }],
			file: { name: 'paper-boat.mp4' },
		});
		const file = await stage.engine.readBinary(binary!.data);
		expect(await decoders.decodeFrames(file)).toHaveLength(3 * 96);
	}));
