import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { VERSIONS } from '../../instance/versions.mts';
import type { Stage } from '../e2e/stage.mts';
import { nodeOf } from '../e2e/workflows.mts';
import { openEditor, type Editor } from './editor.mts';
import { listOperations, servedNode } from './served.mts';
import { NODE, textToVideo, workflowWith } from './workflows.mts';

/** Fields that a user switches from Fixed to Expression. A list of rows has expressions in its rows. */
const COMPUTABLE = ['string', 'number', 'boolean', 'options', 'multiOptions', 'json'];

describe.each(VERSIONS)('expressions in the editor of n8n %s', (version) => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(async () => ({ stage, editor } = await openEditor(version)));

	test('every field of every operation can be an expression, and no other field is required then', async () => {
		const { properties } = await servedNode(stage);
		const nodes = (await listOperations(stage)).map(({ resource, operation, action }, index) =>
			nodeOf(
				action,
				'n8n-nodes-lumenfall.lumenfall',
				{ ...computed(properties), resource, operation },
				{ position: [200 * (index % 4), 200 * Math.floor(index / 4)] },
			),
		);
		// Without this, the test would not detect if n8n marks nothing.
		const incomplete = nodeOf(
			'Incomplete',
			'n8n-nodes-lumenfall.lumenfall',
			textToVideo({ prompt: '' }),
			{
				position: [0, 900],
			},
		);
		await editor.open(
			stage.withCredential({ name: 'Computed', nodes: [...nodes, incomplete], connections: {} }),
		);
		await editor.node('Incomplete').locator('[data-test-id="node-issues"]').waitFor();
		const marked = editor.page
			.locator('[data-test-id="canvas-node"]')
			.filter({ has: editor.page.locator('[data-test-id="node-issues"]') });
		const names = await marked.evaluateAll((all) =>
			all.map((node) => node.getAttribute('data-node-name')),
		);
		expect(names).toEqual(['Incomplete']);
	});

	test('a ratio from an expression works, whatever fields n8n shows because of it', async () => {
		await editor.open(
			workflowWith(
				stage,
				textToVideo({
					aspectRatio: '={{ "9:" + 16 }}',
					seconds: '={{ "4" }}',
					waitMode: '={{ "poll" }}',
					output: '={{ "file" }}',
				}),
			),
		);
		await editor.openNode(NODE);
		await editor.execute();
		await editor.page.locator('[data-test-id="radio-button-binary"]').first().waitFor();
		expect(stage.sandbox.jobs()).toEqual([expect.objectContaining({ seconds: 4 })]);
	});
});

/** Returns every field of the form as an expression. */
function computed(form: INodeProperties[]): IDataObject {
	const values = form
		.filter(({ name }) => !['resource', 'operation'].includes(name))
		.map(({ name, type, options }) => [name, valueOf(name, type, options as INodeProperties[])]);
	return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as IDataObject;
}

function valueOf(name: string, type: string, options: INodeProperties[] = []): unknown {
	const expression = `={{ $json.${name} }}`;
	if (type === 'resourceLocator') return { __rl: true, mode: 'id', value: expression };
	if (type === 'collection') return computed(options);
	return COMPUTABLE.includes(type) ? expression : undefined;
}
