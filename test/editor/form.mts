/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Editor } from './editor.mts';

const LABELS = '[data-test-id="node-parameters"] [data-test-id="input-label"]';

/** Returns the labels of the open form, from top to bottom. */
export async function formOf({ page }: Editor): Promise<string[]> {
	const labels = await page.locator(`${LABELS}:visible`).allInnerTexts();
	return labels.map((label) => label.split('\n')[0].trim()).filter((label) => label !== '');
}

/** Returns texts of the open form that are cut off, and the panel itself if it scrolls horizontally. */
export async function unfit({ page }: Editor): Promise<string[]> {
	return await page.evaluate((labels) => {
		const tooWide = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth + 1;
		const panel = document.querySelector('[data-test-id="node-parameters"]')!;
		const cut = [...document.querySelectorAll(`${labels} label, ${labels} span`)]
			.filter((element) => getComputedStyle(element).overflow === 'hidden' && tooWide(element))
			.map(({ textContent }) => textContent ?? '');
		return tooWide(panel) ? ['the panel', ...cut] : cut;
	}, LABELS);
}
