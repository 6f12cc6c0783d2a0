import { randomUUID } from 'node:crypto';
import type { CredentialJson } from '../../instance/api.mts';
import { VERSIONS } from '../../instance/versions.mts';
import type { Fault } from '../../sandbox/createSandbox.mts';
import type { ChatModel } from './chatModel.mts';
import { openChatModel, openStage } from './doors.mts';
import type { Stage } from './stage.mts';
import { chain, nodeOf, small, START } from './workflows.mts';

/** The parts of an MCP server's response that the stories read. */
interface McpResponse {
	result?: {
		tools?: Array<{ name: string; inputSchema: { properties?: object } }>;
		content?: Array<{ type: string; text: string }>;
		isError?: boolean;
	};
	error?: { message: string };
}

const PROMPT = "$fromAI('prompt', 'What the video shows', 'string')";

/** The node as a tool. n8n calls it up to three times until it succeeds. */
function toolOf(prompt: string, options: object = {}) {
	const parameters = {
		...small({ prompt: `={{ ${prompt} }}`, output: 'url', options }),
		toolDescription: 'Makes a video',
		descriptionType: 'manual',
	};
	const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 };
	return nodeOf('Make_Video', 'n8n-nodes-lumenfall.lumenfallTool', parameters, retries);
}

/** Another prompt and another seed in every try. */
const CHANGING = `${PROMPT} + ' at ' + $now.toMillis() + ' ' + Math.random()`;

/** What fails in the first try of a call, or in all of them. */
const TROUBLES: Array<[string, Fault, succeeds: boolean]> = [
	['the answer to the create is lost', { on: 'create', do: 'reset-after' }, true],
	['a status check is refused', { on: 'status', do: 'status', status: 401 }, true],
	['the time is up in every try', { on: 'create', do: 'stuck' }, false],
];
const TIMEOUT = { timeout: 4, seed: '={{ Math.floor(Math.random() * 1e6) }}' };

function expectOneVideo({ sandbox }: Stage, isFinished: boolean): void {
	expect(sandbox.jobs()).toHaveLength(1);
	expect(sandbox.billing().jobs).toBe(isFinished ? 1 : 0);
	expect(sandbox.jobs()[0].prompt).toMatch(/^a kite at \d+ 0\.\d+$/);
}

/** n8n's MCP Server Trigger calls tools as an agent does, but for an MCP client instead of a language model. */
describe.each(VERSIONS)('as an AI tool on n8n %s', (version) => {
	let stage: Stage;
	let call: (method: string, params?: object) => Promise<NonNullable<McpResponse['result']>>;

	/** Publishes an MCP server with the tool, and connects to it. */
	const serve = async (tool: ReturnType<typeof toolOf>) => {
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
	};

	beforeAll(async () => {
		stage = await openStage(version);
		call = await serve(toolOf(PROMPT));
	});
	beforeEach(async () => await stage.sandbox.reset());

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

	describe('with another prompt in every try, for an MCP client', () => {
		let make: (prompt: string) => Promise<NonNullable<McpResponse['result']>>;
		beforeAll(async () => {
			const connected = await serve(toolOf(CHANGING, TIMEOUT));
			make = async (prompt) =>
				await connected('tools/call', { name: 'Make_Video', arguments: { prompt } });
		});

		test.each(TROUBLES)('one video, if %s', async (_, fault, succeeds) => {
			stage.sandbox.addFault(fault);
			const text = JSON.stringify(await make('a kite'));
			expect(text).toContain(stage.sandbox.jobs()[0].id);
			expectOneVideo(stage, succeeds);
		});

		test('two clients with the same words get two videos', async () => {
			await make('a boat');
			await make('a boat');
			expect(stage.sandbox.jobs()).toHaveLength(2);
		});
	});

	describe.each([2.2, 3])('with another prompt in every try, for AI Agent %d', (typeVersion) => {
		let model: ChatModel;
		let openAi: CredentialJson;
		beforeAll(async () => {
			model = await openChatModel();
			const data = { apiKey: 'none', url: model.url, header: false };
			openAi = await stage.api.addCredential('Scripted', 'openAiApi', data);
		});

		/** Runs an agent whose model calls the tool with each of these prompts. */
		const ask = async (...prompts: string[]) => {
			const calls = prompts.map((prompt) => ({ call: 'Make_Video', with: { prompt } }));
			model.script(...calls, { say: 'Done.' });
			const { id, name } = openAi;
			const tool = toolOf(CHANGING, TIMEOUT);
			const chatModel = nodeOf(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				{ typeVersion: 1.2, credentials: { openAiApi: { id, name } } },
			);
			const agent = nodeOf(
				'Agent',
				'@n8n/n8n-nodes-langchain.agent',
				{ promptType: 'define', text: 'Make a video', options: {} },
				{ typeVersion },
			);
			const link = (type: 'ai_tool' | 'ai_languageModel') => ({
				[type]: [[{ node: agent.name, type, index: 0 }]],
			});
			const execution = await stage.api.ended(
				await stage.run(
					stage.withCredential({
						name: 'Agent',
						nodes: [nodeOf(START, 'n8n-nodes-base.manualTrigger', {}), agent, chatModel, tool],
						connections: {
							...chain(START, agent.name),
							[chatModel.name]: link('ai_languageModel'),
							[tool.name]: link('ai_tool'),
						},
					}),
				),
			);
			const answers =
				model
					.requests()
					.at(-1)
					?.messages.filter(({ role }) => role === 'tool') ?? [];
			return { execution, answer: answers.map(({ content }) => content).join('\n') };
		};

		test.each(TROUBLES)('one video, if %s', async (_, fault, succeeds) => {
			stage.sandbox.addFault(fault);
			const { answer, execution } = await ask('a kite');
			expect(answer || JSON.stringify(execution.data)).toContain(stage.sandbox.jobs()[0].id);
			expectOneVideo(stage, succeeds);
		});

		test('two calls with other words make two videos', async () => {
			await ask('a kite', 'a boat');
			expect(stage.sandbox.jobs().map(({ prompt }) => prompt.split(' at ')[0])).toEqual([
				'a kite',
				'a boat',
			]);
		});
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
