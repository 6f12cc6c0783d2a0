import type { VideoSettings } from '../request/videoRequest';
import type { Form } from './form';
import { plainDigits } from './localWords';
import { numberOf, text, withoutQuotes, wordAmong } from './values';

/**
 * Reads ratio, resolution and size of a video, in the notation of the API. An invalid value is refused later, with the
 * request.
 */

type Shape = Pick<VideoSettings, 'aspectRatio' | 'resolution' | 'customSize'>;

/** Reads the shape from the form. A value that is left to the model is absent. */
export function readShape(form: Form): Shape {
	const read = (name: string, label: string, usual: string) =>
		text(label).parse(form.valueOrDefault(name, label, usual));

	const aspectRatio = toAspectRatio(read('aspectRatio', 'Aspect Ratio', '16:9'));
	if (aspectRatio === 'custom')
		return { customSize: toSize(form.text('customSize', 'Custom Size')) };
	const resolution = toResolution(read('resolution', 'Resolution', 'modelDefault'));
	return {
		...(aspectRatio !== 'modelDefault' && { aspectRatio }),
		...(resolution !== 'modelDefault' && { resolution }),
	};
}

/** A ratio, also with words and sizes around it: `16:9 (landscape)`, `Reels 9:16`, `landscape_16_9`. Not a part of a date. */
const RATIO = /(?<![\d.:/-])0?([1-9]\d?)\s*(?:[:x×х*/÷∶⁄_-]|to|by)\s*0?([1-9]\d?)(?!\d|[.:/-]\d)/gi;
/** Spreadsheets convert a ratio to a time of day: `16:09:00`, `4:09 PM`. */
const TIME_OF_DAY = /^(\d{1,2}):(\d\d)(?::00)?(?:\s*([ap])\.?m\.?)?$/i;

/** Converts `16x9`, `16 : 9` and `16/9` to `16:9`. Returns any other text unchanged. */
function toAspectRatio(given: string): string {
	const plain = withoutQuotes(plainDigits(given));
	const [, hour, minute, half] = TIME_OF_DAY.exec(plain) ?? [];
	if (half) return `${(Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)}:${Number(minute)}`;
	const ratios = [...plain.replace(/^(\d+:\d+):00$/, '$1').matchAll(RATIO)];
	return ratios.length === 1
		? `${ratios[0][1]}:${ratios[0][2]}`
		: (ratioOfDay(plain) ?? wordAmong(['modelDefault', 'sameAsImage', 'custom'], plain) ?? given);
}

const RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', '9:21', '3:2', '2:3', '4:5', '5:4'];

/** Converts the number of such a time, a part of the day, which is what spreadsheets store: 0.6729 for `16:9`. */
function ratioOfDay(given: string): string | undefined {
	const minutes = (numberOf(given) ?? Number.NaN) * 1440;
	return RATIOS.find((ratio) => {
		const [wide, high] = ratio.split(':').map(Number);
		return Math.abs(wide * 60 + high - minutes) < 1e-3;
	});
}

/** Converts `720P`, `720 p` and 720 to `720p`. Returns any other text unchanged. */
function toResolution(given: string): string {
	const plain = withoutQuotes(plainDigits(given));
	const [, lines] = /^(\d{3,4})(?:\.0+)?\s*(?:p|px)?(?:[\s.(-]\D*)?$/i.exec(plain) ?? [];
	return lines ? `${lines}p` : (wordAmong(['modelDefault'], plain) ?? given);
}

/** Converts `1280 × 720 px` to `1280x720`. Returns any other text unchanged. */
function toSize(given: string): string {
	// No size has a decimal, so a sign before three digits separates thousands.
	const plain = withoutQuotes(plainDigits(given)).replace(/(\d)[.,'](?=\d{3}(?!\d))/g, '$1');
	const [, width, height] =
		/^(\d+)\s*(?:px)?\s*(?:[x×х*:/]|\bby\b)\s*(\d+)\s*(?:px|pixels?)?$/i.exec(plain) ?? [];
	return width ? `${width}x${height}` : given;
}
