import type { INodeExecutionData } from 'n8n-workflow';
import { VERSIONS } from '../../../instance/versions.mts';
import type { Execution, WorkflowJson } from '../../../instance/types.mts';
import { drawImage, makeMp3, openOwnStage, openStage, waitFor } from '../fixtures.mts';
import type { Stage } from '../stage.mts';
import { outputOf, small } from '../workflows.mts';
import { PLATFORMS, type Platform } from './platforms.mts';
import { postedField, readExample, rehearsed, type Outside } from './rehearse.mts';
import { expectTaken } from './taken.mts';

/** Examples that output a video in n8n and start manually. */
const plain = [
	'01-text-to-video',
	'03-compare-models',
	'04-wait-on-webhook-call',
	'07-join-clips',
	'08-storyboard',
	'20-collect-orphaned-videos',
];

describe.each(VERSIONS)('the examples on n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version, { renderer: 'real', jobSeconds: 3 })));
	beforeEach(async () => await stage.sandbox.reset());

	const read = (name: string) => stage.withCredential(readExample(name));

	/** Runs an example up to the nodes that need an external account. */
	async function rehearse(name: string, outside: Outside = {}): Promise<Execution> {
		return await stage.api.ended(await stage.run(rehearsed(read(name), outside)), 200);
	}

	const fileOf = async ({ binary }: INodeExecutionData, field: string) =>
		await stage.api.download(binary![field].id!);

	/** Checks that the items of a node contain files that its platform accepts. */
	async function expectPosted(
		name: string,
		execution: Execution,
		node: string,
		platform: Platform,
		count = 1,
	) {
		const items = outputOf(execution, node);
		expect(items).toHaveLength(count);
		const field = postedField(read(name).nodes.find((one) => one.name === node)!);
		for (const item of items) {
			expect(item.binary?.[field]).toMatchObject({
				mimeType: 'video/mp4',
				fileName: expect.stringMatching(/\.mp4$/),
			});
			await expectTaken(await fileOf(item, field), platform);
		}
	}

	test.each(plain)('%s outputs videos that play', async (name) => {
		const example = read(name);
		const execution = await rehearse(name);
		const last = example.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).at(-1)!.name;
		const items = outputOf(execution, last);
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) await expectTaken(await fileOf(item, 'data'), {});
	});

	test('02: the image becomes the first frame', async () => {
		const execution = await rehearse('02', { 'Get Image': [await imageItem('data')] });
		const [item] = outputOf(execution, 'Image to Video');
		await expectTaken(await fileOf(item, 'data'), {});
		expect(stage.sandbox.jobs()[0].image).toBeDefined();
	});

	test('05 and 06: one workflow creates the video, the other receives it', async () => {
		const second = read('06');
		const [trigger] = second.nodes;
		const secondId = await stage.api.addWorkflow(second);
		await stage.api.activate(secondId);
		const webhookUrl = `${stage.api.http.defaults.baseURL}/webhook/${trigger.webhookId}/video`;
		const first = JSON.parse(
			JSON.stringify(read('05')).replace(
				'https://n8n.example.com/webhook/copy-from-lumenfall-trigger/video',
				webhookUrl,
			),
		) as WorkflowJson;
		await stage.api.ended(await stage.run(first));
		const started = await waitFor('the second workflow', async () => {
			const [execution] = await stage.api.executions(secondId);
			return execution;
		});
		const [item] = outputOf(await stage.api.ended(started.id), trigger.name);
		await expectTaken(await fileOf(item, 'data'), {});
	});

	test('15: YouTube gets a Short', async () => {
		const execution = await rehearse('15');
		await expectPosted('15', execution, 'Upload to YouTube', PLATFORMS.youTubeShort);
		const [{ id }] = stage.sandbox.jobs();
		expect(execution.data.resultData.metadata).toMatchObject({
			lumenfallVideoIds: id,
			lumenfallCost: '0.8',
		});
	});

	test('09: Drive gets the video requested in the form', async () => {
		const answers = {
			'What happens in the video': 'A kite',
			Shape: '1:1',
			'E-mail': 'a@example.com',
		};
		const execution = await rehearse('09', { 'Video Form': [{ json: answers }] });
		await expectPosted('09', execution, 'Save to Drive', { shapes: [1] });
	});

	test('10: each row gets its status, also a failed one', async () => {
		const rows = [
			{ row_number: 2, prompt: 'A kite', seconds: '4', ratio: '9:16', status: '' },
			{ row_number: 3, prompt: 'A kite [blocked]', seconds: 4, ratio: '', status: '' },
			{ row_number: 4, prompt: 'A kite', seconds: '', ratio: '', status: '' },
		];
		const execution = await rehearse('10', { 'Read Rows': rows.map((json) => ({ json })) });
		const items = outputOf(execution, 'Write Status');
		expect(items.map(({ json }) => json.status ?? 'failed')).toEqual([
			'completed',
			'failed',
			'completed',
		]);
		expect(items[1].json.error).toEqual(expect.any(String));
		expect(items[0].json).toMatchObject({ seconds: 4, width: 720, height: 1280 });
	});

	test('11: Telegram gets a video within the limits of bots', async () => {
		const message = { text: 'A kite', chat: { id: 7 } };
		const execution = await rehearse('11', { Message: [{ json: { message } }] });
		await expectPosted('11', execution, 'Reply with Video', PLATFORMS.telegram);
	});

	test('13: TikTok, Instagram and YouTube get a vertical video that starts with the photo', async () => {
		const execution = await rehearse('13', {
			'Photo Form': [{ ...(await imageItem('Photo')), json: { Caption: 'New' } }],
		});
		await expectPosted('13', execution, 'Publish', PLATFORMS.everywhere);
		expect(stage.sandbox.jobs()[0].image).toBeDefined();
	});

	test('16: only the cheapest of three goes to Drive', async () => {
		const execution = await rehearse('16');
		await expectPosted('16', execution, 'Save to Drive', PLATFORMS.drive);
		expect(stage.sandbox.billing().jobs).toBe(3);
	});

	test('17: a cheap video is generated immediately, an expensive one after an approval', async () => {
		const request = (seconds: number) => ({
			Request: [{ json: { prompt: 'A kite', seconds } }],
		});
		const cheap = await rehearse('17', request(4));
		await expectTaken(await fileOf(outputOf(cheap, 'Make Video')[0], 'data'), {});

		const dear = await stage.run(rehearsed(read('17'), request(12)));
		await stage.api.reached(dear, 'waiting');
		expect(stage.sandbox.billing().jobs).toBe(1);
		await stage.api.stop(dear);

		const answer = (Decision: string) => ({
			...request(12),
			'Ask for Approval': [{ json: { Decision } }],
		});
		expect(outputOf(await rehearse('17', answer('Approve')), 'Make Video')).toHaveLength(1);
		expect(outputOf(await rehearse('17', answer('Reject')), 'Make Video')).toEqual([]);
	});

	test('18: a batch stays within its budget, and the alert contains the other items', async () => {
		const execution = await rehearse('18');
		await expectPosted('18', execution, 'Save to Drive', PLATFORMS.drive, 2);
		const [alert, ...more] = outputOf(execution, 'Alert');
		expect(more).toEqual([]);
		expect(alert.json.error).toMatch(/Max Cost of Run/);
		expect(stage.sandbox.billing().usd).toBeLessThanOrEqual(2);
	});

	test('19: a video of a crashed execution is downloaded, and not paid for twice', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		await stage.api.ended(await stage.run(stage.workflow(small({ waitMode: 'none' }))));
		const executionId = await stage.run(rehearsed(read('19')));
		await waitFor('the wait', () =>
			stage.sandbox
				.requests()
				.some(({ method, path }) => method === 'GET' && /videos\/\w/.test(path)),
		);
		stage.sandbox.releaseStuck();
		const execution = await stage.api.ended(executionId);
		await expectPosted('19', execution, 'Save to Drive', PLATFORMS.drive);
		expect(stage.sandbox.billing().jobs).toBe(1);
	});

	test('21: own clips and a voice become one video', async () => {
		const clip = outputOf(await stage.api.ended(await stage.run(stage.workflow(small()))))[0];
		const video = binaryOf(await fileOf(clip, 'data'), 'video/mp4', 'clip.mp4');
		const voice = binaryOf(await makeMp3(2), 'audio/mpeg', 'voice.mp3');
		const execution = await rehearse('21', {
			'Clips Form': [{ json: {}, binary: { First_clip: video, Second_clip: video, Voice: voice } }],
		});
		await expectPosted('21', execution, 'Save to Drive', { minSeconds: 2, maxSeconds: 2.2 });
	});
});

describe.each(VERSIONS)('a public n8n %s', (version) => {
	test('14: Instagram gets the public link of a Reel', async () => {
		const stage = await openOwnStage(
			{ version, env: { WEBHOOK_URL: 'https://n8n.example.com/' } },
			{ renderer: 'real', jobSeconds: 3 },
		);
		const example = stage.withCredential(readExample('14'));
		const execution = await stage.api.ended(await stage.run(rehearsed(example)), 200);
		const [{ json }] = outputOf(execution, 'Create Container');
		const link = new URL(String(json.publicUrl));
		expect(link.origin).toBe('https://n8n.example.com');
		const file = await fetch(`${stage.instance.url}${link.pathname}${link.search}`);
		expect(file.headers.get('content-type')).toBe('video/mp4');
		await expectTaken(Buffer.from(await file.arrayBuffer()), PLATFORMS.instagramReel);
	});
});

async function imageItem(field: string): Promise<INodeExecutionData> {
	return { json: {}, binary: { [field]: binaryOf(await drawImage(), 'image/png', 'boat.png') } };
}

function binaryOf(file: Buffer, mimeType: string, fileName: string) {
	return { data: file.toString('base64'), mimeType, fileName };
}
