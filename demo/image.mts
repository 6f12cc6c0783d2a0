import { createCanvas } from '@napi-rs/canvas';

const WIDTH = 1280;
const HEIGHT = 720;

/** Draws the input image of the second demo video, a paper boat on evening water, as PNG. */
export function drawPaperBoat(): Buffer {
	const canvas = createCanvas(WIDTH, HEIGHT);
	const context = canvas.getContext('2d');

	const fill = (color: string, ...points: Array<[number, number]>) => {
		context.fillStyle = color;
		context.beginPath();
		points.forEach(([x, y]) => context.lineTo(x, y));
		context.closePath();
		context.fill();
	};

	const sky = context.createLinearGradient(0, 0, 0, 430);
	sky.addColorStop(0, '#27336b');
	sky.addColorStop(1, '#f6a56b');
	context.fillStyle = sky;
	context.fillRect(0, 0, WIDTH, 430);

	const water = context.createLinearGradient(0, 430, 0, HEIGHT);
	water.addColorStop(0, '#8a6f86');
	water.addColorStop(1, '#1b2550');
	context.fillStyle = water;
	context.fillRect(0, 430, WIDTH, HEIGHT - 430);

	context.fillStyle = '#ffe3ad';
	context.beginPath();
	context.arc(980, 430, 70, Math.PI, 0);
	context.fill();

	context.strokeStyle = 'rgba(255, 227, 173, 0.35)';
	context.lineWidth = 4;
	for (let y = 450; y < HEIGHT; y += 26) {
		context.beginPath();
		context.moveTo(980 - (y - 380), y);
		context.lineTo(980 + (y - 380), y);
		context.stroke();
	}

	fill('#f4f1ea', [520, 300], [620, 470], [420, 470]);
	fill('#d9d2c4', [520, 300], [620, 470], [520, 470]);
	fill('#fffdf7', [330, 460], [710, 460], [630, 560], [410, 560]);
	fill('#e2dccf', [520, 460], [710, 460], [630, 560], [520, 560]);
	return canvas.toBuffer('image/png');
}
