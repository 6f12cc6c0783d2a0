import { crc32, deflateSync } from 'node:zlib';
import { QUARTERS } from './images.mts';

/** Images in formats that programs for print and pixel art write: 16 by 16 pixels, four quarters of plain color. */

const SIDE = 16;
/** The passes of Adam7: the first pixel, and the steps from there. */
const PASSES = [
	...[
		[0, 0, 8, 8],
		[4, 0, 8, 8],
		[0, 4, 4, 8],
		[2, 0, 4, 4],
		[0, 2, 2, 4],
	],
	...[
		[1, 0, 2, 2],
		[0, 1, 1, 2],
	],
];

const quarterAt = (x: number, y: number) => (x < SIDE / 2 ? 0 : 1) + (y < SIDE / 2 ? 0 : 2);
const bytesOf = (color: string) => [...Buffer.from(color.slice(1), 'hex')];

function pngOf(colorType: number, depth: number, pixelOf: (quarter: number) => number[]) {
	return (isInterlaced: boolean): Buffer => {
		const passes = isInterlaced ? PASSES : [[0, 0, 1, 1]];
		const rows = passes.flatMap(([left, top, stepX, stepY]) => {
			const lines: number[][] = [];
			for (let y = top; y < SIDE; y += stepY) {
				const line = [0];
				for (let x = left; x < SIDE; x += stepX) line.push(...pixelOf(quarterAt(x, y)));
				lines.push(line);
			}
			return lines;
		});
		const header = Buffer.from([0, 0, 0, SIDE, 0, 0, 0, SIDE, depth, colorType, 0, 0, 0]);
		header[12] = isInterlaced ? 1 : 0;
		return Buffer.concat([
			Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
			chunk('IHDR', header),
			...(colorType === 3 ? [chunk('PLTE', Buffer.from(QUARTERS.flatMap(bytesOf)))] : []),
			chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
			chunk('IEND', Buffer.alloc(0)),
		]);
	};
}

function chunk(name: string, payload: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name), payload]);
	const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	size.writeUInt32BE(payload.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([size, body, sum]);
}

const ofPalette = pngOf(3, 8, (quarter) => [quarter]);
const of16Bit = pngOf(2, 16, (quarter) => bytesOf(QUARTERS[quarter]).flatMap((one) => [one, one]));
const plain = pngOf(2, 8, (quarter) => bytesOf(QUARTERS[quarter]));

export const IMAGE_VARIANTS: Record<string, Buffer> = {
	'a PNG with a palette': ofPalette(false),
	'a PNG of 16 bits': of16Bit(false),
	'an interlaced PNG': plain(true),
	'an interlaced PNG of 16 bits': of16Bit(true),
	// Written block by block: no library here writes four inks.
	'a CMYK JPEG': Buffer.from(
		'/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICA' +
			'gICAgICAgICAgICAgICAgICAgI/8AAFAgAEAAQBAERAAIRAAMRAAQRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgME' +
			'BQYHCAkKC//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAgADAAQAAD8A9QePvH3v75PfSDoAHh76QD7AfQD5PD' +
			'//2Q==',
		'base64',
	),
};
