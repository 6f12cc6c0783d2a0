/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NEWEST } from '../../instance/versions.mts';
import { readExample } from '../e2e/examples/rehearse.mts';
import type { Stage } from '../e2e/stage.mts';
import { openEditor, type Editor } from './editor.mts';

const names = readdirSync(join(process.cwd(), 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

/** Elements above the canvas. */
const OVERLAYS = ['canvas-controls', 'canvas-minimap', 'node-creator-plus-button']
	.concat(['command-bar-button', 'add-sticky-button', 'toggle-focus-panel-button'])
	.concat(['instance-ai-canvas-action-button', 'canvas-handle-plus-wrapper'])
	.map((id) => `[data-test-id="${id}"]`)
	.concat('[class*="executionButtons"]');

describe('the canvas of each example', () => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(async () => ({ stage, editor } = await openEditor(NEWEST)));

	test.each(names)(
		'%s: n8n has every node, none covers another, and there is an image',
		async (name) => {
			const example = stage.withCredential(readExample(name));
			await editor.open(example);
			const { page } = editor;
			await page.waitForTimeout(800);
			await page.addStyleTag({ content: `${OVERLAYS.join()} { visibility: hidden !important; }` });
			const shown = page.locator('.vue-flow__node');
			expect(await shown.count()).toBe(example.nodes.length);
			expect(await page.getByText('This node is not currently installed').count()).toBe(0);

			const boxes = await shown.evaluateAll((nodes) =>
				nodes.map((node) => {
					const { left, top, right, bottom } = node.getBoundingClientRect();
					return { left, top, right, bottom };
				}),
			);
			const covered = boxes.flatMap((a, index) =>
				boxes
					.slice(index + 1)
					.filter(
						(b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
					),
			);
			expect(covered).toEqual([]);

			const margin = 40;
			// The name and the operation are shown below a node.
			const below = 90;
			const [left, top] = [
				Math.min(...boxes.map((box) => box.left)) - margin,
				Math.min(...boxes.map((box) => box.top)) - margin,
			];
			const canvas = (await page.locator('[data-test-id="canvas"]').boundingBox())!;
			const bottom = Math.max(...boxes.map((box) => box.bottom)) + below;
			const clip = {
				x: left,
				y: top,
				width: Math.max(...boxes.map((box) => box.right)) + margin - left,
				height: Math.min(bottom, canvas.y + canvas.height) - top,
			};
			await editor.picture(`examples/${name}`, clip);
			expect(existsSync(join(process.cwd(), `docs/images/examples/${name}.png`))).toBe(true);
		},
	);
});
