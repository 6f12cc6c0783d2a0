import { VERSIONS } from '../../instance/versions.mts';
import { SERVERS } from '../servers/servers.mts';
import { AGENT_VERSIONS, openAgent } from './agent.mts';
import { openStage } from './fixtures.mts';
import { CHANGING_PROMPT, serveTool, toolOf, TROUBLES } from './tool.mts';
import type { Stage } from './stage.mts';

/** Lets a tool be called, and returns all that the caller gets to read. */
type Make = (prompt: string) => Promise<string>;
type Tool = ReturnType<typeof toolOf>;

const CALLERS: Array<[string, (stage: Stage, tool: Tool) => Promise<Make>]> = [
	[
		'an MCP client',
		async (stage, tool) => {
			const call = await serveTool(stage, tool);
			return async (prompt) =>
				JSON.stringify(await call('tools/call', { name: tool.name, arguments: { prompt } }));
		},
	],
	...AGENT_VERSIONS.map((typeVersion): (typeof CALLERS)[number] => [
		`AI Agent ${typeVersion}`,
		async (stage, tool) => {
			const agent = await openAgent(stage, typeVersion, tool);
			return async (prompt) => {
				const { answer, execution } = await agent.ask(prompt);
				return answer || JSON.stringify(execution.data);
			};
		},
	]),
];

/** All servers are called in parallel, because the stories wait most of the time. */
describe.each(VERSIONS)('as an AI tool on n8n %s, with every server', (version) => {
	const stages: Stage[] = [];
	beforeAll(async () => {
		for (const { dialect } of SERVERS) stages.push(await openStage(version, { dialect }));
	});

	describe.each(CALLERS)('with another prompt in every try, for %s', (_, open) => {
		const makes: Make[] = [];
		beforeAll(async () => {
			for (const [index, { form }] of SERVERS.entries()) {
				const tool = toolOf(CHANGING_PROMPT, { ...form, options: { timeout: 4 } });
				makes.push(await open(stages[index], tool));
			}
		});

		test.each(TROUBLES)('at most one video, if %s', async (trouble, fault) => {
			const outcomes = SERVERS.map(async ({ name }, index) => {
				const { sandbox } = stages[index];
				await sandbox.reset();
				sandbox.addFault(fault);
				const text = await makes[index](`a kite, ${trouble}`);
				const jobs = sandbox.jobs();
				// None, if it was the refusal of the first form of the request that was lost.
				const isOne = jobs.length <= 1 && sandbox.billing().jobs <= 1;
				const isToldOf =
					text.includes(jobs[0]?.id) || text.includes('a video may have been created');
				return { name, isOne, isToldOf };
			});
			expect(await Promise.all(outcomes)).toEqual(
				SERVERS.map(({ name }) => ({ name, isOne: true, isToldOf: true })),
			);
		});
	});
});
