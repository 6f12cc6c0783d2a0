import { VERSIONS } from '../../instance/versions.mts';
import type { Stage } from '../e2e/stage.mts';
import { openEditor, type Editor } from './editor.mts';
import { formOf, unfit } from './form.mts';
import { NODE, textToVideo, workflowWith } from './workflows.mts';

const SCENES = [
	{ prompt: 'A paper boat lies on a wet pavement' },
	{ prompt: 'The paper boat sails over a rain puddle', seconds: 8 },
];

describe.each(VERSIONS)('the form in the editor of n8n %s', (version) => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(async () => ({ stage, editor } = await openEditor(version)));
	async function openForm(change: object) {
		await editor.open(workflowWith(stage, textToVideo(change)));
		await editor.openNode(NODE);
	}

	test.each([
		['waitMode', 'Do Not Wait', [], ['Output', 'Put Output File in Field']],
		['output', 'URL Only', [], ['Put Output File in Field']],
		['aspectRatio', 'Custom Size', ['Custom Size'], ['Resolution']],
		['imageSource', 'URL', ['Image URL'], ['Input Binary Field']],
	])('changes with the value of %s: %s', async (field, option, appears, disappears) => {
		await openForm({ operation: 'imageToVideo' });
		const before = await formOf(editor);
		await editor.choose(field, option);
		const after = await formOf(editor);
		expect(after.filter((label) => !before.includes(label))).toEqual(appears);
		expect(before.filter((label) => !after.includes(label))).toEqual(disappears);
	});

	test.each([
		['imageToVideo', { aspectRatio: 'sameAsImage', options: { imageFit: 'crop' } }],
		['storyboard', { scenesFrom: 'list', scenes: { scene: SCENES }, style: 'Cinematic' }],
		['compare', { modelsFrom: 'text', modelIds: 'sora-2, kling-v3, veo-3.1-fast' }],
	])('of %s fits its panel when it is filled in', async (operation, values) => {
		await openForm({ operation, ...values });
		expect(await unfit(editor)).toEqual([]);
		await editor.picture(`form-${operation}`);
	});
});
