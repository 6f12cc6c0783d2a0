import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { NODE, openStage, type Stage } from '../engine/stage.mts';
import { faintTexts, openBrowser, openFile, overflow, screenshotOf, players } from './browser.mts';

const DESKTOP = { width: 1280 };
const PHONE = { width: 390, height: 844 };
const MODELS = ['sora-2', 'veo-3.1-fast', 'kling-v3', 'seedance-2.0'];
const PROMPT = 'A paper boat sails over a rain puddle at dusk, the camera stays close to the water';
const docs = join(process.cwd(), 'docs');

function compare(change: object = {}): object {
	return {
		operation: 'compare',
		modelsFrom: 'text',
		modelIds: MODELS.join(', '),
		prompt: PROMPT,
		seconds: 4,
		resolution: '720p',
		...change,
	};
}

/** The pages are the output of the built node in n8n's engine, with videos that the sandbox has rendered. */
describe('the page of a comparison in a real browser', () => {
	let browser: Browser;
	let stage: Stage;
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'comparison-'));
		browser = await openBrowser();
		stage = await openStage('n8n-2', {
			jobSeconds: 60,
			paces: { 'veo-3.1-fast': 0.7, 'kling-v3': 1.4, 'seedance-2.0': 1.2 },
		});
	});
	afterAll(async () => {
		await browser.close();
		await stage.close();
		await rm(folder, { recursive: true });
	});

	/** Runs the comparison and saves its page to a file. */
	async function makePage(
		parameters: object,
	): Promise<{ items: INodeExecutionData[]; path: string }> {
		const result = await stage.run(parameters);
		if (result.error) throw new Error(result.error.message);
		const items = result.output(NODE);
		const path = join(folder, `${Date.now()}.html`);
		await writeFile(path, await stage.engine.readBinary(items[0].binary!.page));
		return { items, path };
	}

	describe('of four models', () => {
		let items: INodeExecutionData[];
		let path: string;
		beforeAll(async () => ({ items, path } = await makePage(compare())));

		test.each([
			['on a desktop', DESKTOP],
			['on a desktop in the dark', { ...DESKTOP, colorScheme: 'dark' as const }],
			['on a phone', PHONE],
			['on a phone in the dark', { ...PHONE, colorScheme: 'dark' as const }],
		])(
			'%s it has no errors, sends no requests, fits the screen, and is readable',
			async (_, screen) => {
				const { page, complaints } = await openFile(browser, path, screen);
				expect(await players(page)).toHaveLength(4);
				expect(await overflow(page)).toBeLessThanOrEqual(0);
				expect(await faintTexts(page)).toEqual([]);
				expect(complaints).toEqual([]);
				await page.close();
			},
		);

		test('each player has its video, with the size and duration in its item', async () => {
			const { page } = await openFile(browser, path, DESKTOP);
			expect(await players(page)).toEqual(
				items.map(({ json: { width, height, seconds } }) => ({ width, height, seconds })),
			);
			await page.close();
		});

		test('one button plays all videos together, and pauses them', async () => {
			const { page, complaints } = await openFile(browser, path, DESKTOP);
			await players(page);
			await page.getByRole('button', { name: 'Play all together' }).click();
			await page.waitForFunction(() =>
				[...document.querySelectorAll('video')].every(
					({ paused, currentTime }) => !paused && currentTime > 0,
				),
			);
			await page.getByRole('button', { name: 'Pause all' }).click();
			await page.waitForFunction(() =>
				[...document.querySelectorAll('video')].every(({ paused }) => paused),
			);
			expect(complaints).toEqual([]);
			await page.close();
		});

		test.each([
			['desktop', { ...DESKTOP, scale: 0.75 }],
			['phone', PHONE],
		])('its image from a %s is small enough for the docs', async (name, screen) => {
			const { page } = await openFile(browser, path, screen);
			await players(page);
			const imageFile = await screenshotOf(page, 1_800);
			expect(imageFile.length).toBeLessThan(400_000);
			if (process.env.UPDATE_DOCS) await writeFile(join(docs, `compare-${name}.png`), imageFile);
			await page.close();
		});
	});

	test('hostile text, very long IDs and a failed model cause no problems', async () => {
		const hostile = `</script></style><img src=x onerror=alert(1)><script>alert(2)</script>`;
		stage.sandbox.addFault({ on: 'create', do: 'job-fails', message: `No. "'>${'x'.repeat(300)}` });
		const { path } = await makePage(
			compare({
				prompt: `[fast] ${hostile} ${'endless'.repeat(60)}`,
				modelIds: 'sora-2, kling-v3, p-video',
			}),
		);
		for (const screen of [DESKTOP, PHONE]) {
			const { page, complaints } = await openFile(browser, path, screen);
			expect(await players(page)).toHaveLength(2);
			expect(await page.getByRole('article').allInnerTexts()).toEqual([
				expect.any(String),
				expect.any(String),
				expect.any(String),
			]);
			expect(await page.locator('blockquote').innerText()).toContain(hostile);
			expect(await page.locator('.reason').innerText()).toContain('xxx');
			expect(await overflow(page)).toBeLessThanOrEqual(0);
			expect(complaints).toEqual([]);
			await page.close();
		}
	});

	test('portrait videos of many models fit as well', async () => {
		const { path } = await makePage(
			compare({
				aspectRatio: '9:16',
				modelIds: [...MODELS, 'sora-2-pro', 'p-video', 'mock-video', 'fal/kling-v3'].join(' '),
			}),
		);
		for (const screen of [DESKTOP, PHONE]) {
			const { page, complaints } = await openFile(browser, path, screen);
			expect(await players(page)).toHaveLength(8);
			expect(await overflow(page)).toBeLessThanOrEqual(0);
			expect(complaints).toEqual([]);
			await page.close();
		}
	});
});
