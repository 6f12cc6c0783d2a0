import type { Model } from './models.mts';

export interface FrameSize {
	width: number;
	height: number;
}

interface RequestedShape {
	size?: string;
	aspectRatio?: string;
	resolution?: string;
	/** The input image. It determines the shape if the request does not. */
	image?: FrameSize;
}

/**
 * Returns the pixel size that a gateway delivers for a request. `size` overrides the other two. Unsupported values are
 * replaced by the nearest supported shape and resolution.
 */
export function chooseFrameSize(model: Model, requested: RequestedShape): FrameSize {
	const exact = parsePixels(requested.size);
	const ratio = exact
		? exact.width / exact.height
		: (parseRatio(requested.size) ?? parseRatio(requested.aspectRatio) ?? ratioOf(requested.image));
	const shortSide = exact ? Math.min(exact.width, exact.height) : parseTier(requested.resolution);

	const shape = nearest(
		model.ratios.map((text) => parseRatio(text)!),
		ratio ?? 16 / 9,
	);
	const tier = nearest(model.tiers, shortSide ?? 720);
	return shape >= 1
		? { width: even(tier * shape), height: tier }
		: { width: tier, height: even(tier / shape) };
}

/** Parses `1280x720`. */
export function parsePixels(text: string | undefined): FrameSize | undefined {
	const match = /^(\d+)x(\d+)$/.exec(text ?? '');
	return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Returns the pixel size on a server that accepts every size: the exact size, as far as the encoder supports it. */
export function freeFrameSize(model: Model, requested: RequestedShape): FrameSize {
	const exact = parsePixels(requested.size);
	return exact
		? { width: even(exact.width), height: even(exact.height) }
		: chooseFrameSize(model, requested);
}

function parseRatio(text: string | undefined): number | undefined {
	const match = /^(\d+):(\d+)$/.exec(text ?? '');
	return match ? Number(match[1]) / Number(match[2]) : undefined;
}

function ratioOf(image: FrameSize | undefined): number | undefined {
	return image && image.width / image.height;
}

// On sora-2, `1K` means 720p. So a K tier is 720 lines here.
function parseTier(text: string | undefined): number | undefined {
	const [, amount, unit] = /^([\d.]+)(p|K)$/i.exec(text ?? '') ?? [];
	if (amount === undefined) return undefined;
	return unit.toLowerCase() === 'k' ? Number(amount) * 720 : Number(amount);
}

function nearest(supported: number[], wanted: number): number {
	const distance = (value: number) => Math.abs(Math.log(value / wanted));
	return supported.reduce((best, value) => (distance(value) < distance(best) ? value : best));
}

// The encoder stores color for every second pixel, so both sides must be even.
function even(pixels: number): number {
	return Math.round(pixels / 2) * 2;
}
