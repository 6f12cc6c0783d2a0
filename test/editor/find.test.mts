import { VERSIONS } from '../../instance/versions.mts';
import type { Stage } from '../e2e/stage.mts';
import { chain, nodeOf } from '../e2e/workflows.mts';
import { openEditor, type Editor } from './editor.mts';
import { formOf, unfit } from './form.mts';
import { labelsOf, listOperations, servedNode } from './served.mts';
import { TRIGGER } from './workflows.mts';

const started = {
	name: 'My video',
	nodes: [nodeOf(TRIGGER, 'n8n-nodes-base.manualTrigger', {})],
	connections: chain(),
};

describe.each(VERSIONS)('the panel of all nodes of n8n %s', (version) => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(async () => ({ stage, editor } = await openEditor(version)));

	test.each(['sora', 'video', 'image to video', 'text to video', 'lumenfall'])(
		"has the node among the first results for '%s'",
		async (words) => {
			await editor.open(started);
			const results = await editor.searchNodes(words);
			const names = await results
				.locator('[data-test-id="node-creator-item-name"]')
				.allInnerTexts();
			expect(names.slice(0, 5).map((name) => name.trim())).toContain('Lumenfall');
			if (words === 'text to video') await editor.picture('find-the-node');
		},
	);

	test('adds the node with each of its actions: each form has its fields, and fits in its panel', async () => {
		const node = await servedNode(stage);
		await editor.open(started);
		for (const operation of await listOperations(stage)) {
			const { action } = operation;
			const results = await editor.searchNodes('lumenfall');
			await results.filter({ hasText: 'Lumenfall' }).first().click();
			await editor.page.getByText(action, { exact: true }).first().click();
			await editor.field('operation').waitFor();
			const { fields, rows } = labelsOf(node, operation);
			const labels = await formOf(editor);
			const missing = fields.filter((label) => !labels.includes(label));
			// n8n 1 opens the rows of a list, n8n 2 does not.
			const extra = labels.filter((label) => ![...fields, ...rows].includes(label));
			expect({ action, missing, extra }).toEqual({ action, missing: [], extra: [] });
			expect({ action, unfit: await unfit(editor) }).toEqual({ action, unfit: [] });
			await editor.closeNode();
		}
	});
});
