/** Checks that all clips can be joined, and describes what differs. */
import type { Clip } from '../clip';
import type { Display } from '../box/movieBoxes';
import { joinErrors } from '../joinErrors';
import type { Color, VideoFormat } from '../format/videoFormat';

interface Trait {
	what: string;
	describe: (format: VideoFormat) => string;
	/** Set if two different descriptions can still match. */
	isSame?: (one: VideoFormat, other: VideoFormat) => boolean;
}

const TRAITS: Trait[] = [
	{ what: 'the codec', describe: ({ codec }) => codec },
	{ what: 'the size', describe: ({ width, height }) => `${width}x${height}` },
	{ what: 'the pixel format', describe: ({ pixels }) => pixels },
	{
		what: 'the pixel aspect ratio',
		describe: ({ pixelAspect: [width, height] }) => `${width}:${height}`,
		isSame: ({ pixelAspect: [a, b] }, { pixelAspect: [c, d] }) => a * d === b * c,
	},
	{
		what: 'the visible area',
		describe: ({ cleanAperture }) => describeAperture(cleanAperture),
		isSame: (one, other) => one.cleanAperture.equals(other.cleanAperture),
	},
	{
		what: 'the colors',
		describe: ({ color }) => describeColor(color),
		isSame: (one, other) => isSameColor(one.color, other.color),
	},
	{
		what: 'NAL units with lengths of',
		describe: ({ lengthBytes }) => `${lengthBytes} bytes`,
	},
];

/**
 * Requires that the video of all clips has the same format and rotation.
 * @throws JoinError for the first clip that does not match clip 1
 */
export function checkVideo(clips: Clip[]): void {
	const [first] = clips;
	const [reference] = first.video.formats;
	for (const clip of clips) {
		for (const format of clip.video.formats) {
			for (const { what, describe, isSame } of TRAITS) {
				if (isSame ? isSame(format, reference) : describe(format) === describe(reference)) continue;
				const [value, firstValue] = [describe(format), describe(reference)];
				throw joinErrors.different(clip.name, what, value, first.name, firstValue);
			}
		}
		const [turned, firstTurned] = [clip, first].map(({ video }) => describeMatrix(video.matrix));
		if (turned !== firstTurned) {
			throw joinErrors.different(clip.name, 'the rotation', turned, first.name, firstTurned);
		}
	}
}

function describeAperture(clap: Buffer): string {
	if (clap.length < 16) return 'the whole frame';
	const [width, widthOf, height, heightOf] = [0, 4, 8, 12].map((at) => clap.readUInt32BE(at));
	return `${width / widthOf}x${height / heightOf}`;
}

const HDR_TRANSFERS: Record<number, string> = { 16: 'HDR (PQ)', 18: 'HDR (HLG)' };
const PRIMARIES: Record<number, string> = {
	1: 'BT.709',
	5: 'BT.601',
	6: 'BT.601',
	9: 'BT.2020',
	12: 'P3',
};

/**
 * Whether two color descriptions match. A file without one matches any other, except that it does not count as HDR.
 */
function isSameColor(one: Color, other: Color): boolean {
	const agrees = <Value>(a: Value | undefined, b: Value | undefined) =>
		a === undefined || b === undefined || a === b;
	return (
		rangeOf(one) === rangeOf(other) &&
		agrees(one.transfer, other.transfer) &&
		agrees(one.primaries, other.primaries) &&
		agrees(one.matrix, other.matrix) &&
		agrees(one.fullRange, other.fullRange)
	);
}

const rangeOf = ({ transfer = 0 }: Color) => HDR_TRANSFERS[transfer] ?? 'SDR';

function describeColor(color: Color): string {
	const { primaries, transfer, matrix, fullRange } = color;
	const codes = [primaries, transfer, matrix].map((code) => code ?? 'unknown').join('/');
	const name = primaries === undefined ? '' : ` ${PRIMARIES[primaries] ?? ''}`.trimEnd();
	return `${rangeOf(color)}${name} (${codes}${fullRange ? ', full range' : ''})`;
}

/** Describes a rotation for a message, e.g. `90 degrees`. Translation does not matter. */
function describeMatrix(matrix: Buffer): string {
	const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32BE(at) / 65536);
	const degrees = (Math.round((Math.atan2(b, a) * 180) / Math.PI) + 360) % 360;
	const isFlipped = a * d - b * c < 0;
	return `${degrees} degrees${isFlipped ? ', mirrored' : ''}`;
}

/** Returns how a clip is displayed. Some files omit the size. */
export function displayOf({ video }: Clip): Display {
	const { matrix, displaySize } = video;
	const [{ width, height, pixelAspect }] = video.formats;
	const shownWidth = (width * pixelAspect[0]) / (pixelAspect[1] || 1);
	const fixed = (pixels: number) => Math.round(Math.min(pixels, 65535) * 65536);
	const isKnown = displaySize.every((side) => side > 0);
	return { matrix, displaySize: isKnown ? displaySize : [fixed(shownWidth), fixed(height)] };
}
