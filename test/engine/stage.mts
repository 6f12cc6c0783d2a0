import type { INodeExecutionData } from 'n8n-workflow';
import type {
	CoreName,
	Engine,
	EngineOptions,
	PinnedItem,
	RunResult,
	WorkflowJson,
} from '../../engine/createEngine.mts';
import type { JournalEntry, Sandbox, SandboxOptions } from '../../sandbox/createSandbox.mts';
import { native } from '../support/native.mts';
import { RENDER_CACHE } from '../support/renderCache.mts';

export const NODE = 'Make Video';
/** The settings of a node that n8n tries again, with n8n's shortest usual pause. */
export const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
export const CORES: CoreName[] = ['n8n-1', 'n8n-2'];

/**
 * The built node in n8n's real engine, with the sandbox over HTTP. All of it runs in compressed time (see
 * `nativeEnvironment.mjs`), so stories use the delays of real users.
 */
export interface Stage {
	sandbox: Sandbox;
	engine: Engine;
	/** Everything the node has logged. */
	log: string[];
	/** A workflow of one trigger and the node. */
	workflow(parameters: object, settings?: object): WorkflowJson;
	/** Runs the workflow with these items, pinned on the trigger. */
	run(parameters: object, items?: PinnedItem[], settings?: object): Promise<RunResult>;
	/** The requests of this kind that the sandbox has received since its last reset. */
	requests(kind: string): JournalEntry[];
	/** Registers something that is closed together with the stage. */
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
	const sandbox = await createSandbox({ renderCache: RENDER_CACHE, ...sandboxOptions });
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
		requests: (wanted) => sandbox.requests().filter(({ kind }) => kind === wanted),
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

/** Opens a stage for all tests of a `describe`. Its sandbox is reset after each test. */
export function sharedStage(...options: Parameters<typeof openStage>): Stage {
	return shared(async () => await openStage(...options));
}

/** Opens any kind of stage in the same way. */
export function shared<Some extends Stage>(opened: () => Promise<Some>): Some {
	const stage = {} as Some;
	beforeAll(async () => void Object.assign(stage, await opened()));
	afterAll(async () => await stage.close());
	afterEach(async () => await stage.sandbox.reset());
	return stage;
}

/** Whether the user must copy the webhook secret into the credential. Lumenfall's API returns it. */
function hasTypedSecret({ dialect, signsWebhooks = true }: SandboxOptions): boolean {
	return dialect === 'openrouter' && signsWebhooks;
}

/** The sandbox does not have the host names of these servers, by which the node recognizes them. */
const REQUEST_FORMATS: Partial<Record<NonNullable<SandboxOptions['dialect']>, string>> = {
	openrouter: 'openRouter',
	together: 'together',
	gemini: 'gemini',
	deepinfra: 'deepInfra',
	merge: 'mergeGateway',
};

/** The server that a user of this dialect selects in the credential. */
export function serverOf(dialect: SandboxOptions['dialect'] = 'lumenfall'): object {
	if (dialect === 'lumenfall') return { server: 'lumenfall' };
	const requestFields = REQUEST_FORMATS[dialect];
	return { server: 'openAiCompatible', ...(requestFields && { requestFields }) };
}

/** A failed test must not leave a server open that keeps jest from exiting. */
const open = new Set<Stage>();
afterAll(async () => {
	for (const stage of open) await stage.close();
});

/** The parameters of a short text-to-video job. Resource locators are written as by the editor. */
export function textToVideo(change: object = {}): object {
	return {
		operation: 'textToVideo',
		model: byId('sora-2'),
		prompt: 'A paper boat sails over a rain puddle',
		seconds: 4,
		...change,
	};
}

/** The cheapest job that the sandbox can render, for stories that do not check the frames. */
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

/** A model as the editor writes it if its ID is typed. */
export function byId(value: string): object {
	return { __rl: true, mode: 'id', value };
}

/** Returns the output of a run that must have succeeded. */
export function itemsOf(result: RunResult): INodeExecutionData[] {
	if (result.error) throw new Error(`The run ended with: ${result.error.message}`);
	return result.output(NODE);
}

/** Returns the only item of a run that must have returned exactly one. */
export function onlyItem(result: RunResult): INodeExecutionData {
	const items = itemsOf(result);
	expect(items).toHaveLength(1);
	return items[0];
}

/** Returns the hints above the node's output. */
export function hintsOf(result: RunResult): string[] {
	return result.hints(NODE).map(({ message }) => message);
}

/** Waits for a condition. If it is never met, the test fails instead of looping forever. */
export async function untilTrue(condition: () => boolean): Promise<void> {
	// Measured by the tests' own clock, because `performance` is in compressed time.
	const giveUpAt = Date.now() + 20_000;
	while (!condition()) {
		if (Date.now() > giveUpAt) throw new Error(`It never came true: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/**
 * Returns how long this takes, in milliseconds of the engine's time, in which all promises about time are made. It stands
 * still while the machine is paused.
 */
export async function nativeDuration(work: () => Promise<unknown>): Promise<number> {
	const startedAt = await nativeNow();
	await work();
	return (await nativeNow()) - startedAt;
}

/** The clock of the engine and the sandbox. */
export async function nativeNow(): Promise<number> {
	const { now } = await native<{ now(): number }>('./test/support/nativeClock.mts');
	return now();
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
