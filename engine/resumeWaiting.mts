import type { IRunExecutionData } from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import { callWebhook, findWebhook, parsedUrl, plainResponse } from './callWebhook.mts';
import { asStored } from './retryData.mts';
import { createWorkflow, requestOf, startExecution, type EngineParts } from './runWorkflow.mts';
import type { CallResponse, IncomingCall, RunningExecution, RunResult } from './types.mts';

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
	const { result, response } = await callWebhook(parts, webhook, call);
	if (result.workflowData === undefined) return response ?? plainResponse(result);

	entry.data.main = result.workflowData;
	const resumed = parts.core.name === 'n8n-2' ? withAllOutputs(entry) : entry;
	data.executionData?.nodeExecutionStack.splice(0, 1, resumed);
	const execution = resume(parts, suspended, asStored(parts.core, data));
	return { ...(response ?? { status: 200 }), execution };
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

function withAllOutputs(entry: StackEntry): StackEntry {
	return { ...entry, metadata: { ...entry.metadata, forwardAllOutputs: true } };
}

function conflict(message: string): CallResponse {
	return { status: 409, body: { message: `The execution ${message}.` } };
}
