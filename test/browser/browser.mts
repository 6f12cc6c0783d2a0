/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from './findChromium.mts';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** A page in a browser, and a record of its problems. */
interface OpenPage {
	page: Page;
	/** Console output, errors, and requests to any server. */
	complaints: string[];
}

interface Screen {
	width: number;
	height?: number;
	colorScheme?: 'light' | 'dark';
	/** Image pixels per page pixel. */
	scale?: number;
}

/** Playwright gives each browser a new, empty profile. */
export async function openBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

export async function openFile(
	browser: Browser,
	path: string,
	{ width, height = 900, colorScheme = 'light', scale }: Screen,
): Promise<OpenPage> {
	const page = await browser.newPage({
		viewport: { width, height },
		colorScheme,
		deviceScaleFactor: scale,
	});
	const complaints: string[] = [];
	page.on('console', (message) => complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
	page.on('request', (request) => {
		if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
	});
	await page.goto(`file://${path}`);
	return { page, complaints };
}

/** Returns how far the page can be scrolled horizontally, in pixels. */
export async function overflow(page: Page): Promise<number> {
	return await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Returns texts whose contrast with the background is below 4.5, WCAG's minimum for text of this size. */
export async function faintTexts(page: Page): Promise<string[]> {
	return await page.evaluate(() => {
		const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
		const luminance = (color: string) => {
			const [red, green, blue] = channels(color).map((channel) => {
				const share = channel / 255;
				return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const groundOf = (element: Element): string => {
			const { backgroundColor } = getComputedStyle(element);
			const isClear = channels(backgroundColor)[3] === 0;
			return isClear && element.parentElement ? groundOf(element.parentElement) : backgroundColor;
		};
		const hasText = (element: Element) =>
			[...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
		return [...document.body.querySelectorAll('*')].filter(hasText).flatMap((element) => {
			const lights = [getComputedStyle(element).color, groundOf(element)].map(luminance);
			const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
			return contrast < 4.5 ? `${element.textContent?.trim()}: ${contrast.toFixed(1)}` : [];
		});
	});
}

interface Player {
	width: number;
	height: number;
	seconds: number;
}

/** Returns the metadata of each video, once the browser has read it. */
export async function players(page: Page): Promise<Player[]> {
	await page.waitForFunction(() =>
		[...document.querySelectorAll('video')].every(({ readyState }) => readyState >= 1),
	);
	return await page.evaluate(() =>
		[...document.querySelectorAll('video')].map((video) => ({
			width: video.videoWidth,
			height: video.videoHeight,
			seconds: video.duration,
		})),
	);
}

/** Returns an image of the page, or of its top, with a frame from the middle of each video. */
export async function screenshotOf(page: Page, maxHeight = Infinity): Promise<Buffer> {
	// Chromium does not paint videos below the window.
	const { scrollHeight } = await page.evaluate(() => ({
		scrollHeight: document.documentElement.scrollHeight,
	}));
	const { width } = page.viewportSize()!;
	await page.setViewportSize({ width, height: scrollHeight });
	await page.evaluate(async () => {
		for (const video of document.querySelectorAll('video')) {
			const painted = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
			video.currentTime = video.duration / 2;
			await painted;
		}
	});
	// The loading indicator of the controls disappears with a delay.
	await page.waitForTimeout(1_000);
	const height = Math.min(scrollHeight, maxHeight);
	return await page.screenshot({ clip: { x: 0, y: 0, width, height } });
}
