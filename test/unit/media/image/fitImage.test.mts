import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { fitImage, type Fit } from '../../../../nodes/Lumenfall/media/image/fitImage';
import { readImageMetadata } from '../../../../nodes/Lumenfall/media/image/imageMetadata';
import {
	encoded,
	ORIENTATIONS,
	IMAGE_TYPES,
	quarters,
	QUARTERS,
	storedAs,
} from '../../../support/images.mts';
import { IMAGE_VARIANTS } from '../../../support/imageVariants.mts';

async function fitted(file: Buffer, width: number, height: number, fit: Fit) {
	return await fitImage(file, readImageMetadata(file)!, { width, height }, fit);
}

/** The color at a position, decoded by an independent library. The position is relative to width and height. */
async function colorAt(file: Buffer, x: number, y: number): Promise<number[]> {
	const image = await loadImage(file);
	const canvas = createCanvas(image.width, image.height);
	canvas.getContext('2d').drawImage(image, 0, 0);
	const at = [Math.floor(x * image.width), Math.floor(y * image.height)] as const;
	return [...canvas.getContext('2d').getImageData(...at, 1, 1).data];
}

function near(color: number[], wanted: number[]): boolean {
	return color.every((value, index) => Math.abs(value - wanted[index]) <= 24);
}

const rgbaOf = (hex: string) => [...Buffer.from(hex.slice(1), 'hex'), 255];

describe.each(IMAGE_TYPES)('a %s', (type) => {
	const fits: Fit[] = ['crop', 'pad'];
	test.each(ORIENTATIONS.flatMap((orientation) => fits.map((fit) => [orientation, fit] as const)))(
		'of orientation %i fitted by %s has exactly the size, upright',
		async (orientation, fit) => {
			const file = storedAs(quarters(150, 100), orientation, type);
			// The library applies the orientation of JPEGs, so it shows whether the file is correct.
			if (type === 'image/jpeg')
				expect(near(await colorAt(file, 0.25, 0.25), rgbaOf(QUARTERS[0]))).toBe(true);
			const made = await fitted(file, 128, 72, fit);
			expect(readImageMetadata(made.bytes)).toEqual({
				type: type === 'image/jpeg' ? type : 'image/png',
				width: 128,
				height: 72,
				orientation: 1,
			});
			expect(made.type).toBe(readImageMetadata(made.bytes)?.type);

			for (const [index, color] of QUARTERS.entries()) {
				const place = [0.25 + 0.5 * (index % 2), 0.25 + 0.5 * Math.floor(index / 2)] as const;
				const seen = await colorAt(made.bytes, ...place);
				expect([color, seen, near(seen, rgbaOf(color))]).toEqual([color, seen, true]);
			}
			const edge = await colorAt(made.bytes, 0.02, 0.1);
			const wanted = fit === 'pad' ? [0, 0, 0, 255] : rgbaOf(QUARTERS[0]);
			expect([edge, near(edge, wanted)]).toEqual([edge, true]);
		},
	);

	test('that already has the size is returned unchanged', async () => {
		const file = encoded(quarters(128, 72), type);
		expect((await fitted(file, 128, 72, 'crop')).bytes).toBe(file);
	});

	test('that is cut off in the middle causes an error, not a crash', async () => {
		const file = encoded(quarters(150, 100), type);
		const facts = readImageMetadata(file)!;
		const half = file.subarray(0, Math.min(200, file.length / 2));
		await expect(fitImage(half, facts, { width: 64, height: 64 }, 'crop')).rejects.toThrow();
		// The next image is processed normally.
		expect((await fitted(file, 64, 64, 'crop')).bytes.length).toBeGreaterThan(0);
	});
});

test.each(Object.entries(IMAGE_VARIANTS))('%s keeps its colors', async (_, file) => {
	const { bytes } = await fitted(file, 40, 24, 'crop');
	for (const [index, color] of QUARTERS.entries()) {
		const place = [0.25 + 0.5 * (index % 2), 0.25 + 0.5 * Math.floor(index / 2)] as const;
		const seen = await colorAt(bytes, ...place);
		expect([color, seen, near(seen, rgbaOf(color))]).toEqual([color, seen, true]);
	}
});

test('any image can get exactly any size', async () => {
	const side = fc.integer({ min: 1, max: 120 });
	await fc.assert(
		fc.asyncProperty(
			fc.tuple(side, side),
			fc.tuple(side, side),
			fc.constantFrom<Fit>('crop', 'pad'),
			fc.constantFrom(...IMAGE_TYPES),
			fc.constantFrom(...ORIENTATIONS),
			async ([width, height], [wide, high], fit, type, orientation) => {
				const file = storedAs(quarters(width, height), orientation, type);
				const { bytes } = await fitted(file, wide, high, fit);
				expect(await loadImage(bytes)).toMatchObject({ width: wide, height: high });
			},
		),
		{ numRuns: 100 },
	);
});

test('the center of the image stays in the center, whatever is cropped', async () => {
	const canvas = createCanvas(300, 100);
	const context = canvas.getContext('2d');
	context.fillStyle = '#ffffff';
	context.fillRect(0, 0, 300, 100);
	context.fillStyle = '#d02020';
	context.fillRect(140, 40, 20, 20);
	const { bytes } = await fitted(encoded(canvas, 'image/png'), 100, 100, 'crop');
	expect(near(await colorAt(bytes, 0.5, 0.5), rgbaOf('#d02020'))).toBe(true);
	expect(near(await colorAt(bytes, 0.35, 0.5), rgbaOf('#ffffff'))).toBe(true);
	expect(near(await colorAt(bytes, 0.65, 0.5), rgbaOf('#ffffff'))).toBe(true);
});

test('an image with transparent parts keeps them', async () => {
	const canvas = createCanvas(90, 90);
	canvas.getContext('2d').fillRect(0, 0, 45, 90);
	const { bytes } = await fitted(encoded(canvas, 'image/png'), 40, 40, 'crop');
	expect((await colorAt(bytes, 0.9, 0.5))[3]).toBe(0);
	expect((await colorAt(bytes, 0.1, 0.5))[3]).toBe(255);
});
