/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { VERSIONS } from '../../instance/versions.mts';
import { waitFor } from '../e2e/fixtures.mts';
import type { Stage } from '../e2e/stage.mts';
import { openEditor, type Editor } from './editor.mts';
import { NODE, textToVideo, workflowWith } from './workflows.mts';

describe.each(VERSIONS)('the node in the editor of n8n %s', (version) => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(
		async () =>
			({ stage, editor } = await openEditor(version, { renderer: 'real', jobSeconds: 3 })),
	);
	beforeEach(async () => await stage.sandbox.reset());

	const part = (id: string) => editor.page.locator(`[data-test-id="${id}"]`);

	async function openForm(change: object = {}): Promise<string> {
		const id = await editor.open(workflowWith(stage, textToVideo(change)));
		await editor.openNode(NODE);
		return id;
	}

	test('lists the models with price and limits, searches them, and uses the selected one', async () => {
		await openForm();
		await part('rlc-input').first().click();
		await part('rlc-item').nth(3).waitFor();
		const cut = await part('rlc-item').evaluateAll((items) =>
			items
				.filter((item) => item.scrollWidth > item.clientWidth + 1)
				.map((item) => item.textContent),
		);
		expect(cut).toEqual([]);
		await editor.picture('model-list', part('node-parameters').first());

		await part('rlc-search').fill('kling');
		await waitFor('the search', async () => {
			const shown = await part('rlc-item').allInnerTexts();
			return !shown.some((line) => line.startsWith('Grok'));
		});
		await part('rlc-item').filter({ hasText: 'Kling 3.0' }).first().click();
		expect(await part('rlc-input').first().inputValue()).toContain('Kling 3.0');
		await editor.closeNode();
		expect(await editor.node(NODE).innerText()).toContain('Text to Video · Kling 3.0');
	});

	test('generates a video that plays in the output pane', async () => {
		await openForm();
		await editor.execute();
		await part('radio-button-binary').first().click();
		await part('ndv-view-binary-data').first().click();
		const shown = await waitFor(
			'the video to play',
			async () =>
				await editor.page.evaluate(() => {
					const video = document.querySelector('video');
					return (
						video !== null &&
						video.currentTime > 1 && {
							width: video.videoWidth,
							height: video.videoHeight,
							seconds: video.duration,
						}
					);
				}),
		);
		expect(shown).toEqual({ width: 1280, height: 720, seconds: 8 });
		await editor.picture('video-in-the-editor');
	});

	test('shows an error with its advice, before anything is paid', async () => {
		await openForm({ seconds: 21 });
		await editor.execute();
		await editor.output().getByText("'Duration (Seconds)' is 21").first().waitFor();
		const words = await editor.output().innerText();
		expect(words).toContain('Sora 2 supports at most 20 seconds');
		expect(words).toContain("'Unsupported Values'");
		expect(stage.sandbox.jobs()).toEqual([]);
		await editor.picture('error');
	});

	test('shows what a suspended execution waits for, and resumes when the server calls', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const id = await editor.open(workflowWith(stage, textToVideo({ waitMode: 'webhook' })));
		await part('execute-workflow-button').first().click();
		await waitFor('the execution to be suspended', async () => {
			const [execution] = await stage.api.executions(id);
			return execution?.status === 'waiting';
		});
		await editor.openNode(NODE);
		const sentence = editor.output().getByText(/Generating 8 s of video with Sora 2/);
		await sentence.first().waitFor();
		expect(await sentence.first().innerText()).toContain('or 60 minutes after it was suspended');
		await editor.picture('suspended');

		stage.sandbox.releaseStuck();
		await part('radio-button-binary').first().waitFor();
		expect(stage.sandbox.billing().jobs).toBe(1);
	});
});
