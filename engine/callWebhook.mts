import type {
	INode,
	IRunExecutionData,
	IWebhookDescription,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { inScope } from './scope.mts';
import type { EngineParts } from './runWorkflow.mts';
import type { CallResponse, IncomingCall } from './types.mts';

/** The webhook of a node that receives a call. */
interface CalledWebhook {
	workflow: Workflow;
	node: INode;
	description: IWebhookDescription;
	mode: WorkflowExecuteMode;
	additionalData: IWorkflowExecuteAdditionalData;
	/** The record of the suspended execution; null for a trigger. */
	data: IRunExecutionData | null;
}

/** The result of a node's `webhook` method. */
interface Received {
	result: IWebhookResponseData;
	/** The response that the node has sent itself, if any. */
	response?: CallResponse;
}

/**
 * Calls the webhook of a node. One that throws is handled as n8n does: it responds with 500 and continues with one empty item
 * and the error.
 */
export async function callWebhook(
	parts: EngineParts,
	webhook: CalledWebhook,
	call: IncomingCall,
): Promise<Received> {
	return await runWebhook(parts, webhook, call).catch((error: Error) => {
		if (webhook.data)
			webhook.data.resultData = {
				runData: {},
				lastNodeExecuted: webhook.node.name,
				error: { ...error, message: error.message, stack: error.stack } as never,
			};
		return { result: { workflowData: [[{ json: {} }]] }, response: { status: 500 } };
	});
}

/** Runs a node's `webhook` method in n8n's own context, with the parts of Express that nodes use. */
async function runWebhook(
	{ core, scope, nodeTypes }: EngineParts,
	{ workflow, node, description, mode, additionalData, data }: CalledWebhook,
	call: IncomingCall,
): Promise<Received> {
	const response = new RecordedResponse();
	Object.assign(additionalData, { httpRequest: requestOf(call), httpResponse: response });
	const webhookData = {
		httpMethod: description.httpMethod,
		node: node.name,
		path: description.path,
		webhookDescription: description,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	};
	const context = new core.n8nCore.WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhookData as never,
		[],
		data,
	);
	const { webhook } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!webhook) throw new Error(`The node "${node.name}" has no webhook`);
	const result = await inScope(scope, async () => await webhook.call(context));
	return { result, ...(response.headersSent && { response: response.recorded }) };
}

/** n8n registers a webhook under the method that its expression gives; none where that is empty (`webhook.service.js`). */
export function findWebhook(
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

/** n8n's response for a node that neither starts nor resumes anything. */
export function plainResponse({ webhookResponse }: IWebhookResponseData): CallResponse {
	return { status: 200, body: webhookResponse ?? { message: 'Webhook call received' } };
}

/** Returns the URL of a call, with any origin if the call has none. */
export function parsedUrl({ url }: IncomingCall): URL {
	return new URL(url, 'http://localhost:5678');
}

function requestOf(call: IncomingCall) {
	const { method = 'POST', headers, body } = call;
	const rawBody = Buffer.from(body);
	const { pathname, search, searchParams } = parsedUrl(call);
	return {
		method,
		url: `${pathname}${search}`,
		headers,
		query: Object.fromEntries(searchParams),
		params: {},
		rawBody,
		readRawBody: async () => {},
		body: parsed(rawBody),
	};
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString());
	} catch {
		return body.toString();
	}
}

/** The methods of Express's response that nodes use. */
class RecordedResponse {
	recorded: CallResponse = { status: 200 };
	headersSent = false;

	status(status: number) {
		this.recorded.status = status;
		return this;
	}

	json(body: unknown) {
		return this.end(body);
	}

	send(body: unknown) {
		return this.end(body);
	}

	end(body?: unknown) {
		if (this.headersSent) throw new Error('Cannot set headers after they are sent to the client');
		this.headersSent = true;
		if (body !== undefined) this.recorded.body = body;
		return this;
	}
}
