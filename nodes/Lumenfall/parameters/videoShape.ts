import type { IExecuteFunctions } from 'n8n-workflow';
import type { VideoSettings } from '../request/videoRequest';
import { readOrDefault, readText } from './readField';
import { text, wordAmong } from './values';

/**
 * Reads ratio, resolution and size of a video, in the notation of the API. An invalid value is refused later, with the
 * request.
 */

type Shape = Pick<VideoSettings, 'aspectRatio' | 'resolution' | 'customSize'>;

/** Reads the shape from the form. A value that is left to the model is absent. */
export function readShape(execution: IExecuteFunctions, itemIndex: number): Shape {
	const read = (name: string, parameter: string, usual: string) =>
		text(parameter).parse(readOrDefault(execution, name, itemIndex, parameter, usual));

	const aspectRatio = toAspectRatio(read('aspectRatio', 'Aspect Ratio', '16:9'));
	if (aspectRatio === 'custom')
		return { customSize: readText(execution, 'customSize', itemIndex, 'Custom Size') };
	const resolution = toResolution(read('resolution', 'Resolution', 'modelDefault'));
	return {
		...(aspectRatio !== 'modelDefault' && { aspectRatio }),
		...(resolution !== 'modelDefault' && { resolution }),
	};
}

/** Two numbers of at most two digits. Spreadsheets convert them to a time, such as `16:09:00`. */
const RATIO = /^0?([1-9]\d?)\s*[:x×/]\s*0?([1-9]\d?)(?::00)?$/i;

/** Converts `16x9`, `16 : 9` and `16/9` to `16:9`. Returns any other text unchanged. */
function toAspectRatio(given: string): string {
	const [, wide, high] = RATIO.exec(given) ?? [];
	return wide
		? `${wide}:${high}`
		: (wordAmong(['modelDefault', 'sameAsImage', 'custom'], given) ?? given);
}

/** Converts `720P`, `720 p` and 720 to `720p`. Returns any other text unchanged. */
function toResolution(given: string): string {
	const [, lines] = /^(\d{3,4})\s*p?$/i.exec(given) ?? [];
	return lines ? `${lines}p` : (wordAmong(['modelDefault'], given) ?? given);
}
