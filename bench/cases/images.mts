import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import type { fitImage } from '../../nodes/Lumenfall/media/image/fitImage';
import type { readImageMetadata } from '../../nodes/Lumenfall/media/image/imageMetadata';
import { ROOT } from '../files.mts';
import { runInChild } from '../measure/child.mts';
import { inMegabytes, section, tableOf } from '../report.mts';
import type { Case } from './case.mts';

const photo = { width: 4000, height: 3000 };
const video = { width: 1280, height: 720 };
const REPEATS = 5;

interface Measured {
	fileBytes: number;
	/** Duration per image, in milliseconds. The first includes compiling the codec. */
	times: number[];
	/** Processor time per image, in milliseconds: on a busy machine it is less than the duration. */
	processorTimes: number[];
	baselineBytes: number;
	peakBytes: number;
}

export const imagesCase: Case = {
	name: 'images',
	async run() {
		const folder = await mkdtemp(join(tmpdir(), 'lumenfall-bench-'));
		const rows: string[][] = [];
		for (const [type, bytes] of Object.entries(encodings(drawPhoto()))) {
			const path = join(folder, type);
			await writeFile(path, bytes);
			rows.push(rowOf(type, await runInChild<Measured>(import.meta.url, path)));
		}
		await rm(folder, { recursive: true });
		return section(
			"A 12-megapixel photo for 'Image Fit'",
			`Our node only, real time, a new process for each row. A photo of ${photo.width} x ${photo.height} is cropped to ${video.width} x ${video.height}, ${REPEATS} times. n8n is blocked during that time. The duration is longer on a busy machine; the processor time is not. Target: about a second.`,
			tableOf(
				[
					'photo',
					'file',
					'first time',
					'after that, median',
					'processor time',
					'memory before',
					'at the peak',
				],
				rows,
			),
		);
	},
};

export default async function measure(path: string): Promise<Measured> {
	const load = createRequire(join(ROOT, 'dist/nodes/Lumenfall/media/image/'));
	const { fitImage: fit } = load('./fitImage.js') as { fitImage: typeof fitImage };
	const { readImageMetadata: read } = load('./imageMetadata.js') as {
		readImageMetadata: typeof readImageMetadata;
	};
	const file = await readFile(path);
	globalThis.gc?.();
	const baselineBytes = process.memoryUsage().rss;

	const times: number[] = [];
	const processorTimes: number[] = [];
	for (let count = 0; count < REPEATS; count++) {
		const [start, cpu] = [performance.now(), process.cpuUsage()];
		await fit(file, read(file)!, video, 'crop');
		times.push(performance.now() - start);
		const { user, system } = process.cpuUsage(cpu);
		processorTimes.push((user + system) / 1000);
	}
	// Timers do not fire while an image is processed, so the peak comes from the operating system.
	const peakBytes = process.resourceUsage().maxRSS * 1024;
	return { fileBytes: file.length, times, processorTimes, baselineBytes, peakBytes };
}

function rowOf(type: string, measured: Measured): string[] {
	const { fileBytes, times, processorTimes, baselineBytes, peakBytes } = measured;
	return [
		type,
		inMegabytes(fileBytes),
		...[times[0], median(times), median(processorTimes)].map(
			(time) => `${(time / 1000).toFixed(2)} s`,
		),
		...[baselineBytes, peakBytes].map(inMegabytes),
	];
}

/** Median of all values but the first, which includes compiling the codec. */
function median([, ...times]: number[]): number {
	return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Draws an image that is as hard to encode as a photo: shapes of all sizes with some noise, the same in every run. */
function drawPhoto(): Canvas {
	const { width, height } = photo;
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	let seed = 1;
	const random = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
	context.fillStyle = '#e09040';
	context.fillRect(0, 0, width, height);
	for (let count = 0; count < 6000; count++) {
		context.fillStyle = `hsla(${random() * 360}, 60%, ${random() * 90}%, 0.4)`;
		context.beginPath();
		context.arc(random() * width, random() * height, random() * 80 + 2, 0, 7);
		context.fill();
	}
	const pixels = context.getImageData(0, 0, width, height);
	for (let at = 0; at < pixels.data.length; at++) {
		if (at % 4 < 3) pixels.data[at] += (random() - 0.5) * 16;
	}
	context.putImageData(pixels, 0, 0);
	return canvas;
}

function encodings(canvas: Canvas): Record<string, Buffer> {
	return {
		JPEG: canvas.toBuffer('image/jpeg', 90),
		PNG: canvas.toBuffer('image/png'),
		WebP: canvas.toBuffer('image/webp', 85),
	};
}
