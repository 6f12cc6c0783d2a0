import { VERSIONS } from '../../instance/versions.mts';
import { AGENT_VERSIONS, openAgent, type Agent } from './agent.mts';
import { openStage } from './fixtures.mts';
import {
	CHANGING_FORM,
	CHANGING_PROMPT,
	CHOSEN_PROMPT,
	serveTool,
	toolOf,
	TROUBLES,
	type McpCall,
} from './tool.mts';
import type { Stage } from './stage.mts';

/** n8n's MCP Server Trigger calls tools as an agent does, but for an MCP client instead of a language model. */
describe.each(VERSIONS)('as an AI tool on n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version)));
	beforeEach(async () => await stage.sandbox.reset());

	const expectOneVideo = (isFinished: boolean) => {
		expect(stage.sandbox.jobs()).toHaveLength(1);
		expect(stage.sandbox.billing().jobs).toBe(isFinished ? 1 : 0);
		expect(stage.sandbox.jobs()[0].prompt).toMatch(/^a kite at \d+ 0\.\d+$/);
	};

	describe('of an MCP client', () => {
		let call: McpCall;
		beforeAll(async () => (call = await serveTool(stage, toolOf(CHOSEN_PROMPT))));

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

	describe('with another prompt in every try, for an MCP client', () => {
		let call: McpCall;
		beforeAll(async () => {
			call = await serveTool(stage, toolOf(CHANGING_PROMPT, CHANGING_FORM));
		});
		const make = async (prompt: string) =>
			await call('tools/call', { name: 'Make_Video', arguments: { prompt } });

		test.each(TROUBLES)('one video, if %s', async (_, fault, succeeds) => {
			stage.sandbox.addFault(fault);
			const text = JSON.stringify(await make('a kite'));
			expect(text).toContain(stage.sandbox.jobs()[0].id);
			expectOneVideo(succeeds);
		});

		test('two clients with the same words get two videos', async () => {
			await make('a boat');
			await make('a boat');
			expect(stage.sandbox.jobs()).toHaveLength(2);
		});
	});

	describe.each(AGENT_VERSIONS)(
		'with another prompt in every try, for AI Agent %d',
		(typeVersion) => {
			let agent: Agent;
			beforeAll(async () => {
				agent = await openAgent(stage, typeVersion, toolOf(CHANGING_PROMPT, CHANGING_FORM));
			});

			test.each(TROUBLES)('one video, if %s', async (_, fault, succeeds) => {
				stage.sandbox.addFault(fault);
				const { answer, execution } = await agent.ask('a kite');
				expect(answer || JSON.stringify(execution.data)).toContain(stage.sandbox.jobs()[0].id);
				expectOneVideo(succeeds);
			});

			test('two calls with other words make two videos', async () => {
				await agent.ask('a kite', 'a boat');
				expect(stage.sandbox.jobs().map(({ prompt }) => prompt.split(' at ')[0])).toEqual([
					'a kite',
					'a boat',
				]);
			});
		},
	);
});
