/**
 * Twice as fast as real time, and not 20 times: the work of the engine itself must stay small beside the second.
 * @jest-environment-options {"timeFactor": 2}
 */
import { createCanvas } from '@napi-rs/canvas';
import type { Engine, PinnedItem } from '../../engine/createEngine.mts';
import { openEngine, textToVideoWorkflow } from './compatibleStage.mts';
import { HANGS, openHangingServer, type HangingServer, type Route } from './hangingServer.mts';
import { CORES, nativeDuration, untilTrue } from './stage.mts';

const NO_FILE: PinnedItem[] = [{ json: {} }];
/** Random pixels: more bytes than the buffers of a connection hold. */
const LARGE_IMAGE: PinnedItem[] = [
	{
		json: {},
		binary: { data: { data: noise(1600, 1200), mimeType: 'image/png', fileName: 'noise.png' } },
	},
];

interface Phase {
	name: string;
	route: Route;
	form?: object | ((origin: string) => object);
	items?: PinnedItem[];
	/** The credential. The default is that of a compatible server. */
	at?: keyof typeof PATHS;
}

/** The base URLs of the credentials. */
const PATHS = {
	compatible: '/v1',
	lumenfall: '/openai/v1',
	filesOnly: '/files-only/v1',
	losing: '/losing/v1',
};

const PHASES: Phase[] = [
	{ name: 'the create', route: 'create' },
	{
		name: 'the upload of an image',
		route: 'create',
		form: { operation: 'imageToVideo', aspectRatio: '16:9' },
		items: LARGE_IMAGE,
	},
	{
		name: 'the download of an image for a server that accepts only files',
		route: 'image',
		form: (origin) => ({
			...{ operation: 'imageToVideo', aspectRatio: '16:9' },
			...{ imageSource: 'url', imageUrl: `${origin}/boat.png` },
		}),
		at: 'filesOnly',
	},
	{ name: 'a status check', route: 'status' },
	{ name: 'the content route', route: 'content' },
	{ name: 'the file host', route: 'file host' },
	{ name: 'Get', route: 'status', form: { operation: 'get', videoId: 'video_1' } },
	{ name: 'Wait', route: 'status', form: { operation: 'wait', videoId: 'video_1' } },
	{ name: 'Download', route: 'content', form: { operation: 'download', videoId: 'video_1' } },
	{ name: 'Get Many', route: 'list', form: { operation: 'getAll', returnAll: true } },
	{ name: 'Cancel', route: 'cancel', form: { operation: 'cancel', videoId: 'video_running' } },
	{ name: 'the model list', route: 'models', at: 'lumenfall' },
	{ name: 'the parameter schema of a model', route: 'schema', at: 'lumenfall' },
	{ name: 'the balance before a create', route: 'balance', at: 'lumenfall' },
	{
		name: 'Get Balance',
		route: 'balance',
		form: { resource: 'account', operation: 'getBalance' },
		at: 'lumenfall',
	},
	{
		name: 'the dry run of Estimate Cost',
		route: 'dry run',
		form: { operation: 'estimateCost' },
		at: 'lumenfall',
	},
	{
		name: 'the dry run before a create',
		route: 'dry run',
		form: { options: { firstPoll: 1, maxCost: 5 } },
		at: 'lumenfall',
	},
	{ name: 'the list after a create was lost', route: 'list', at: 'losing' },
	{ name: 'Get Many at Lumenfall', route: 'list', form: { operation: 'getAll' }, at: 'lumenfall' },
	{
		name: 'the webhook secret',
		route: 'secret',
		form: { waitMode: 'webhook' },
		at: 'lumenfall',
	},
	{
		name: 'the status check before a suspension',
		route: 'status',
		form: { waitMode: 'webhook' },
		at: 'lumenfall',
	},
	{
		name: 'the registration with a trigger',
		route: 'registration',
		form: (origin) => ({
			waitMode: 'none',
			options: { triggerUrl: `${origin}/webhook/videos` },
		}),
	},
	{
		name: 'an extension',
		route: 'create',
		form: { operation: 'extend', videoSource: 'id', videoId: 'video_1' },
	},
	{
		name: 'the thumbnail',
		route: 'content',
		form: { operation: 'download', videoId: 'video_1', variant: 'thumbnail' },
	},
	{
		name: 'the scenes of a storyboard',
		route: 'create',
		form: { operation: 'storyboard', scenesFrom: 'text', sceneList: 'a\n\nb' },
	},
	{
		name: 'the models of a comparison',
		route: 'status',
		form: { operation: 'compare', modelsFrom: 'text', modelIds: 'sora-2, sora-2-pro' },
	},
];

describe.each(CORES)('a server whose response never ends, on %s', (core) => {
	let server: HangingServer;
	let engines: Record<keyof typeof PATHS, Engine>;
	beforeAll(async () => {
		server = await openHangingServer();
		const open = async (at: keyof typeof PATHS) =>
			await openEngine(
				core,
				`${server.origin}${PATHS[at]}`,
				at === 'lumenfall' ? at : 'openAiCompatible',
			);
		engines = {
			compatible: await open('compatible'),
			lumenfall: await open('lumenfall'),
			filesOnly: await open('filesOnly'),
			losing: await open('losing'),
		};
	});
	afterEach(() => server.reset());
	afterAll(async () => {
		server.close();
		for (const engine of Object.values(engines)) await engine.close();
	});

	const start = ({ form = {}, items = NO_FILE, at = 'compatible' }: Omit<Phase, 'name'>) => {
		const fields = typeof form === 'function' ? form(server.origin) : form;
		return engines[at].start(textToVideoWorkflow(fields), { pinData: { Start: items } });
	};

	describe.each(PHASES)('to $name', (phase) => {
		test.each(Object.keys(HANGS))('%s: Stop ends the request within a second', async (how) => {
			server.hang(phase.route, how);
			const { result, cancel } = start(phase);
			await untilTrue(() => server.open() > 0);
			await new Promise((resolve) => setTimeout(resolve, 100));
			const before = server.asked();
			const ms = await nativeDuration(async () => {
				cancel();
				// Those that start after the Stop check the video and cancel it. They have a time limit of their own.
				await untilTrue(() => server.open() <= server.asked() - before);
			});
			expect(ms).toBeLessThan(1_000);
			// A page in the place of a file ends the run by itself.
			expect((await result).status).not.toBe('success');
		});
	});

	test('the requests after a Stop end within a few seconds', async () => {
		server.hang('status', 'a body that drips');
		const { cancel } = start({ route: 'status' });
		await untilTrue(() => server.asked() > 0);
		const ms = await nativeDuration(async () => {
			cancel();
			await untilTrue(() => server.asked() > 1);
			await untilTrue(() => server.open() === 0);
		});
		expect(ms).toBeLessThan(8_000);
	});
});

function noise(width: number, height: number): Buffer {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	const image = context.createImageData(width, height);
	let state = 1;
	for (let at = 0; at < image.data.length; at++) {
		state = (state * 48_271) % 2_147_483_647;
		image.data[at] = at % 4 === 3 ? 255 : state;
	}
	context.putImageData(image, 0, 0);
	return canvas.toBuffer('image/png');
}
