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
export interface CalledWebhook {
	workflow: Workflow;
	node: INode;
	description: IWebhookDescription;
	mode: WorkflowExecuteMode;
	additionalData: IWorkflowExecuteAdditionalData;
	/** The record of the suspended execution; null for a trigger. */
	data: IRunExecutionData | null;
}

/** The result of a node's `webhook` method. */
export interface Received {
	result: IWebhookResponseData;
	/** The response that the node has sent itself, if any. */
	response?: CallResponse;
}

/** Runs a node's `webhook` method in n8n's own context, with the parts of Express that nodes use. */
export async function callWebhook(
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
