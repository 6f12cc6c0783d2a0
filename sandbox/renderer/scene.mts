import { createHash } from 'node:crypto';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { findRoute, listModels } from '../models/models.mts';
import { drawCaption } from './caption.mts';
import { frameCount, FRAMES_PER_SECOND, type Layer, type RenderRequest } from './renderRequest.mts';
import { framePng } from './stills.mts';
import { coverFit, endOn, showReferences } from './imageLayers.mts';

/** Draws every still once. FFmpeg does all motion, so no JavaScript runs per frame. */
export async function composeScene(requested: RenderRequest): Promise<Layer[]> {
	const request = await startingFromSource(requested);
	const caption = drawCaption(request.width, request.height, {
		text: request.prompt,
		model: request.model,
		color: `hsl(${hueOf(request.model)}, 95%, 72%)`,
		note: `${request.seconds} s  ·  ${request.width}×${request.height}`,
	});
	// Nothing is drawn over an input image in the first half second, so the first frame is exactly that image.
	const appear = request.image ? 'fade=t=in:st=0.5:d=0.5:alpha=1' : 'null';
	const { references = [], lastImage } = request;
	return [
		...(await composeGround(request)),
		{ image: caption, motion: appear, x: '0', y: '0' },
		{ ...drawProgressBar(request), motion: appear },
		...(references.length > 0 ? [await showReferences(references, request, appear)] : []),
		...(lastImage ? [await endOn(lastImage, request)] : []),
	];
}

/** Returns the request with a frame of its source video as the first image. */
async function startingFromSource(request: RenderRequest): Promise<RenderRequest> {
	const { image, source } = request;
	if (image || !source) return request;
	return { ...request, image: await framePng(source.video, source.frame) };
}

async function composeGround(request: RenderRequest): Promise<Layer[]> {
	if (request.image) {
		const image = await coverFit(request, request.image);
		return [{ image, motion: slowZoom(request), x: '0', y: '0' }];
	}
	return [{ image: drawBackdrop(request), motion: pan(request), x: '0', y: '0' }, drawSun(request)];
}

// Two pixels per frame. Chroma is stored at half size, so odd steps would make the image jitter.
const PAN_STEP_PX = 2;

function pan({ width, height }: RenderRequest): string {
	return `crop=${width}:${height}:${PAN_STEP_PX}*n:0`;
}

function slowZoom({ width, height, seconds }: RenderRequest): string {
	const zoom = `1+0.12*on/${frameCount(seconds)}`;
	const centered = `x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'`;
	return `zoompan=z='${zoom}':${centered}:d=1:s=${width}x${height}:fps=${FRAMES_PER_SECOND}`;
}

function drawBackdrop({ width, height, seconds, model }: RenderRequest): Canvas {
	const canvas = createCanvas(width + PAN_STEP_PX * frameCount(seconds), height);
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

function drawSun({ width, height, seconds, model }: RenderRequest): Layer {
	const radius = Math.round(Math.min(width, height) * 0.12);
	const image = createCanvas(radius * 2, radius * 2);
	const context = image.getContext('2d');
	const glow = context.createRadialGradient(radius, radius, radius * 0.3, radius, radius, radius);
	glow.addColorStop(0, `hsla(${(hueOf(model) + 60) % 360}, 95%, 75%, 1)`);
	glow.addColorStop(1, `hsla(${(hueOf(model) + 60) % 360}, 95%, 75%, 0)`);
	context.fillStyle = glow;
	context.fillRect(0, 0, radius * 2, radius * 2);
	return {
		image,
		motion: 'null',
		x: `(W-w)*n/${frameCount(seconds)}`,
		y: `H*0.45-h/2-H*0.25*sin(PI*n/${frameCount(seconds)})`,
	};
}

function drawProgressBar({ width, height, seconds }: RenderRequest): Layer {
	const image = createCanvas(width, Math.max(2, Math.round(height * 0.008)));
	const context = image.getContext('2d');
	context.fillStyle = 'rgba(255, 255, 255, 0.85)';
	context.fillRect(0, 0, image.width, image.height);
	return { image, motion: 'null', x: `-W+W*(n+1)/${frameCount(seconds)}`, y: 'H-h' };
}

// Successive steps of the golden angle are far apart, so the colors of the models differ clearly.
const GOLDEN_ANGLE = 137.508;

/** Returns the color of a model. It is the same in all its videos and for all its names. */
function hueOf(slug: string): number {
	const index = listModels().findIndex(({ id }) => id === findRoute(slug)?.id);
	if (index >= 0) return Math.round(index * GOLDEN_ANGLE) % 360;
	return createHash('sha256').update(slug).digest().readUInt16BE() % 360;
}
