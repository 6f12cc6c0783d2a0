import { createAdditionalData } from './additionalData.mts';
import { callWebhook, findWebhook, parsedUrl, plainResponse } from './callWebhook.mts';
import { createWorkflow, type EngineParts } from './runWorkflow.mts';
import { saveStaticData, startFromTrigger } from './triggers.mts';
import type { CallResponse, IncomingCall, WorkflowJson } from './types.mts';

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
	const { result, response } = await callWebhook(parts, webhook, call);
	// n8n does not save it for test webhooks.
	if (mode === 'webhook') saveStaticData(workflow, workflowJson);
	const { workflowData } = result;
	if (workflowData === undefined) return response ?? plainResponse(result);
	const execution = startFromTrigger(parts, workflowJson, mode, node.name, workflowData);
	return { ...(response ?? { status: 200 }), execution };
}
