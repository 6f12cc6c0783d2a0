import type {
	CallResponse,
	EngineOptions,
	IncomingCall,
	PinnedItem,
	RunResult,
	WorkflowJson,
} from '../../engine/createEngine.mts';
import type { Execution, WebhookServer } from '../../engine/webhookServer.mts';
import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';
import { NODE, nativeNow, openStage, shared, small, type Stage } from './stage.mts';

/** The node after the one under test. */
export const AFTER = 'Next';

/** Input items with an `index`, and a prompt that contains it. */
export const scenes = (count: number) =>
	[...Array(count).keys()].map((index) => ({ json: { index } }));
export const scene = { prompt: '={{ "scene " + $json.index }}' };

/** Returns the prompt of each output item, or its error. */
export const prompts = (result: RunResult, node = NODE, branch = 0) =>
	result.output(node, branch).map(({ json }) => json.prompt ?? json.error);

/** A stage with an n8n whose URL the sandbox can reach. */
export interface SuspendedStage extends Stage {
	n8n: WebhookServer;
	/** The credential data of this sandbox, for another engine. */
	credentials: NonNullable<EngineOptions['credentials']>;
	/** Starts the node with 'On Webhook Call', and a node after each of its outputs. */
	suspend(change?: object, items?: PinnedItem[], settings?: object): Execution;
	/** The next status checks report unfinished videos, however fast these are. */
	holdChecks(count: number): void;
	/** A delivery with the gateway's signature. */
	signed(
		type: string,
		id: string,
		change?: { secret?: string; ageMs?: number },
	): Promise<IncomingCall>;
	/** Sends a delivery to a suspended execution directly, not from the server. */
	deliver(suspended: RunResult, call: IncomingCall): Promise<CallResponse>;
	creates(): number;
	/** The number of calls that have resumed an execution. */
	resumes(): number;
	/** The status of n8n's response to each call. */
	statuses(): number[];
}

/** Opens a stage for all tests of a `describe`. After each test, the sandbox, the calls and the log are empty. */
export function sharedSuspendedStage(
	...options: Parameters<typeof openSuspendedStage>
): SuspendedStage {
	const stage = shared(async () => await openSuspendedStage(...options));
	afterEach(() => {
		stage.n8n.calls().splice(0);
		stage.log.splice(0);
	});
	return stage;
}

export async function openSuspendedStage(
	core: Parameters<typeof openStage>[0],
	sandboxOptions: SandboxOptions = {},
	engineOptions: EngineOptions = {},
): Promise<SuspendedStage> {
	const stage = await openStage(core, { renderer: 'tiny', ...sandboxOptions }, engineOptions);
	const { openWebhookServer } = await native<typeof import('../../engine/webhookServer.mts')>(
		'./engine/webhookServer.mts',
	);
	const { Webhook } = await native<typeof import('standardwebhooks')>('standardwebhooks');
	const n8n = await openWebhookServer(stage.engine);
	stage.alsoClose(n8n);
	const { sandbox, engine } = stage;

	return {
		...stage,
		n8n,
		credentials: {
			lumenfallApi: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl, server: 'lumenfall' },
		},
		suspend: (change = {}, items = [{ json: {} }], settings = {}) =>
			n8n.start(followed(stage.workflow(waitingForWebhook(change), settings)), {
				pinData: { Start: items },
			}),
		holdChecks: (times) => sandbox.addFault({ on: 'status', do: 'stuck', times }),
		async signed(type, id, { secret = sandbox.webhookSecret, ageMs = 0 } = {}) {
			const body = JSON.stringify({ type, data: { object: 'video.generation', id } });
			const at = new Date((await nativeNow()) - ageMs);
			return {
				url: `/webhook-waiting/0/video`,
				headers: {
					'content-type': 'application/json',
					'webhook-id': `msg_${id}`,
					'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
					'webhook-signature': new Webhook(secret).sign(`msg_${id}`, at, body),
				},
				body,
			};
		},
		async deliver(execution, call) {
			const { resumeToken } = execution.data as { resumeToken?: string };
			const query = resumeToken ? `?signature=${resumeToken}` : '';
			const url = `/webhook-waiting/${execution.executionId}/video${query}`;
			return await engine.deliver(execution, { ...call, url });
		},
		creates: () => stage.requests('create').length,
		resumes: () => n8n.calls().filter(({ hasEffect }) => hasEffect).length,
		statuses: () => n8n.calls().map(({ status }) => status),
	};
}

/** Opens an n8n on the same sandbox, by a URL that the node does not recognize as this machine, although it is. */
export async function openFarStage(
	core: Parameters<typeof openStage>[0],
	{ apiKey, baseUrl }: Stage['sandbox'],
): Promise<SuspendedStage> {
	const far = `http://0.0.0.0:${new URL(baseUrl).port}/openai/v1`;
	const credentials = { lumenfallApi: { apiKey, baseUrl: far, server: 'lumenfall' } };
	return await openSuspendedStage(core, {}, { credentials });
}

export function waitingForWebhook(change: object = {}): object {
	return small({ waitMode: 'webhook', ...change });
}

/** Adds a node after both outputs, which shows what was output, and how often. */
export function followed(workflow: WorkflowJson): WorkflowJson {
	const next = { ...workflow.nodes[0], id: AFTER, name: AFTER, type: 'n8n-nodes-base.noOp' };
	const failed = { ...next, id: 'Failed', name: 'Failed' };
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	return {
		...workflow,
		nodes: [...workflow.nodes, next, failed],
		connections: { ...workflow.connections, [NODE]: { main: [to(AFTER), to('Failed')] } },
	};
}
