import { probeVideo } from '../fixtures.mts';
import type { Platform } from './platforms.mts';

/** Checks that the file is a video that the platform accepts. */
export async function expectTaken(file: Buffer, platform: Platform) {
	const { codec, width, height, seconds } = await probeVideo(file);
	expect(codec).toBe('h264');
	const { maxBytes = Infinity, minSeconds = 0, maxSeconds = Infinity, shapes } = platform;
	expect(file.length).toBeLessThanOrEqual(maxBytes);
	expect(seconds).toBeGreaterThanOrEqual(minSeconds);
	expect(seconds).toBeLessThanOrEqual(maxSeconds);
	const fits = shapes?.some((shape) => Math.abs(width / height / shape - 1) < 0.01) ?? true;
	expect({ width, height, fits }).toEqual({ width, height, fits: true });
	if (platform.indexFirst) expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
}
