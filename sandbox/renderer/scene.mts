import { createHash } from 'node:crypto';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { findRoute, listModels } from '../models.mts';
import { drawCaption } from './caption.mts';
import { frameCount, framesPerSecond, type Layer, type VideoOrder } from './film.mts';
import { coverFit, endOn, showReferences } from './pictures.mts';

/** Draws every still once; all motion is left to FFmpeg, which needs no JavaScript per frame. */
export async function composeScene(order: VideoOrder): Promise<Layer[]> {
	const caption = drawCaption(order.width, order.height, {
		text: order.prompt,
		model: order.model,
		colour: `hsl(${hueOf(order.model)}, 95%, 72%)`,
		note: `${order.seconds} s  ·  ${order.width}×${order.height}`,
	});
	// The first half second stays free of what is drawn over a given picture: the first frame is that picture.
	const appear = order.image ? 'fade=t=in:st=0.5:d=0.5:alpha=1' : 'null';
	const { references = [], lastImage } = order;
	return [
		...(await composeGround(order)),
		{ picture: caption, motion: appear, x: '0', y: '0' },
		{ ...drawProgressBar(order), motion: appear },
		...(references.length > 0 ? [await showReferences(references, order, appear)] : []),
		...(lastImage ? [await endOn(lastImage, order)] : []),
	];
}

async function composeGround(order: VideoOrder): Promise<Layer[]> {
	if (order.image) {
		const picture = await coverFit(order, order.image);
		return [{ picture, motion: slowZoom(order), x: '0', y: '0' }];
	}
	return [{ picture: drawBackdrop(order), motion: pan(order), x: '0', y: '0' }, drawSun(order)];
}

// Two pixels per frame: chroma is stored at half size, so odd steps would make the picture jitter.
const panStepPx = 2;

function pan({ width, height }: VideoOrder): string {
	return `crop=${width}:${height}:${panStepPx}*n:0`;
}

function slowZoom({ width, height, seconds }: VideoOrder): string {
	const zoom = `1+0.12*on/${frameCount(seconds)}`;
	const centred = `x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'`;
	return `zoompan=z='${zoom}':${centred}:d=1:s=${width}x${height}:fps=${framesPerSecond}`;
}

function drawBackdrop({ width, height, seconds, model }: VideoOrder): Canvas {
	const canvas = createCanvas(width + panStepPx * frameCount(seconds), height);
	const context = canvas.getContext('2d');
	const hue = hueOf(model);

	const sky = context.createLinearGradient(0, 0, 0, height);
	sky.addColorStop(0, `hsl(${hue}, 70%, 22%)`);
	sky.addColorStop(1, `hsl(${(hue + 40) % 360}, 75%, 52%)`);
	context.fillStyle = sky;
	context.fillRect(0, 0, canvas.width, height);

	for (const [row, share] of [0.62, 0.75, 0.88].entries()) {
		context.fillStyle = `hsla(${hue}, 60%, ${26 - row * 8}%, 0.8)`;
		const hill = height * (0.5 - row * 0.12);
		for (let x = -hill; x < canvas.width + hill; x += hill * 1.4) {
			context.beginPath();
			context.ellipse(x + row * hill * 0.5, height * (share + 0.2), hill, hill * 0.6, 0, 0, 7);
			context.fill();
		}
	}
	return canvas;
}

function drawSun({ width, height, seconds, model }: VideoOrder): Layer {
	const radius = Math.round(Math.min(width, height) * 0.12);
	const picture = createCanvas(radius * 2, radius * 2);
	const context = picture.getContext('2d');
	const glow = context.createRadialGradient(radius, radius, radius * 0.3, radius, radius, radius);
	glow.addColorStop(0, `hsla(${(hueOf(model) + 60) % 360}, 95%, 75%, 1)`);
	glow.addColorStop(1, `hsla(${(hueOf(model) + 60) % 360}, 95%, 75%, 0)`);
	context.fillStyle = glow;
	context.fillRect(0, 0, radius * 2, radius * 2);
	return {
		picture,
		motion: 'null',
		x: `(W-w)*n/${frameCount(seconds)}`,
		y: `H*0.45-h/2-H*0.25*sin(PI*n/${frameCount(seconds)})`,
	};
}

function drawProgressBar({ width, height, seconds }: VideoOrder): Layer {
	const picture = createCanvas(width, Math.max(2, Math.round(height * 0.008)));
	const context = picture.getContext('2d');
	context.fillStyle = 'rgba(255, 255, 255, 0.85)';
	context.fillRect(0, 0, picture.width, picture.height);
	return { picture, motion: 'null', x: `-W+W*(n+1)/${frameCount(seconds)}`, y: 'H-h' };
}

// Each step of the golden angle lands far from all before it, so no two models of the catalogue look alike.
const goldenAngle = 137.508;

/** The colour of a model: the same in all its videos, under all its names. */
export function hueOf(slug: string): number {
	const index = listModels().findIndex(({ id }) => id === findRoute(slug)?.id);
	if (index >= 0) return Math.round(index * goldenAngle) % 360;
	return createHash('sha256').update(slug).digest().readUInt16BE() % 360;
}
