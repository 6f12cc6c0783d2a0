import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import {
	createEngine,
	type Engine,
	type PinnedItem,
	type RunResult,
} from '../engine/createEngine.mts';
import { contenders, type ContenderName } from './contenders.mts';
import type { SandboxAddress } from './measure/sandboxes.mts';

/** One of the two nodes in n8n's engine, with a credential for one sandbox. */
export interface Stage {
	engine: Engine;
	run(items: PinnedItem[], change?: NodeChange): Promise<RunResult>;
	/** The output of the node. */
	outputOf(result: RunResult): INodeExecutionData[];
	close(): Promise<void>;
}

export interface NodeChange {
	parameters?: IDataObject;
	options?: IDataObject;
	settings?: Partial<INode>;
}

const NODE_NAME = 'Make Video';

export async function openStage(name: ContenderName, sandbox: SandboxAddress): Promise<Stage> {
	const { node, parameters, builtInFolders, credentials } = contenders[name];
	const engine = await createEngine({ builtInFolders, credentials: credentials(sandbox) });

	const workflow = ({ parameters: other, options = {}, settings }: NodeChange) => ({
		name: 'bench',
		nodes: [
			{ ...place('Start'), type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
			{
				...place(NODE_NAME),
				...node,
				parameters: { ...parameters, ...other, options },
				...settings,
			},
		] as INode[],
		connections: { Start: { main: [[{ node: NODE_NAME, type: 'main' as const, index: 0 }]] } },
	});

	return {
		engine,
		run: async (items, change = {}) =>
			await engine.run(workflow(change), { pinData: { Start: items } }),
		outputOf: (result) => result.output(NODE_NAME),
		close: () => engine.close(),
	};
}

function place(name: string): Pick<INode, 'id' | 'name' | 'position'> {
	return { id: name, name, position: [0, 0] };
}

/** Returns this number of items, each with a different prompt. */
export function itemsOf(count: number): PinnedItem[] {
	return [...Array(count).keys()].map((index) => ({ json: { prompt: `scene ${index}` } }));
}

/** The time of a failed run must not be measured. */
export function assertSuccess({ status, error }: RunResult) {
	if (status !== 'success') throw new Error(`A measured run ended as ${status}: ${error?.message}`);
}
