import type {
	IDataObject,
	INode,
	IRunExecutionData,
	IWebhookDescription,
	IWebhookResponseData,
	Workflow,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { callWebhook, parsedUrl, type CalledWebhook, type Received } from './calls.mts';
import { asStored } from './retryData.mts';
import { createWorkflow, requestOf, startExecution, type EngineParts } from './runWorkflow.mts';
import type {
	CallResponse,
	IncomingCall,
	RunningExecution,
	RunResult,
	WorkflowJson,
} from './types.mts';

/** An entry of the stack of a stored execution. */
type StackEntry = NonNullable<IRunExecutionData['executionData']>['nodeExecutionStack'][number];

/**
 * Resumes a suspended execution at its deadline, as n8n's WaitTracker does: from its stored record. n8n-core then
 * disables the suspended node, which outputs the data of its stack entry.
 */
export function resumeByDeadline(parts: EngineParts, suspended: RunResult): RunningExecution {
	return resume(parts, suspended, asStored(parts.core, suspended.data));
}

/**
 * Handles a call to a suspended execution as n8n's `waiting-webhooks.js` and `webhook-helpers.js` do (n8n 1.120.4 and
 * 2.41.1). The difference: n8n 2 has a token in the URL.
 */
export async function deliver(
	parts: EngineParts,
	suspended: RunResult,
	call: IncomingCall,
): Promise<CallResponse> {
	const data = asStored(parts.core, suspended.data);
	const { pathname, searchParams } = parsedUrl(call);
	const token = (data as { resumeToken?: string }).resumeToken;
	if (token && searchParams.get('signature') !== token)
		return { status: 401, body: { error: 'Invalid token' } };
	if (suspended.status !== 'waiting') return conflict('has finished already');

	const lastNode = data.resultData.lastNodeExecuted ?? '';
	const [entry] = data.executionData?.nodeExecutionStack ?? [];
	entry.node.disabled = true;
	data.waitTill = undefined;
	data.resultData.runData[lastNode].pop();

	const { mode, options } = requestOf(suspended);
	const workflow = createWorkflow(parts.core, suspended.workflow, parts.nodeTypes);
	const node = workflow.getNode(lastNode);
	const suffix = pathname.split(`/${suspended.executionId}`).at(-1)?.replace(/^\//, '') ?? '';
	const description = node && findWebhook(parts, workflow, node, call, suffix, true);
	if (!description) return { status: 404, body: { message: 'No waiting webhook matches' } };

	const additionalData = createAdditionalData(parts.credentials, {
		executionId: suspended.executionId,
		...(options.webhookWaitingBaseUrl && { webhookWaitingBaseUrl: options.webhookWaitingBaseUrl }),
	});
	const webhook = { workflow, node, description, mode, additionalData, data };
	const { result, response } = await callOrError(parts, webhook, call);
	if (result.workflowData === undefined) return response ?? plainResponse(result);

	entry.data.main = result.workflowData;
	const resumed = parts.core.name === 'n8n-2' ? withAllOutputs(entry) : entry;
	data.executionData?.nodeExecutionStack.splice(0, 1, resumed);
	const execution = resume(parts, suspended, asStored(parts.core, data));
	return { ...(response ?? { status: 200 }), execution };
}

/**
 * Handles a call to the URL of a trigger, as `live-webhooks.js` does. Saves the static data before the workflow starts.
 */
export async function receive(
	parts: EngineParts,
	workflowJson: WorkflowJson,
	call: IncomingCall,
	mode: 'webhook' | 'manual' = 'webhook',
): Promise<CallResponse> {
	const workflow = createWorkflow(parts.core, workflowJson, parts.nodeTypes);
	const node = Object.values(workflow.nodes).find(
		({ name, type, typeVersion }) =>
			parts.nodeTypes.getByNameAndVersion(type, typeVersion).webhook !== undefined &&
			workflow.getParentNodes(name).length === 0,
	);
	const suffix = parsedUrl(call).pathname.split('/').at(-1) ?? '';
	const description = node && findWebhook(parts, workflow, node, call, suffix, false);
	if (!description) return { status: 404, body: { message: 'The webhook is not registered' } };

	const additionalData = createAdditionalData(parts.credentials);
	const webhook = { workflow, node, description, mode, additionalData, data: null };
	const { result, response } = await callOrError(parts, webhook, call);
	// n8n saves it only if it has changed, and not for test webhooks.
	if (mode === 'webhook' && workflow.staticData.__dataChanged === true)
		workflowJson.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	if (result.workflowData === undefined) return response ?? plainResponse(result);

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
	return { ...(response ?? { status: 200 }), execution };
}

/** Handles a webhook that throws as n8n does: responds with 500 and continues with one empty item and the error. */
async function callOrError(
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
		return { result: { workflowData: [[{ json: {} }]] }, response: { status: 500 } };
	});
}

function resume(
	parts: EngineParts,
	suspended: RunResult,
	data: IRunExecutionData,
): RunningExecution {
	const { mode, workflowJson, options } = requestOf(suspended);
	return startExecution(parts, {
		mode,
		workflowJson,
		options: { ...options, executionId: suspended.executionId },
		startData: () => data,
	});
}

/** n8n registers a webhook under the method that its expression gives; none where that is empty (`webhook.service.js`). */
function findWebhook(
	{ nodeTypes }: EngineParts,
	workflow: Workflow,
	node: INode,
	{ method = 'POST' }: IncomingCall,
	suffix: string,
	isRestart: boolean,
): IWebhookDescription | undefined {
	const { webhooks = [] } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description;
	return webhooks.find(
		({ httpMethod, path, restartWebhook = false }) =>
			workflow.expression.getSimpleParameterValue(node, httpMethod, 'internal', {}) === method &&
			path === suffix &&
			restartWebhook === isRestart,
	);
}

function withAllOutputs(entry: StackEntry): StackEntry {
	return { ...entry, metadata: { ...entry.metadata, forwardAllOutputs: true } };
}

/** n8n's response for a node that neither starts nor resumes anything. */
function plainResponse({ webhookResponse }: IWebhookResponseData): CallResponse {
	return { status: 200, body: webhookResponse ?? { message: 'Webhook call received' } };
}

function conflict(message: string): CallResponse {
	return { status: 409, body: { message: `The execution ${message}.` } };
}
