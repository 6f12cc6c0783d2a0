import type { INodeExecutionData } from 'n8n-workflow';
import { selectedOperation } from '../../../nodes/Lumenfall/actions/router';
import type { ItemOperation } from '../../../nodes/Lumenfall/context';
import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import { runItems } from '../../../nodes/Lumenfall/run/runItems';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import { openRunStage } from '../../support/runStage.mts';

const FORM = {
	...{ operation: 'textToVideo', model: 'sora-2', prompt: 'a boat', seconds: 8 },
	...{ waitMode: 'poll', output: 'url' },
};

/** A server without idempotency keys. */
const CREDENTIAL = {
	...{ apiKey: 'key', server: 'openAiCompatible' },
	baseUrl: 'https://videos.example.com/openai/v1',
};

/** Runs the node with the records of earlier tries, and a server on which the video has this status. */
async function tryOnce(context: NodeContext, status: string, options: object = {}) {
	let creates = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: `video_${++creates}`, status: 'queued' } };
		const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
		return id ? { body: { id, status } } : undefined;
	};
	const form = { ...FORM, options: { firstPoll: 0.05, ...options } };
	const { execution, requests } = openRunStage({ form, context, answerTo });
	// Each stage is a server of its own.
	Object.assign(execution, { getCredentials: async () => CREDENTIAL });
	const result = await runItems(execution, selectedOperation(execution) as ItemOperation);
	const failure = Array.isArray(result) ? undefined : result.failure;
	return { failure, requests, creates, output: result as INodeExecutionData[] };
}

test.each([{}, { fallbackModels: 'p-video', fallbackOnFailure: true }])(
	'a video that was completed in an earlier try is not paid again, even if its server reports it as failed later (%j)',
	async (options) => {
		const context: NodeContext = {};
		const first = await tryOnce(context, 'completed', options);
		expect(first.output).toMatchObject([{ json: { id: 'video_1', status: 'completed' } }]);
		for (const status of ['expired', 'failed']) {
			const again = await tryOnce(context, status, options);
			expect(again.creates).toBe(0);
			expect(again.failure).toMatchObject({ videoId: 'video_1' });
		}
	},
);

test('an agent that makes the same call twice at the same moment pays for one video and gets it twice', async () => {
	let creates = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: `video_${++creates}`, status: 'queued' } };
		const [, id] = /^GET \/videos\/(\w+)$/.exec(request) ?? [];
		return id ? { body: { id, status: 'completed' } } : undefined;
	};
	const call = async () => {
		const form = { ...FORM, options: { firstPoll: 0.05 } };
		const settings = { type: 'lumenfallTool', executionId: 'twice', form, context: {}, answerTo };
		const { execution } = openRunStage(settings);
		Object.assign(execution, { getCredentials: async () => CREDENTIAL });
		return await runItems(execution, selectedOperation(execution) as ItemOperation);
	};
	const results = await Promise.all([call(), call()]);
	expect(creates).toBe(1);
	for (const result of results) expect(result).toMatchObject([{ json: { id: 'video_1' } }]);
});

test('a server whose replicas disagree about a failed video ends the item, with fallback models too', async () => {
	let checks = 0;
	const answerTo = (request: string): FakeAnswer | undefined => {
		if (request === 'POST /videos') return { body: { id: 'video_1', status: 'queued' } };
		if (request !== 'GET /videos/video_1') return undefined;
		if (checks > 20) throw new Error('the item never ends');
		return { body: { id: 'video_1', status: ++checks % 2 ? 'failed' : 'in_progress' } };
	};
	const options = { firstPoll: 0.05, fallbackModels: 'p-video', fallbackOnFailure: true };
	const { execution } = openRunStage({ form: { ...FORM, options }, answerTo });
	const result = await runItems(execution, selectedOperation(execution) as ItemOperation);
	expect(result).toMatchObject({ failure: { kind: 'providerFailed', videoId: 'video_1' } });
	expect(checks).toBeLessThan(10);
});
