import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { receiveEvent } from '../../../nodes/LumenfallTrigger/receiveEvent';
import { fakeServer } from '../../support/fakeServer.mts';

let nodes = 0;

/** A trigger of a server whose deliveries are not signed. The server knows the videos `real…`. */
function openTrigger(credential: object = {}) {
	const node = { id: `node-${++nodes}`, name: 'Video Has Ended' };
	const log: string[] = [];
	const { host: server, requests } = fakeServer(
		(request) => (request.includes('/real') ? { body: { status: 'completed' } } : undefined),
		{ server: 'openAiCompatible', domain: 'openrouter.ai' },
	);
	const data: IDataObject = {};
	const send = async (body: string) => {
		let answered = 200;
		const response = { status: (code: number) => ((answered = code), response), json: () => {} };
		const host = {
			...server,
			getCredentials: async () => ({ ...(await server.getCredentials()), ...credential }),
			getNode: () => node,
			getWorkflow: () => ({ id: 'workflow' }),
			getMode: () => 'webhook',
			getNodeParameter: (name: string) => (name === 'events' ? ['video.completed'] : 'webhook'),
			getWorkflowStaticData: () => data,
			getRequestObject: () => ({ headers: {}, rawBody: Buffer.from(body) }),
			getResponseObject: () => response,
			logger: { warn: (line: string) => log.push(line) },
		} as unknown as IWebhookFunctions;
		const { workflowData } = await receiveEvent(host);
		return workflowData ? 'started' : answered;
	};
	return { send, deliver: async (id: string) => await send(bodyAbout(id)), requests, log };
}

const bodyAbout = (id: string) =>
	JSON.stringify({ type: 'video.generation.completed', data: { id } });

test('an unsigned delivery starts the workflow if the API confirms it', async () => {
	const { deliver } = openTrigger();
	expect(await deliver('real')).toBe('started');
	expect(await deliver('real')).toBe(200);
	expect(await deliver('made-up')).toBe(404);
});

test.each<[string, string, number | 'started']>([
	['nothing', '', 400],
	['text', 'hello', 400],
	['a form', 'type=video.generation.completed&id=real', 400],
	['JSON that breaks off', bodyAbout('real').slice(0, -3), 400],
	['another event', bodyAbout('real').replace('completed', 'started'), 400],
	['JSON with a byte order mark', `\ufeff${bodyAbout('real-2')}`, 'started'],
])(
	'a delivery of %s is answered so that the server repeats it only if that helps',
	async (_, body, status) => {
		expect(await openTrigger().send(body)).toBe(status);
	},
);

test('calls with a wrong signature are refused, and the log says so, once a minute', async () => {
	const { deliver, log, requests } = openTrigger({ webhookSecret: 'another secret' });
	const answers = [await deliver('real-3'), await deliver('real-4'), await deliver('real-5')];
	expect(answers).toEqual([401, 401, 401]);
	expect(log).toEqual([expect.stringMatching(/'Video Has Ended' was refused: .*webhook secret/)]);
	expect(log[0]).not.toContain('another secret');
	expect(requests).toEqual([]);
});

test('a flood of unsigned deliveries, each about another video, does not become a flood of requests', async () => {
	const { deliver, requests } = openTrigger();
	const made = Array.from({ length: 2_000 }, (_, index) => `made-up-${index}`);
	const answers = await Promise.all(made.map(deliver));
	expect(requests.length).toBeLessThanOrEqual(600);
	expect(new Set(answers)).toEqual(new Set([404, 503]));
});
