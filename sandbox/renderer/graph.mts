import { FilterComplexAPI } from 'node-av/api';
import { AV_PIX_FMT_RGBA } from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { FRAMES_PER_SECOND, type Layer } from './renderRequest.mts';

/** Creates the filter graph that repeats and moves each still, and overlays all of them into `[film]`. */
export function openGraph(layers: Layer[], frames: number): FilterComplexAPI {
	return FilterComplexAPI.create(describe(layers, frames), {
		inputs: layers.map((_, index) => ({ label: `still${index}` })),
		outputs: [{ label: 'film' }],
		framerate: { num: FRAMES_PER_SECOND, den: 1 },
	});
}

/** Plays the layers and yields every finished frame. The caller must free each frame. */
export async function* filmFrames(graph: FilterComplexAPI, layers: Layer[]): AsyncGenerator<Frame> {
	const stills = layers.map(({ image }, index) => [`still${index}`, oneFrame(image)] as const);
	for await (const frame of graph.frames('film', Object.fromEntries(stills))) {
		if (frame) yield frame;
	}
}

function describe(layers: Layer[], frames: number): string {
	const moving = layers.map(({ motion, startFrame = 0 }, index) => {
		// Converted before the loop: one conversion per still instead of one per frame.
		const format = index === 0 ? 'yuv420p' : 'yuva420p';
		return `[still${index}]scale=out_color_matrix=bt709:out_range=tv,format=${format},loop=${frames - 1 - startFrame}:1,setpts=N+${startFrame},${motion}[layer${index}]`;
	});
	const stacked = layers.slice(1).map(({ x, y }, index) => {
		const below = index === 0 ? '[layer0]' : `[stack${index}]`;
		return `${below}[layer${index + 1}]overlay=x='${x}':y='${y}':format=yuv420:shortest=1[stack${index + 1}]`;
	});
	return [...moving, ...stacked, `[stack${layers.length - 1}]format=yuv420p[film]`].join(';');
}

async function* oneFrame(image: Layer['image']): AsyncGenerator<Frame | null> {
	// Image data has straight alpha, as the overlay filter expects. `image.data()` is premultiplied.
	const pixels = image.getContext('2d').getImageData(0, 0, image.width, image.height);
	yield Frame.fromVideoBuffer(Buffer.from(pixels.data.buffer), {
		width: image.width,
		height: image.height,
		format: AV_PIX_FMT_RGBA,
		pts: 0n,
		timeBase: { num: 1, den: FRAMES_PER_SECOND },
	});
	yield null;
}
