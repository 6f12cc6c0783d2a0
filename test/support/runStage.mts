import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { selectedOperation } from '../../nodes/Lumenfall/actions/router';
import type { ItemContext, ItemOperation, Operation } from '../../nodes/Lumenfall/context';
import type { NodeContext } from '../../nodes/Lumenfall/job/jobStore';
import { runItems } from '../../nodes/Lumenfall/run/runItems';
import type { FailedRun } from '../../nodes/Lumenfall/run/runOutcome';
import { fakeServer, type FakeAnswer } from './fakeServer.mts';

export interface StageSettings {
	items?: INodeExecutionData[];
	/** Values of the form, such as `operation` and `options`. */
	form?: IDataObject;
	onError?: 'continueRegularOutput' | 'continueErrorOutput' | 'stopWorkflow';
	/** What n8n has stored of the node. */
	context?: NodeContext;
	executionId?: string;
	runIndex?: number;
	workflowId?: string;
	/** The node's type. n8n gives a tool of an agent a type of its own. */
	type?: string;
	/** Data of the execution that other nodes have stored. Without it n8n supports none. */
	customData?: Map<string, string>;
	/** The server's response to a request such as `GET /videos/video_1`. */
	answerTo?: (request: string) => FakeAnswer | undefined;
}

/** A node with a simulated n8n: its input, and records of everything that it shows. */
export function openRunStage(settings: StageSettings = {}) {
	const { items = [{ json: {} }], form = {}, context = {}, executionId = '7' } = settings;
	const {
		onError = 'stopWorkflow',
		runIndex = 0,
		workflowId = 'w',
		type = 'lumenfall',
		answerTo = () => undefined,
		customData,
	} = settings;
	const traced: object[] = [];
	const [hints, log, evaluated]: string[][] = [[], [], []];
	const cancel = new AbortController();
	const waits: Date[] = [];
	const { host, requests } = fakeServer(answerTo);
	const parameters: IDataObject = { resource: 'video', operation: 'textToVideo', ...form };
	const options = (form.options ?? {}) as IDataObject;
	const execution = {
		...host,
		getNode: () => ({ id: 'n', name: 'Make', type, parameters, onError }),
		getWorkflow: () => ({ id: workflowId }),
		getInstanceId: () => 'i',
		getExecutionId: () => executionId,
		getContext: () => context,
		getInputData: () => items,
		getNodeParameter: (name: string, _: number, fallback: unknown) => {
			if (!name.startsWith('options.')) return parameters[name] ?? fallback;
			evaluated.push(name);
			return options[name.slice(8)] ?? fallback;
		},
		evaluateExpression: (expression: string) => {
			evaluated.push(expression);
			return runIndex;
		},
		continueOnFail: () => onError !== 'stopWorkflow',
		getExecutionCancelSignal: () => cancel.signal,
		getExecuteData: () => ({ data: {} }),
		putExecutionToWait: async (until: Date) => void waits.push(until),
		getMode: () => 'trigger',
		logger: { info: (line: string) => log.push(line), warn: (line: string) => log.push(line) },
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		onExecutionFinish: () => undefined,
		setMetadata: ({ tracing = {} }: { tracing?: object }) => traced.push(tracing),
		getWorkflowDataProxy: () => ({ $execution: { customData } }),
	} as unknown as IExecuteFunctions;
	return { execution, context, hints, log, evaluated, requests, waits, cancel, traced };
}

/**
 * Runs the operation in the form.
 * @param execute what it does with an item instead
 */
export async function runForm(
	execution: IExecuteFunctions,
	execute?: Operation,
): Promise<{ output: INodeExecutionData[]; failed?: FailedRun }> {
	const selected = selectedOperation(execution) as ItemOperation;
	const outcome = await runItems(execution, { ...selected, ...(execute && { execute }) });
	return 'output' in outcome ? outcome : { output: [], failed: outcome };
}

/** The output item of an input item. */
export const itemOf = ({ itemIndex }: Pick<ItemContext, 'itemIndex'>, json: IDataObject = {}) => ({
	json: { index: itemIndex, ...json },
	pairedItem: { item: itemIndex },
});

/** An operation whose items end in this order: each waits until it is next. */
export function inOrder(order: number[], work: Operation): Operation {
	const turns = new Map<number, () => void>();
	const reached = new Set<number>();
	let next = 0;
	const goOn = () => {
		while (next < order.length && reached.has(order[next])) turns.get(order[next++])!();
	};
	return async (context) => {
		await new Promise<void>((turn) => {
			turns.set(context.itemIndex, turn);
			reached.add(context.itemIndex);
			goOn();
		});
		return await work(context);
	};
}
