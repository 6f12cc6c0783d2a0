import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { font } from './fonts.mts';

const LARGEST_PX = 0.1;
const SMALLEST_PX = 0.035;

interface Caption {
	text: string;
	model: string;
	/** Color of the model's name. */
	color: string;
	note: string;
}

/** Draws the wrapped text, with the model's name and a small line below it, on a transparent canvas. */
export function drawCaption(
	width: number,
	height: number,
	{ text, model, color, note }: Caption,
): Canvas {
	const canvas = createCanvas(width, height);
	const context = canvas.getContext('2d');
	const shortSide = Math.min(width, height);
	const margin = shortSide * 0.08;
	const { lines, sizePx } = fit(context, text, {
		width: width - 2 * margin,
		height: height * 0.55,
		shortSide,
	});

	context.fillStyle = 'white';
	context.shadowColor = 'rgba(0, 0, 0, 0.75)';
	context.shadowBlur = sizePx * 0.35;
	context.font = font(700, sizePx);
	lines.forEach((line, index) => {
		context.fillText(line, margin, margin + sizePx * (1 + index * 1.25));
	});

	const noteSize = shortSide * 0.035;
	context.font = font(400, noteSize);
	context.fillText(note, margin, height - margin);

	context.fillStyle = color;
	const nameSize = shortSide * 0.09;
	context.font = font(700, nameSize);
	context.fillText(model, margin, height - margin - noteSize * 1.6, width - 2 * margin);
	return canvas;
}

interface Room {
	width: number;
	height: number;
	shortSide: number;
}

function fit(context: SKRSContext2D, text: string, room: Room) {
	let sizePx = room.shortSide * LARGEST_PX;
	let lines = wrap(context, text, sizePx, room.width);
	while (lines.length * sizePx * 1.25 > room.height && sizePx > room.shortSide * SMALLEST_PX) {
		sizePx *= 0.9;
		lines = wrap(context, text, sizePx, room.width);
	}

	const lineCount = Math.floor(room.height / (sizePx * 1.25));
	if (lines.length > lineCount) lines = [...lines.slice(0, lineCount - 1), '…'];
	return { lines, sizePx };
}

function wrap(context: SKRSContext2D, text: string, sizePx: number, width: number): string[] {
	context.font = font(700, sizePx);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/).flatMap((long) => long.match(/.{1,24}/gu) ?? [])) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && context.measureText(longer).width > width) {
			lines.push(line);
			line = word;
		} else {
			line = longer;
		}
	}
	return line === '' ? lines : [...lines, line];
}
