import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import type { Fault } from '../../sandbox/createSandbox.mts';
import type { Stage } from './stage.mts';
import { nodeOf, small } from './workflows.mts';

/** The parts of an MCP server's response that the stories read. */
interface McpResponse {
	result?: McpResult;
	error?: { message: string };
}

interface McpResult {
	tools?: Array<{ name: string; inputSchema: { properties?: object } }>;
	content?: Array<{ type: string; text: string }>;
	isError?: boolean;
}

/** Calls a method of an MCP server. */
export type McpCall = (method: string, params?: object) => Promise<McpResult>;

/** A prompt that the language model or the MCP client chooses. */
export const CHOSEN_PROMPT = "$fromAI('prompt', 'What the video shows', 'string')";

/** The same with another text in every try. */
export const CHANGING_PROMPT = `${CHOSEN_PROMPT} + ' at ' + $now.toMillis() + ' ' + Math.random()`;

/** Another seed in every try as well, and an end that comes soon. */
export const CHANGING_FORM = {
	options: { timeout: 4, seed: '={{ Math.floor(Math.random() * 1e6) }}' },
};

/** What fails in the first try of a call, or in all of them. */
export const TROUBLES: Array<[string, Fault, succeeds: boolean]> = [
	['the answer to the create is lost', { on: 'create', do: 'reset-after' }, true],
	['a status check is refused', { on: 'status', do: 'status', status: 401 }, true],
	['the time is up in every try', { on: 'create', do: 'stuck' }, false],
];

/**
 * The node as a tool. n8n calls it up to three times until it succeeds.
 * @param form values in addition to those of the cheapest video
 */
export function toolOf(prompt: string, form: object = {}): INode {
	const parameters = {
		...small({ prompt: `={{ ${prompt} }}`, output: 'url', ...form }),
		toolDescription: 'Makes a video',
		descriptionType: 'manual',
	};
	const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
	return nodeOf('Make_Video', 'n8n-nodes-lumenfall.lumenfallTool', parameters, retries);
}

/** Publishes n8n's MCP Server Trigger with this tool, and connects to it as an MCP client. */
export async function serveTool(stage: Stage, tool: INode): Promise<McpCall> {
	const path = randomUUID();
	const trigger = nodeOf(
		'Server',
		'@n8n/n8n-nodes-langchain.mcpTrigger',
		{ path },
		{ typeVersion: 2, webhookId: path },
	);
	const workflow = stage.withCredential({
		name: 'Tools',
		nodes: [trigger, tool],
		connections: {
			[tool.name]: { ai_tool: [[{ node: 'Server', type: 'ai_tool', index: 0 }]] },
		},
	});
	await stage.api.activate(await stage.api.addWorkflow(workflow));
	return await connect(stage, `/mcp/${path}`);
}

/** Opens an MCP session over streamable HTTP. */
async function connect({ api }: Stage, path: string): Promise<McpCall> {
	const headers: Record<string, string> = { accept: 'application/json, text/event-stream' };
	const send = async (body: object) =>
		await api.http.post(path, { jsonrpc: '2.0', ...body }, { headers, responseType: 'text' });

	const hello = await send({
		id: 0,
		method: 'initialize',
		params: {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'stories', version: '1' },
		},
	});
	headers['mcp-session-id'] = String(hello.headers['mcp-session-id']);
	await send({ method: 'notifications/initialized' });

	let id = 0;
	return async (method, params = {}) => {
		const answer = await send({ id: ++id, method, params });
		const { result, error } = parseEvent(String(answer.data));
		if (!result) throw new Error(`${method}: ${error?.message ?? String(answer.data)}`);
		return result;
	};
}

/** Returns the message in an event stream. */
function parseEvent(text: string): McpResponse {
	const line = text.split('\n').find((line) => line.startsWith('data:'));
	return JSON.parse(line ? line.slice('data:'.length) : text);
}
