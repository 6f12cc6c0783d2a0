import type { VideoSettings } from '../request/videoRequest';
import { isRecord } from '../support/isRecord';
import { plainText } from './cell';
import type { Form } from './form';
import { parseJsonText } from './jsonText';
import { SHAPES } from './localWords';
import { numberInText } from './numbers';
import { optionalText, textIn, wordAmong } from './values';

/**
 * Reads ratio, resolution and size of a video, in the notation of the API. An invalid value is refused later, with the
 * request.
 */

type Shape = Pick<VideoSettings, 'aspectRatio' | 'resolution' | 'customSize'>;

/** Reads the shape from the form. A value that is left to the model is absent. */
export function readShape(form: Form): Shape {
	const read = (name: string, label: string, usual: string) =>
		form.orDefault(name, label, optionalText(label), usual);

	const aspectRatio = toAspectRatio(read('aspectRatio', 'Aspect Ratio', '16:9'));
	if (aspectRatio === 'custom') return { customSize: readSize(form) };
	const resolution = toResolution(read('resolution', 'Resolution', 'modelDefault'));
	return {
		...(aspectRatio !== 'modelDefault' && { aspectRatio }),
		...(resolution !== 'modelDefault' && { resolution }),
	};
}

/** A ratio, also with words and sizes around it: `16:9 (landscape)`, `Reels 9:16`, `landscape_16_9`. Not a part of a date. */
const RATIO =
	/(?<![\d.:/-])0?([1-9]\d?)\s*(?:[:x×х*/÷∶⁄_–—-]|to|by|zu|sur|на|比)\s*0?([1-9]\d?)(?!\d|[.:/-]\d)/gi;
/** Spreadsheets convert a ratio to a time of day: `16:09:00`, `4:09 PM`. */
const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::00)?(?:\s*([ap])\.?m\.?)?$/i;

const MAX_RATIO = 100;

/** Converts `16x9`, `16 : 9`, `16/9` and `landscape` to `16:9`. Returns any other text unchanged. */
export function toAspectRatio(given: string): string {
	// Some of the expressions below would take long for a longer text.
	if (given.length > MAX_RATIO) return given;
	const plain = plainText(given);
	const [, hour, minute, half] = TIME_OF_DAY.exec(plain) ?? [];
	if (half) return `${(Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)}:${Number(minute)}`;
	const ratios = [...plain.replace(/^(\d+:\d+):00$/, '$1').matchAll(RATIO)];
	if (ratios.length === 1) {
		const [, wide, high] = ratios[0];
		const isContradicted = shapesIn(plain).some((shape) => !isLike(shape, wide, high));
		return isContradicted ? given : `${wide}:${high}`;
	}
	return ratioOfDay(plain) ?? shapeNamed(plain) ?? given;
}

/** Returns the shapes that a text names, as ratios. */
function shapesIn(text: string): string[] {
	const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
	return Object.keys(SHAPES).filter((ratio) => words.some((word) => SHAPES[ratio].includes(word)));
}

function isLike(shape: string, wide: string, high: string): boolean {
	const [width, height] = shape.split(':').map(Number);
	return Math.sign(width - height) === Math.sign(Number(wide) - Number(high));
}

/** Converts `Portrait`, `vertical video` and `Square format` to the ratio that the form has under this name. */
function shapeNamed(given: string): string | undefined {
	const name = given.replace(/[\s_-]+(?:format|mode|orientation|video)$/i, '').toLowerCase();
	const shape = Object.keys(SHAPES).find((ratio) => SHAPES[ratio].includes(name.replace(' ', '')));
	if (shape) return shape;
	if (wordAmong(['Custom Size'], given)) return 'custom';
	return wordAmong(['modelDefault', 'sameAsImage', 'custom'], given);
}

const RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', '9:21', '3:2', '2:3', '4:5', '5:4'];

/** Converts the number of such a time, a part of the day, which is what spreadsheets store: 0.6729 for `16:9`. */
function ratioOfDay(plain: string): string | undefined {
	const minutes = (numberInText(plain) ?? Number.NaN) * 1440;
	return RATIOS.find((ratio) => {
		const [wide, high] = ratio.split(':').map(Number);
		return Math.abs(wide * 60 + high - minutes) < 1e-3;
	});
}

const NAMED_RESOLUTIONS: Record<string, RegExp> = {
	'720p': /^hd$/i,
	'1080p': /^(?:full[\s-]?hd|fhd)$/i,
	'2160p': /^(?:4k(?:[\s-]?uhd)?|uhd(?:[\s-]?4k)?|ultra[\s-]?hd)$/i,
};

/** Converts `720P`, `HD (720p)` and 720 to `720p`. Returns any other text unchanged, such as one that also names a shape. */
function toResolution(given: string): string {
	const plain = plainText(given);
	const [, lines] =
		/^(?:(?:(?:full\s?)?hd|fhd|resolution)[\s:_(-]*)?(\d{3,4})(?:[.,]0+)?\s*(?:p|px)?(?:[\s.()-]\D*)?$/i.exec(
			plain,
		) ?? [];
	if (lines) return shapesIn(plain).length > 0 ? given : `${lines}p`;
	const named = Object.keys(NAMED_RESOLUTIONS).find((name) => NAMED_RESOLUTIONS[name].test(plain));
	return named ?? wordAmong(['modelDefault'], plain) ?? given;
}

/** Reads the size as text, as a list, or as an object with both sides, which n8n's node 'Edit Image' returns; also as JSON. */
function readSize(form: Form): string {
	const cell = form.cell('customSize');
	const sides = sidesIn(cell.value) ?? sidesIn(parseJsonText(cell.text ?? ''));
	return (
		sizeIn(sides ? plainText(sides.map(String).join('x')) : cell.plain) ??
		textIn(cell, 'Custom Size')
	);
}

function sidesIn(value: unknown): unknown[] | undefined {
	if (isRecord(value) && 'width' in value && 'height' in value) return [value.width, value.height];
	return Array.isArray(value) && value.length === 2 ? value : undefined;
}

/** Both sides, also behind a label and before a remark. A remark with a digit may be another size. */
const SIZE =
	/^(?:[\p{L} ]+:\s*)?(\d{2,5})\s*(?:px)?\s*(?:[x×х*:/,]|\bby\b)\s*(\d{2,5})\s*(?:px|pixels?)?(?:\s*\([^()\d]*\))?\.?$/iu;

/** Converts `1280 × 720 px` to `1280x720`. Undefined for any other text. */
function sizeIn(plain: string): string | undefined {
	// No size has a decimal, so a sign before three digits separates thousands.
	const digits = plain.replace(/(?<!\d)(\d{1,3})[.,'](?=\d{3}(?!\d))/g, '$1');
	const [, width, height] = SIZE.exec(digits) ?? [];
	return width && `${width}x${height}`;
}
