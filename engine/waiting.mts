import type {
	IDataObject,
	INode,
	IRunExecutionData,
	IWebhookDescription,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { callWebhook, parsedUrl, type CalledWebhook, type Received } from './calls.mts';
import { asStored } from './retryData.mts';
import { createWorkflow, requestOf, startExecution, type EngineParts } from './runWorkflow.mts';
import type {
	CallAnswer,
	IncomingCall,
	RunningExecution,
	RunResult,
	WorkflowJson,
} from './types.mts';

/** What every entry of the stack of a stored execution has here. */
type StackEntry = NonNullable<IRunExecutionData['executionData']>['nodeExecutionStack'][number];

/**
 * Resumes a parked execution as n8n's WaitTracker does: with its record as it was stored. n8n-core then switches the
 * parked node off, which hands on the data of its stack entry.
 */
export function resumeByDeadline(parts: EngineParts, parked: RunResult): RunningExecution {
	return goOn(parts, parked, asStored(parts.core, parked.data));
}

/**
 * Deals with a call to a parked execution as n8n's `waiting-webhooks.js` and `webhook-helpers.js` do (n8n 1.120.4 and
 * 2.41.1; where they differ, n8n 2 has a token in the address).
 */
export async function deliver(
	parts: EngineParts,
	parked: RunResult,
	call: IncomingCall,
): Promise<CallAnswer> {
	const data = asStored(parts.core, parked.data);
	const { pathname, searchParams } = parsedUrl(call);
	const token = (data as { resumeToken?: string }).resumeToken;
	if (token && searchParams.get('signature') !== token)
		return { status: 401, body: { error: 'Invalid token' } };
	if (parked.status !== 'waiting') return conflict('has finished already');

	const lastNode = data.resultData.lastNodeExecuted ?? '';
	const [entry] = data.executionData?.nodeExecutionStack ?? [];
	entry.node.disabled = true;
	data.waitTill = undefined;
	data.resultData.runData[lastNode].pop();

	const { mode, options } = requestOf(parked);
	const workflow = createWorkflow(parts.core, parked.workflow, parts.nodeTypes);
	const node = workflow.getNode(lastNode);
	const suffix = pathname.split(`/${parked.executionId}`).at(-1)?.replace(/^\//, '') ?? '';
	const description = node && findWebhook(parts, node, call, suffix, true);
	if (!description) return { status: 404, body: { message: 'No waiting webhook matches' } };

	const additionalData = createAdditionalData(parts.credentials, {
		executionId: parked.executionId,
		...(options.webhookWaitingBaseUrl && { webhookWaitingBaseUrl: options.webhookWaitingBaseUrl }),
	});
	const webhook = { workflow, node, description, mode, additionalData, data };
	const { result, answered } = await received(parts, webhook, call);
	if (result.workflowData === undefined) return answered ?? plainAnswer(result);

	entry.data.main = result.workflowData;
	const resumed = parts.core.name === 'n8n-2' ? withAllOutputs(entry) : entry;
	data.executionData?.nodeExecutionStack.splice(0, 1, resumed);
	const execution = goOn(parts, parked, asStored(parts.core, data));
	return { ...(answered ?? { status: 200 }), execution };
}

/** A trigger's address is called: `live-webhooks.js`. The static data is saved before the workflow starts. */
export async function receive(
	parts: EngineParts,
	workflowJson: WorkflowJson,
	call: IncomingCall,
	mode: 'webhook' | 'manual' = 'webhook',
): Promise<CallAnswer> {
	const workflow = createWorkflow(parts.core, workflowJson, parts.nodeTypes);
	const node = Object.values(workflow.nodes).find(
		({ name, type, typeVersion }) =>
			parts.nodeTypes.getByNameAndVersion(type, typeVersion).webhook !== undefined &&
			workflow.getParentNodes(name).length === 0,
	);
	const suffix = parsedUrl(call).pathname.split('/').at(-1) ?? '';
	const description = node && findWebhook(parts, node, call, suffix, false);
	if (!description) return { status: 404, body: { message: 'The webhook is not registered' } };

	const additionalData = createAdditionalData(parts.credentials);
	const webhook = { workflow, node, description, mode, additionalData, data: null };
	const { result, answered } = await received(parts, webhook, call);
	// Saved only when changed, and not for test webhooks.
	if (mode === 'webhook' && workflow.staticData.__dataChanged === true)
		workflowJson.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	if (result.workflowData === undefined) return answered ?? plainAnswer(result);

	const { workflowData } = result;
	const execution = startExecution(parts, {
		mode,
		workflowJson,
		options: {},
		startData: (running) =>
			parts.core.n8nWorkflow.createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{ node: running.nodes[node.name], data: { main: workflowData }, source: null },
					],
				},
			}),
	});
	return { ...(answered ?? { status: 200 }), execution };
}

/** What n8n does with a webhook that throws: answers 500, and goes on with one empty item and the error. */
async function received(
	parts: EngineParts,
	webhook: CalledWebhook,
	call: IncomingCall,
): Promise<Received> {
	return await callWebhook(parts, webhook, call).catch((error: Error) => {
		if (webhook.data)
			webhook.data.resultData = {
				runData: {},
				lastNodeExecuted: webhook.node.name,
				error: { ...error, message: error.message, stack: error.stack } as never,
			};
		return { result: { workflowData: [[{ json: {} }]] }, answered: { status: 500 } };
	});
}

function goOn(parts: EngineParts, parked: RunResult, data: IRunExecutionData): RunningExecution {
	const { mode, workflowJson, options } = requestOf(parked);
	return startExecution(parts, {
		mode,
		workflowJson,
		options: { ...options, executionId: parked.executionId },
		startData: () => data,
	});
}

function findWebhook(
	{ nodeTypes }: EngineParts,
	node: INode,
	{ method = 'POST' }: IncomingCall,
	suffix: string,
	isRestart: boolean,
): IWebhookDescription | undefined {
	const { webhooks = [] } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description;
	return webhooks.find(
		({ httpMethod, path, restartWebhook = false }) =>
			httpMethod === method && path === suffix && restartWebhook === isRestart,
	);
}

function withAllOutputs(entry: StackEntry): StackEntry {
	return { ...entry, metadata: { ...entry.metadata, forwardAllOutputs: true } };
}

/** What n8n answers for a node that neither starts nor resumes anything. */
function plainAnswer({ webhookResponse }: IWebhookResponseData): CallAnswer {
	return { status: 200, body: webhookResponse ?? { message: 'Webhook call received' } };
}

function conflict(message: string): CallAnswer {
	return { status: 409, body: { message: `The execution ${message}.` } };
}
