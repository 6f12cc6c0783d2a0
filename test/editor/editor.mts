/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Locator, Page } from 'playwright-core';
import type { SandboxOptions } from '../../sandbox/createSandbox.mts';
import type { N8nApi, WorkflowJson } from '../../instance/types.mts';
import { NEWEST, type N8nVersion } from '../../instance/versions.mts';
import { openBrowser } from '../browser/browser.mts';
import { closedAtEnd, openStage } from '../e2e/fixtures.mts';
import type { Stage } from '../e2e/stage.mts';
import { writePicture, type Box } from './pictures.mts';

/** The actions of a user in n8n's editor, and what the user sees. */
export interface Editor {
	page: Page;
	/** Saves a workflow and opens it. Returns its ID. */
	open(workflow: WorkflowJson): Promise<string>;
	/** Opens the panel of a node. */
	openNode(name: string): Promise<void>;
	closeNode(): Promise<void>;
	node(name: string): Locator;
	/** Opens the panel of all nodes and types into its search. */
	searchNodes(words: string): Promise<Locator>;
	/** Returns a field of the open node, by its name. */
	field(name: string): Locator;
	/** Selects a menu entry by its text. */
	choose(field: string, option: string): Promise<void>;
	/** Presses Execute step. */
	execute(): Promise<void>;
	output(): Locator;
	/** Updates an image of the docs, from the newest n8n, if `UPDATE_DOCS` is set. */
	picture(name: string, part?: Locator | Box): Promise<void>;
}

/** Wide enough for n8n to show all texts in full. */
const SCREEN = { width: 1440, height: 900 };

/** Opens the editor of the shared n8n in a real browser, as its owner, until the tests end. */
export async function openEditor(
	version: N8nVersion,
	sandboxOptions?: SandboxOptions,
): Promise<{ stage: Stage; editor: Editor }> {
	const stage = await openStage(version, sandboxOptions);
	return { stage, editor: editorOn(await openPage(stage.api), version, stage.api) };
}

/** Opens an empty page in a browser that is logged in. */
async function openPage({ http, cookie }: N8nApi): Promise<Page> {
	const browser = closedAtEnd(await openBrowser());
	const context = await browser.newContext({
		viewport: SCREEN,
		deviceScaleFactor: process.env.UPDATE_DOCS ? 2 : 1,
		colorScheme: 'light',
		reducedMotion: 'reduce',
	});
	const [name, value] = cookie.split('; ')[0].split('=');
	await context.addCookies([{ name, value, url: http.defaults.baseURL! }]);
	const page = await context.newPage();
	page.setDefaultTimeout(45_000);
	return page;
}

function editorOn(page: Page, version: N8nVersion, api: N8nApi): Editor {
	const part = (id: string) => page.locator(`[data-test-id="${id}"]`);

	const node: Editor['node'] = (name) =>
		page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).first();
	const field: Editor['field'] = (name) => part(`parameter-input-${name}`).first();

	return {
		page,
		node,
		field,
		open: async (workflow) => {
			const id = await api.addWorkflow(workflow);
			await page.goto(`${api.http.defaults.baseURL}/workflow/${id}`);
			await node(workflow.nodes[0].name).waitFor();
			await part('zoom-to-fit').click();
			return id;
		},
		openNode: async (name) => {
			await settled(node(name));
			// The name of a node may cover the area below its center.
			const box = (await node(name).boundingBox())!;
			await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 4);
			await part('node-parameters').first().waitFor();
		},
		closeNode: async () => {
			await page.keyboard.press('Escape');
			await part('node-parameters').first().waitFor({ state: 'hidden' });
		},
		searchNodes: async (words) => {
			const search = part('node-creator-search-bar');
			if (!(await search.isVisible())) await part('node-creator-plus-button').first().click();
			await search.fill(words);
			const results = part('node-creator').locator('[data-test-id="item-iterator-item"]');
			// The list is updated shortly after the search.
			await results.filter({ hasText: 'Lumenfall' }).first().waitFor();
			return results;
		},
		choose: async (name, option) => {
			await field(name).locator('input').first().click();
			await page
				.locator('.el-select-dropdown__item:visible')
				.filter({ hasText: option })
				.first()
				.click();
		},
		execute: async () => await part('node-execute-button').first().click(),
		output: () => part('output-panel'),
		picture: async (name, part) => {
			if (process.env.UPDATE_DOCS && version === NEWEST) await writePicture(page, name, part);
		},
	};
}

/** The canvas moves nodes while it opens. */
async function settled(locator: Locator): Promise<void> {
	let before = '';
	for (let same = 0; same < 3; ) {
		const now = JSON.stringify(await locator.boundingBox());
		same = now === before ? same + 1 : 0;
		before = now;
		await locator.page().waitForTimeout(100);
	}
}
