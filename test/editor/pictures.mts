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
	let cut: CutField | undefined;
	for (let step = 0; step < MAX_STEPS; step++) {
		// Animations of dialogs and buttons have ended by then.
		await page.mouse.move(0, 0);
		await page.waitForTimeout(700);
		cut = await findCutField(page);
		if (!cut) break;
		height -= cut.edge - cut.top;
		await page.setViewportSize({ ...size, height });
	}
	const box = part && ('boundingBox' in part ? await part.boundingBox() : part);
	// A dialog keeps its height in a shorter window, so its picture ends above the field.
	const clip = box && cut ? { ...box, height: Math.min(box.height, cut.top - box.y) } : box;
	const path = join(folder, `${name}.png`);
	await page.screenshot({ path, clip: clip ?? undefined, style: WITHOUT_NOTIFICATIONS });
	await page.setViewportSize(size);
}

/** The upper edge of a field, and the lower edge of the panel that shows only a part of it, in pixels. */
interface CutField {
	top: number;
	edge: number;
}

/** Returns the field that is cut off at the lower edge of its scrolling panel, if there is one. */
async function findCutField(page: Page): Promise<CutField | undefined> {
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
			if (top < edge && bottom > edge) return { top: Math.floor(top), edge: Math.ceil(edge) };
		}
		return undefined;
	});
}
