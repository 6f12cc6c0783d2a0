import { isN8n2, VERSIONS } from '../../../instance/versions.mts';
import type { CredentialJson, WorkflowJson } from '../../../instance/types.mts';
import { openChatModel, openStage } from '../fixtures.mts';
import type { ChatModel } from '../chatModel.mts';
import type { Stage } from '../stage.mts';
import { outputOf } from '../workflows.mts';
import { readExample, rehearsed } from './rehearse.mts';
import { PLATFORMS } from './platforms.mts';
import { expectTaken } from './taken.mts';

/** n8n's own AI nodes, with a chat model that follows a script. */
describe.each(VERSIONS.filter(isN8n2))('the AI nodes of n8n %s', (version) => {
	let stage: Stage;
	let model: ChatModel;
	let openAi: CredentialJson;
	beforeAll(async () => {
		stage = await openStage(version, { renderer: 'real' });
		model = await openChatModel();
		openAi = await stage.api.addCredential('Scripted', 'openAiApi', {
			apiKey: 'none',
			url: model.url,
			header: false,
		});
	});
	beforeEach(async () => await stage.sandbox.reset());

	/** The example, with the scripted model. */
	function read(name: string): WorkflowJson {
		const example = stage.withCredential(readExample(name));
		const { id, name: credential } = openAi;
		const nodes = example.nodes.map((node) =>
			node.credentials?.openAiApi
				? { ...node, credentials: { openAiApi: { id, name: credential } } }
				: node,
		);
		return { ...example, nodes };
	}

	describe('an agent with the node as its tool', () => {
		async function ask(chatInput: string): Promise<string> {
			const example = rehearsed(read('12'), { Chat: [{ json: { chatInput, sessionId: '1' } }] });
			const execution = await stage.api.ended(await stage.run(example), 200);
			return String(outputOf(execution, 'AI Agent')[0].json.output);
		}

		const toolAnswer = () =>
			model
				.requests()
				.at(-1)!
				.messages.filter(({ role }) => role === 'tool')
				.map(({ content }) => content)
				.join('\n');

		test('fills in the allowed fields, each with a description, and gets ID and URL in a short response', async () => {
			model.script(
				{ call: 'Make_Video', with: { Prompt: 'a kite', Seconds: 4, Ratio: '9:16' } },
				{ say: 'Done.' },
			);
			expect(await ask('Make me a video of a kite')).toBe('Done.');

			const [{ tools = [] }] = model.requests();
			const { properties = {} } = tools[0].function.parameters;
			expect(Object.keys(properties)).toEqual(['Prompt', 'Seconds', 'Ratio']);
			for (const { description } of Object.values(properties)) expect(description).toMatch(/\w+/);

			const [job] = stage.sandbox.jobs();
			expect(job).toMatchObject({ prompt: 'a kite', seconds: 4, width: 720, height: 1280 });
			expect(toolAnswer()).toContain(job.id);
			expect(toolAnswer()).toContain(stage.sandbox.mediaUrl);
			// One token is about four characters.
			expect(toolAnswer().length).toBeLessThan(1600);
		});

		test('cannot spend more than the author of the workflow allows, whatever arguments it sends', async () => {
			model.script(
				{
					call: 'Make_Video',
					with: {
						Prompt: 'a kite',
						Seconds: 12,
						Ratio: '16:9',
						maxCost: 99,
						options: { maxCost: 99 },
					},
				},
				{ say: 'It is too expensive.' },
			);
			expect(await ask('Make the longest video you can')).toBe('It is too expensive.');
			expect(toolAnswer()).toMatch(/Max Cost/);
			expect(stage.sandbox.jobs()).toEqual([]);
		});
	});

	test('22: the scenes that a model writes become one vertical video', async () => {
		model.script({ say: '["A boat is folded", "The boat sails", "The boat arrives"]' });
		const execution = await stage.api.ended(await stage.run(rehearsed(read('22'))), 200);
		const [item] = outputOf(execution, 'Save to Drive');
		await expectTaken(await stage.api.download(item.binary!.data.id!), PLATFORMS.everywhere);
		expect(stage.sandbox.jobs().map(({ seconds }) => seconds)).toEqual([4, 4, 4]);
	});
});
