import type { INodeExecutionData } from 'n8n-workflow';
import type {
	CoreName,
	Engine,
	EngineOptions,
	PinnedItem,
	RunResult,
	WorkflowJson,
} from '../../engine/createEngine.mts';
import type { Sandbox, SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';

export const NODE = 'Make Video';
export const CORES: CoreName[] = ['n8n-1', 'n8n-2'];

/**
 * The built node in n8n's real engine, against the sandbox over HTTP. All of it lives in compressed time (see
 * `nativeEnvironment.mjs`), so stories use the pauses a user gets.
 */
export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
	/** Everything the node has logged. */
	log: string[];
	/** A workflow of one trigger and the node. */
	workflow(parameters: object, settings?: object): WorkflowJson;
	/** Runs it over these items; items are pinned on the trigger. */
	run(parameters: object, items?: PinnedItem[], settings?: object): Promise<RunResult>;
	/** What else has to end with the stage, whoever ends it. */
	alsoClose(other: { close(): Promise<void> }): void;
	close(): Promise<void>;
}

export async function openStage(
	core: CoreName,
	sandboxOptions: SandboxOptions = {},
	engineOptions: EngineOptions = {},
): Promise<Stage> {
	const { createSandbox } = await native<typeof import('../../sandbox/createSandbox.mts')>(
		'./sandbox/createSandbox.mts',
	);
	const { createEngine } = await native<typeof import('../../engine/createEngine.mts')>(
		'./engine/createEngine.mts',
	);
	const sandbox = await createSandbox(sandboxOptions);
	const log: string[] = [];
	const others: { close(): Promise<void> }[] = [];
	const engine = await createEngine({
		core,
		credentials: {
			lumenfallApi: {
				apiKey: sandbox.apiKey,
				baseUrl: sandbox.baseUrl,
				...serverOf(sandboxOptions.dialect),
				...(hasTypedSecret(sandboxOptions) && { webhookSecret: sandbox.webhookSecret }),
			},
		},
		onLog: ({ message }) => log.push(message),
		...engineOptions,
	});

	const workflow: Stage['workflow'] = (parameters, settings = {}) => ({
		name: 'story',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			{
				...node(NODE, 'n8n-nodes-lumenfall.lumenfall', { resource: 'video', ...parameters }),
				credentials: { lumenfallApi: { id: '1', name: 'Sandbox' } },
				...settings,
			},
		],
		connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});

	const stage: Stage = {
		sandbox,
		engine,
		log,
		workflow,
		run: async (parameters, items = [{ json: {} }], settings = {}) =>
			await engine.run(workflow(parameters, settings), { pinData: { Start: items } }),
		alsoClose: (other) => void others.push(other),
		async close() {
			open.delete(stage);
			for (const other of others) await other.close();
			await engine.close();
			await sandbox.close();
		},
	};
	open.add(stage);
	return stage;
}

/** Whether the user copies the secret of the webhooks into the credential. Lumenfall's API tells it. */
export function hasTypedSecret({ dialect, signsWebhooks = true }: SandboxOptions): boolean {
	return dialect === 'openrouter' && signsWebhooks;
}

/** What the user of such a server chooses in the credential. */
export function serverOf(dialect: SandboxOptions['dialect'] = 'lumenfall'): object {
	if (dialect === 'lumenfall') return { server: 'lumenfall' };
	return {
		server: 'openAiCompatible',
		// The sandbox is not at openrouter.ai.
		...(dialect === 'openrouter' && { requestFields: 'openRouter' }),
	};
}

/** A failed test must not leave a server behind that keeps jest from ending. */
const open = new Set<Stage>();
afterAll(async () => {
	for (const stage of open) await stage.close();
});

/** The parameters of a short text-to-video job; resource locators are written as the editor writes them. */
export function textToVideo(change: object = {}): object {
	return {
		operation: 'textToVideo',
		model: byId('sora-2'),
		prompt: 'A paper boat sails over a rain puddle',
		seconds: 4,
		...change,
	};
}

/** The cheapest job the sandbox can render, for stories that do not look at the frames. */
export function small(change: object = {}): object {
	return textToVideo({
		model: byId('p-video'),
		prompt: 'scene',
		seconds: 1,
		resolution: '480p',
		...change,
	});
}

export function imageToVideo(change: object = {}): object {
	return { ...textToVideo({ operation: 'imageToVideo' }), ...change };
}

/** A model as the editor writes it when its ID is typed. */
export function byId(value: string): object {
	return { __rl: true, mode: 'id', value };
}

/** The output of a run that must have gone well. */
export function itemsOf(result: RunResult): INodeExecutionData[] {
	if (result.error) throw new Error(`The run ended with: ${result.error.message}`);
	return result.output(NODE);
}

/** The only item of a run that must have made exactly one. */
export function onlyItem(result: RunResult): INodeExecutionData {
	const items = itemsOf(result);
	expect(items).toHaveLength(1);
	return items[0];
}

/** Waits for a recorded fact; one that does not come fails the test instead of spinning for ever. */
export async function untilTrue(condition: () => boolean): Promise<void> {
	// By the tests' own clock: `performance` belongs to the compressed time.
	const giveUpAt = Date.now() + 20_000;
	while (!condition()) {
		if (Date.now() > giveUpAt) throw new Error(`It never came true: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

function node(name: string, type: string, parameters: object) {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	};
}
