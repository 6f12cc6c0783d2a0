import { openStage } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { isN8n2, VERSIONS } from '../../instance/versions.mts';
import { NODE, outputOf, small, START } from './workflows.mts';

describe.each(VERSIONS)('Continue On Fail on n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version)));

	test('a failed video is sent to the error output, a completed one to the other, both linked to their items', async () => {
		const workflow = stage.workflow(small({ prompt: '={{ $json.prompt }}' }), {
			onError: 'continueErrorOutput',
		});
		const prompts = ['a scene', 'a scene that [fails]', 'another scene'];
		workflow.pinData = { [START]: prompts.map((prompt) => ({ json: { prompt } })) };
		const execution = await stage.api.ended(await stage.run(workflow));

		const good = outputOf(execution);
		expect(good.map(({ json }) => json.prompt)).toEqual(['a scene', 'another scene']);
		expect(good.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);

		const [failed, ...more] = outputOf(execution, NODE, 1);
		expect(more).toEqual([]);
		const { id } = stage.sandbox.jobs().find(({ status }) => status === 'failed')!;
		expect(failed.json.error).toContain(id);
		// n8n before 2.34 treats an item with more than these two keys as successful.
		expect(failed.json.details).toEqual(
			isN8n2(version) ? expect.objectContaining({ videoId: id }) : undefined,
		);
		expect(stage.sandbox.billing().jobs).toBe(2);
	});
});
