/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = join(process.cwd(), 'docs/images');

const WITHOUT_NOTIFICATIONS = '.el-notification { visibility: hidden; }';

/** A shorter window makes a panel shorter, but not always by as much. */
const MAX_STEPS = 10;

export type Box = Record<'x' | 'y' | 'width' | 'height', number>;

/** Writes `docs/images/<name>.png`: the page, or a part of it, without notifications and with no field cut off. */
export async function writePicture(page: Page, name: string, part?: Locator | Box): Promise<void> {
	const size = page.viewportSize()!;
	let { height } = size;
	for (let step = 0; step < MAX_STEPS; step++) {
		// Animations of dialogs and buttons have ended by then.
		await page.mouse.move(0, 0);
		await page.waitForTimeout(700);
		const overhang = await pixelsOfCutField(page);
		if (overhang === 0) break;
		height -= overhang;
		await page.setViewportSize({ ...size, height });
	}
	const clip = part && ('boundingBox' in part ? await part.boundingBox() : part);
	const path = join(folder, `${name}.png`);
	await page.screenshot({ path, clip: clip ?? undefined, style: WITHOUT_NOTIFICATIONS });
	await page.setViewportSize(size);
}

/** Returns how much of a field its scrolling panel shows at its lower edge, in pixels, if it does not show all of it. */
async function pixelsOfCutField(page: Page): Promise<number> {
	return await page.evaluate(() => {
		const isPanel = (element: Element) =>
			['auto', 'scroll'].includes(getComputedStyle(element).overflowY) &&
			element.scrollHeight > element.clientHeight;
		for (const field of document.querySelectorAll('[data-test-id="input-label"]')) {
			// A list contains fields of its own.
			if (field.querySelector('[data-test-id="input-label"]')) continue;
			let panel = field.parentElement;
			while (panel && !isPanel(panel)) panel = panel.parentElement;
			if (!panel) continue;
			const { top, bottom } = field.getBoundingClientRect();
			const edge = panel.getBoundingClientRect().bottom;
			if (top < edge && bottom > edge) return Math.ceil(edge - top);
		}
		return 0;
	});
}
