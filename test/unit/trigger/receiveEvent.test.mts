import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { receiveEvent } from '../../../nodes/LumenfallTrigger/receiveEvent';
import { fakeServer } from '../../support/fakeServer.mts';

/** A trigger of a server whose deliveries are not signed. The server knows the video `real`. */
function openTrigger() {
	const { host: server, requests } = fakeServer(
		(request) =>
			request.endsWith('/real') ? { body: { id: 'real', status: 'completed' } } : undefined,
		{ server: 'openAiCompatible', domain: 'openrouter.ai' },
	);
	const data: IDataObject = {};
	const deliver = async (id: string) => {
		let answered = 200;
		const body = JSON.stringify({ type: 'video.generation.completed', data: { id } });
		const response = { status: (code: number) => ((answered = code), response), json: () => {} };
		const host = {
			...server,
			getNode: () => ({ id: 'node' }),
			getWorkflow: () => ({ id: 'workflow' }),
			getMode: () => 'webhook',
			getNodeParameter: (name: string) => (name === 'events' ? ['video.completed'] : 'webhook'),
			getWorkflowStaticData: () => data,
			getRequestObject: () => ({ headers: {}, rawBody: Buffer.from(body) }),
			getResponseObject: () => response,
			logger: { warn: () => {} },
		} as unknown as IWebhookFunctions;
		const { workflowData } = await receiveEvent(host);
		return workflowData ? 'started' : answered;
	};
	return { deliver, requests };
}

test('an unsigned delivery starts the workflow if the API confirms it', async () => {
	const { deliver } = openTrigger();
	expect(await deliver('real')).toBe('started');
	expect(await deliver('real')).toBe(200);
	expect(await deliver('made-up')).toBe(404);
});

test('a flood of unsigned deliveries, each about another video, does not become a flood of requests', async () => {
	const { deliver, requests } = openTrigger();
	const made = Array.from({ length: 2_000 }, (_, index) => `made-up-${index}`);
	const answers = await Promise.all(made.map(deliver));
	expect(requests.length).toBeLessThanOrEqual(600);
	expect(new Set(answers)).toEqual(new Set([404, 503]));
});
