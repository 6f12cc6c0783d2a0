import { randomUUID } from 'node:crypto';
import { openStage } from './doors.mts';
import type { Stage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { nodeOf, small } from './workflows.mts';

/** The parts of an MCP server's response that the stories read. */
interface McpResponse {
	result?: {
		tools?: Array<{ name: string; inputSchema: { properties?: object } }>;
		content?: Array<{ type: string; text: string }>;
		isError?: boolean;
	};
	error?: { message: string };
}

/** n8n's MCP Server Trigger calls tools as an agent does, but for an MCP client instead of a language model. */
describe.each(VERSIONS)('as an AI tool on n8n %s', (version) => {
	let stage: Stage;
	let call: (method: string, params?: object) => Promise<NonNullable<McpResponse['result']>>;

	beforeAll(async () => {
		stage = await openStage(version);
		const path = randomUUID();
		const tool = nodeOf('Make_Video', 'n8n-nodes-lumenfall.lumenfallTool', {
			...small({
				prompt: "={{ $fromAI('prompt', 'What the video shows', 'string') }}",
				output: 'url',
			}),
			toolDescription: 'Makes a video',
			descriptionType: 'manual',
		});
		const workflow = stage.withCredential({
			name: 'Tools',
			nodes: [
				nodeOf(
					'Server',
					'@n8n/n8n-nodes-langchain.mcpTrigger',
					{ path },
					{
						typeVersion: 2,
						webhookId: path,
					},
				),
				tool,
			],
			connections: {
				[tool.name]: { ai_tool: [[{ node: 'Server', type: 'ai_tool', index: 0 }]] },
			},
		});
		await stage.api.activate(await stage.api.addWorkflow(workflow));
		call = await connect(stage, `/mcp/${path}`);
	});

	test('n8n offers the node as a tool, with the fields that the model fills in', async () => {
		const { tools } = await call('tools/list');
		expect(tools).toEqual([
			expect.objectContaining({
				name: 'Make_Video',
				inputSchema: expect.objectContaining({
					properties: expect.objectContaining({ prompt: expect.anything() }),
				}),
			}),
		]);
	});

	test('a call generates the video and returns its metadata and URL', async () => {
		const answer = await call('tools/call', {
			name: 'Make_Video',
			arguments: { prompt: 'a lighthouse at night' },
		});
		expect(answer.isError).not.toBe(true);
		const [job] = stage.sandbox.jobs();
		expect(job).toMatchObject({ prompt: 'a lighthouse at night', status: 'completed' });
		const text = answer.content!.map((part) => part.text).join('');
		expect(text).toContain(job.id);
		expect(text).toContain(stage.sandbox.mediaUrl);
	});
});

/** Opens an MCP session over streamable HTTP. */
async function connect({ api }: Stage, path: string) {
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
	return async (method: string, params: object = {}) => {
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
