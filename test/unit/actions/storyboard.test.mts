import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import { openRunStage, runForm } from '../../support/runStage.mts';

const RESUME_URL = 'https://n8n.example.com/webhook-waiting/7?signature=abc';
const SECRET = { body: { key: 'whsec_c2VjcmV0' } };
const LOST = Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' });

/** Opens a storyboard of three scenes. */
function openStoryboard(
	form: IDataObject,
	options: IDataObject,
	answerTo: (request: string) => FakeAnswer | undefined,
	credential: IDataObject = {},
) {
	const stage = openRunStage({
		answerTo,
		form: {
			...{ operation: 'storyboard', model: 'sora-2', seconds: 8, ...form },
			...{ scenesFrom: 'text', sceneList: 'a boat\na harbor\na storm' },
			options: { itemsAtOnce: 1, firstPoll: 0.05, maxPollInterval: 0.05, ...options },
		},
	});
	const downloads: string[] = [];
	const execution = {
		...stage.execution,
		helpers: {
			...stage.execution.helpers,
			/** A file host that has deleted everything. */
			httpRequest: async ({ url }: { url: string }) => {
				downloads.push(url.split('/').at(-1)!);
				return { statusCode: 410, headers: {}, body: Readable.from([Buffer.from('gone')]) };
			},
		},
		evaluateExpression: (text: string) => (text.includes('resumeUrl') ? RESUME_URL : 0),
		sendMessageToUI: () => undefined,
		getCredentials: async () => ({ ...(await stage.execution.getCredentials('')), ...credential }),
	} as unknown as IExecuteFunctions;
	const run = async () => (await runForm(execution)).failed!;
	return { ...stage, run, downloads };
}

test.each([
	[true, ['DELETE /videos/video_1']],
	[false, []],
])(
	"a Stop during the create of a scene cancels the scenes before, if 'Cancel Video on Stop' is %s",
	async (cancelOnStop, cancels) => {
		let creates = 0;
		const stage = openStoryboard({ waitMode: 'webhook' }, { cancelOnStop }, (request) => {
			if (request === 'GET /v1/webhooks/secret') return SECRET;
			if (request === 'GET /videos/video_1') return { body: { id: 'video_1', status: 'queued' } };
			if (request.startsWith('DELETE')) return { status: 204 };
			if (request !== 'POST /videos') return undefined;
			if (++creates === 1) return { body: { id: 'video_1', status: 'queued' } };
			stage.cancel.abort();
			return LOST;
		});
		const { failure } = await stage.run();
		expect(stage.requests.filter((request) => request.startsWith('DELETE'))).toEqual(cancels);
		expect(failure.videoIds).toEqual(['video_1']);
	},
);

test('scenes that are completed by the create are delivered at once, and none is created twice', async () => {
	let creates = 0;
	const options = { ifSceneFails: 'leaveOut' };
	const stage = openStoryboard({ waitMode: 'webhook' }, options, (request) => {
		if (request === 'GET /v1/webhooks/secret') return SECRET;
		if (request !== 'POST /videos') return undefined;
		if (++creates === 2) return { status: 400, body: { error: { message: 'not this style' } } };
		const id = `video_${creates}`;
		return { body: { id, status: 'completed', url: `https://files.example.com/${id}.mp4` } };
	});
	const { failure } = await stage.run();
	expect(creates).toBe(3);
	expect(stage.waits).toEqual([]);
	expect(stage.downloads).toEqual(['video_1.mp4', 'video_3.mp4']);
	expect(failure.message).toMatch(/^Scene 1: .*expired.*; Scene 2: .*not this style; Scene 3: /);
});

test('a scene that has no scene before it to continue is never sent', async () => {
	const bodies: string[] = [];
	const stage = openStoryboard(
		{ waitMode: 'poll' },
		{ continueScenes: true, ifSceneFails: 'leaveOut' },
		(request) => {
			if (!request.startsWith('POST')) return undefined;
			bodies.push(request);
			return { status: 400, body: { error: { message: 'this prompt is not allowed here' } } };
		},
		{ server: 'openAiCompatible' },
	);
	const { failure } = await stage.run();
	expect(bodies).toHaveLength(1);
	expect(failure.message).toMatch(/^Scene 1: .*; Scene 2: There is no earlier scene with a video/);
});

test('if a scene is refused in a retry, the error names the videos of the others', async () => {
	let models = [{ id: 'sora-2' }];
	let creates = 0;
	const stage = openStoryboard({ waitMode: 'poll' }, { timeout: 30 }, (request) => {
		if (request === 'GET /models') return { body: { data: models } };
		if (request !== 'POST /videos') return undefined;
		if (++creates === 2) return { status: 400, body: { error: { message: 'not this style' } } };
		return { body: { id: `video_${creates}`, status: 'failed', error: 'out of memory' } };
	});
	expect((await stage.run()).failure.message).toMatch(/out of memory/);
	models = [Object.assign({ id: 'sora-2' }, { model_status: 'disabled' })];
	const { failure } = await stage.run();
	expect(failure.videoIds).toEqual(['video_1']);
	expect(failure.advice).toMatch(/video_1.* No scene was created in this try\.$/);
});
