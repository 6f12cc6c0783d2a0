import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { native } from '../support/native.mts';

const folder = join(process.cwd(), 'docs/images');

/** Writes `docs/images/<name>.png`: the page, or a part of it with a margin. */
export async function writePicture(
	page: Page,
	name: string,
	part?: Locator | Box,
	margin = 0,
): Promise<void> {
	const { smallPng } = await native<typeof import('./smallPng.mts')>('./test/editor/smallPng.mts');
	// Animations of dialogs and buttons have ended by then.
	await page.mouse.move(0, 0);
	await page.waitForTimeout(700);
	const box = part && ('boundingBox' in part ? await part.boundingBox() : part);
	const png = await page.screenshot({ clip: box ? grown(box, margin) : undefined });
	const path = join(folder, `${name}.png`);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, await smallPng(png));
}

export type Box = Record<'x' | 'y' | 'width' | 'height', number>;

function grown({ x, y, width, height }: Box, margin: number): Box {
	const [left, top] = [Math.max(0, x - margin), Math.max(0, y - margin)];
	return { x: left, y: top, width: x + width + margin - left, height: y + height + margin - top };
}
