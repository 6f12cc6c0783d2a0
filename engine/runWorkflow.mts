import type {
	INode,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { storePinnedFiles } from './binary.mts';
import type { Core } from './core.mts';
import type { EngineCredentials } from './credentials.mts';
import { createRetryData, useSavedNodes } from './retryData.mts';
import { createRunResult, type Outcome } from './runResult.mts';
import { inScope, type EngineScope } from './scope.mts';
import type { RunningExecution, RunOptions, RunResult, WorkflowJson } from './types.mts';

/** The parts of an engine that an execution needs. */
export interface EngineParts {
	core: Core;
	scope: EngineScope;
	nodeTypes: INodeTypes;
	credentials: EngineCredentials;
	webhookUrl?: string;
}

interface ExecutionRequest {
	mode: WorkflowExecuteMode;
	workflowJson: WorkflowJson;
	options: RunOptions;
	/** Returns the record from which the execution starts. */
	startData: (
		workflow: Workflow,
		additionalData: IWorkflowExecuteAdditionalData,
	) => IRunExecutionData | Promise<IRunExecutionData>;
}

/** Starts a workflow from its trigger, like "Execute workflow" in the editor. */
export function startWorkflow(
	parts: EngineParts,
	workflowJson: WorkflowJson,
	options: RunOptions,
): RunningExecution {
	return startExecution(parts, {
		// n8n uses pinned data in manual executions only.
		mode: 'manual',
		workflowJson,
		options,
		async startData(workflow, additionalData) {
			const pinned = { ...workflowJson.pinData, ...options.pinData };
			const startNode = workflow.getStartNode() ?? findPinnedTrigger(workflow, pinned);
			if (!startNode) throw new Error('No node to start the workflow from could be found');
			return parts.core.n8nWorkflow.createRunExecutionData({
				executionData: {
					nodeExecutionStack: [{ node: startNode, data: { main: [[{ json: {} }]] }, source: null }],
				},
				resultData: {
					pinData: await storePinnedFiles(parts.core, pinned, additionalData, workflow.id),
				},
			});
		},
	});
}

/** With pinned data, a trigger that this engine does not have works too. */
function findPinnedTrigger(workflow: Workflow, pinned: Record<string, unknown>): INode | undefined {
	return Object.values(workflow.nodes).find(
		({ name }) => name in pinned && workflow.getParentNodes(name).length === 0,
	);
}

/**
 * Starts from the record of an earlier execution, like "Retry" in n8n's list of executions.
 * @param saved the workflow as it was saved since then; by default, the one of the failed execution
 */
export function startRetry(
	parts: EngineParts,
	failed: RunResult,
	saved: WorkflowJson | undefined,
	options: RunOptions,
): RunningExecution {
	const data = createRetryData(parts.core, failed);
	return startExecution(parts, {
		mode: 'retry',
		workflowJson: saved ?? failed.workflow,
		options,
		startData(workflow) {
			if (saved) useSavedNodes(data, workflow);
			return data;
		},
	});
}

/** Counted per process, so that two engines with one server never have the same execution ID. */
let executionCount = 0;

/** The request of each result. A suspended execution resumes with the same one. */
const requests = new WeakMap<RunResult, ExecutionRequest>();

/** Returns the request that led to a result, so that a suspended execution can resume with it. */
export function requestOf(result: RunResult): ExecutionRequest {
	const request = requests.get(result);
	if (!request) throw new Error('This result is not of an execution of this engine');
	return request;
}

/** Starts an execution in the scope of its engine. */
export function startExecution(parts: EngineParts, request: ExecutionRequest): RunningExecution {
	const executionId = request.options.executionId ?? String(++executionCount);
	const timeoutMs = request.options.timeoutMs ?? settingsTimeoutMs(request.workflowJson);
	const stop = new AbortController();
	return {
		executionId,
		result: inScope(
			parts.scope,
			async () => await execute(parts, request, executionId, timeoutMs, stop),
		),
		cancel: () => inScope(parts.scope, () => stop.abort('manual')),
	};
}

function settingsTimeoutMs({ settings }: WorkflowJson): number | undefined {
	const seconds = settings?.executionTimeout ?? -1;
	return seconds > 0 ? seconds * 1000 : undefined;
}

async function execute(
	{ core, credentials, nodeTypes, webhookUrl }: EngineParts,
	{ mode, workflowJson, options, startData }: ExecutionRequest,
	executionId: string,
	timeoutMs: number | undefined,
	stop: AbortController,
): Promise<RunResult> {
	const { n8nCore, n8nWorkflow } = core;
	const workflow = createWorkflow(core, workflowJson, nodeTypes);
	const additionalData = createAdditionalData(credentials, {
		executionId,
		hooks: new n8nCore.ExecutionLifecycleHooks(mode, executionId, {
			...workflowBase(workflowJson),
			id: workflow.id,
		}),
		...(webhookUrl && { restApiUrl: `${webhookUrl}/rest` }),
		...(timeoutMs && { executionTimeoutTimestamp: Date.now() + timeoutMs }),
		...(options.webhookWaitingBaseUrl && { webhookWaitingBaseUrl: options.webhookWaitingBaseUrl }),
	});
	const result = (outcome: Omit<Outcome, 'executionId' | 'workflow'>) => {
		const made = createRunResult({ executionId, workflow: workflowJson, ...outcome });
		requests.set(made, { mode, workflowJson, options, startData });
		return made;
	};

	let data = n8nWorkflow.createEmptyRunExecutionData();
	let timer: NodeJS.Timeout | undefined;
	try {
		data = await startData(workflow, additionalData);
		const running = new n8nCore.WorkflowExecute(additionalData, mode, data).processRunExecutionData(
			workflow,
		);
		onStop(stop, () => running.cancel());
		if (timeoutMs) timer = setTimeout(() => stop.abort('timeout'), timeoutMs);

		const run: IRun = await running;
		if (!running.isCanceled) {
			const status = run.status as RunResult['status'];
			return result({ status, error: run.data.resultData.error, data: run.data });
		}
		// n8n marks a stopped execution at once, whatever the running node returns later.
		const Cancelled =
			stop.signal.reason === 'timeout'
				? n8nWorkflow.TimeoutExecutionCancelledError
				: n8nWorkflow.ManualExecutionCancelledError;
		return result({ status: 'canceled', error: new Cancelled(executionId), data: run.data });
	} catch (error) {
		// n8n throws errors about the workflow itself before the first node runs.
		return result({ status: 'error', error: error as Error, data });
	} finally {
		clearTimeout(timer);
	}
}

function onStop({ signal }: AbortController, handler: () => void) {
	if (signal.aborted) handler();
	else signal.addEventListener('abort', handler, { once: true });
}

/** Creates n8n's own workflow object. Copies the JSON, because n8n writes defaults into the nodes. */
export function createWorkflow(
	{ n8nWorkflow }: Core,
	{ id, name, nodes, connections, settings, staticData }: WorkflowJson,
	nodeTypes: INodeTypes,
): Workflow {
	return new n8nWorkflow.Workflow({
		id: id ?? 'workflow',
		name,
		nodes: structuredClone(nodes),
		connections: structuredClone(connections),
		active: false,
		settings: { executionOrder: 'v1', ...settings },
		...(staticData && { staticData: structuredClone(staticData) }),
		nodeTypes,
	});
}

function workflowBase({ name, nodes, connections, settings }: WorkflowJson) {
	const now = new Date();
	return {
		name: name ?? 'Workflow',
		nodes,
		connections,
		settings,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
	};
}
