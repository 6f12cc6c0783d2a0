import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const folder = join(process.cwd(), 'docs/images');

export type Box = Record<'x' | 'y' | 'width' | 'height', number>;

/** Writes `docs/images/<name>.png`: the page, or a part of it. */
export async function writePicture(page: Page, name: string, part?: Locator | Box): Promise<void> {
	// Animations of dialogs and buttons have ended by then.
	await page.mouse.move(0, 0);
	await page.waitForTimeout(700);
	const clip = part && ('boundingBox' in part ? await part.boundingBox() : part);
	const path = join(folder, `${name}.png`);
	await page.screenshot({ path, clip: clip ?? undefined });
}
