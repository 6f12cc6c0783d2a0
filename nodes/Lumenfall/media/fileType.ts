/** Detects the type of a file from its first bytes. File names and declared types are often wrong. */

/** The types of images that are sent to servers. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';
/** The types of video files that are recognized. */
export type VideoType = 'video/mp4' | 'video/quicktime' | 'video/webm';

const EXTENSION: Record<ImageType | VideoType, string> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'video/mp4': 'mp4',
	'video/quicktime': 'mov',
	'video/webm': 'webm',
};

/** Returns the usual file name extension of a type, without the dot. */
export function extensionOf(type: ImageType | VideoType): string {
	return EXTENSION[type];
}

/** Number of bytes at the start of a file that all functions here need. */
export const SIGNATURE_BYTES = 32;

/**
 * Returns the type of an image that every video server accepts (docs/protocols/openai-videos.md#create-request), or
 * undefined for any other file.
 */
export function imageTypeOf(bytes: Buffer): ImageType | undefined {
	if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
	if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
	if (startsWith(bytes, 'RIFF') && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp';
	return undefined;
}

/** Older QuickTime files do not begin with a file type box. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

const HEIC = 'a HEIC image, as phones take them';
const AVIF = 'an AVIF image';
const JPEG_XL = 'a JPEG XL image';
const JPEG_2000 = 'a JPEG 2000 image';

const SOUND = 'a sound file';

/**
 * Brands of still images and sound files whose first bytes look like a video (ISO/IEC 23008-12, AV1 Image File Format,
 * the registry at mp4ra.org).
 */
const OTHER_BRANDS: Record<string, string> = {
	heic: HEIC,
	heix: HEIC,
	heim: HEIC,
	heis: HEIC,
	hevc: HEIC,
	hevx: HEIC,
	mif1: HEIC,
	msf1: HEIC,
	avif: AVIF,
	avis: AVIF,
	avio: AVIF,
	mif2: HEIC,
	mif3: HEIC,
	miaf: HEIC,
	avci: HEIC,
	pict: HEIC,
	'jp2 ': JPEG_2000,
	'jpx ': JPEG_2000,
	j2ki: JPEG_2000,
	'jxl ': JPEG_XL,
	'crx ': 'a raw image of a camera',
	'M4A ': SOUND,
	'M4B ': SOUND,
	'F4A ': SOUND,
};

/** Returns the type of a video file, or undefined for any other file, such as a web page sent with status 200. */
export function videoTypeOf(file: Buffer): VideoType | undefined {
	const bytes = withoutPadding(file);
	const box = textAt(bytes, 4, 4);
	if (box === 'ftyp') {
		const brand = textAt(bytes, 8, 4);
		if (brand in OTHER_BRANDS) return undefined;
		return brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
	}
	if (QUICKTIME_BOXES.includes(box) && !startsWithText(bytes)) return 'video/quicktime';
	return startsWith(bytes, '\x1a\x45\xdf\xa3') ? 'video/webm' : undefined;
}

/** An empty box may stand before the file type box. */
function withoutPadding(file: Buffer): Buffer {
	const size = ['free', 'skip', 'wide'].includes(textAt(file, 4, 4)) ? file.readUInt32BE(0) : 0;
	return textAt(file, size + 4, 4) === 'ftyp' ? file.subarray(size) : file;
}

/** "The wide sea" has the name of a box at its place. */
function startsWithText(bytes: Buffer): boolean {
	return /^[\x20-\x7e]{4}/.test(textAt(bytes, 0, 4));
}

const OTHER_FILES: Array<[signature: string, name: string]> = [
	['\0\0\0\x0cJXL \r\n\x87\n', JPEG_XL],
	['\xff\x0a', JPEG_XL],
	['\0\0\0\x0cjP  \r\n\x87\n', JPEG_2000],
	['\xff\x4f\xff\x51', JPEG_2000],
	['%PDF', 'a PDF'],
	['GIF8', 'a GIF'],
	['BM', 'a BMP image'],
	['II*\0', 'a TIFF image'],
	['MM\0*', 'a TIFF image'],
	['II+\0', 'a TIFF image'],
	['MM\0+', 'a TIFF image'],
	['%!PS', 'an EPS drawing'],
	['8BPS', 'a Photoshop file'],
	['\0\0\x01\0', 'an icon'],
	['ID3', SOUND],
	['OggS', SOUND],
	['fLaC', SOUND],
	['\xff\xfb', SOUND],
	['\xff\xf1', SOUND],
	['\xff\xf9', SOUND],
	['\x1f\x8b', 'a gzip file'],
	['FLV', 'a Flash video'],
	['\0\0\x01\xba', 'an MPEG video'],
	['\0\0\x01\xb3', 'an MPEG video'],
	['\x47\x40', 'an MPEG video'],
	['\x30\x26\xb2\x75', 'a WMV video'],
	['PK\x03\x04', 'a ZIP or Office file'],
	['#EXTM3U', 'a playlist for streaming (HLS)'],
];
const SVG = 'an SVG drawing';
/** Drawing programs write comments and definitions, which may contain the sign `>`, before the drawing. */
const SVG_START = /^<(?:svg\b|[!?](?!DOCTYPE html)(?:[^<]|<[!?])*?<svg\b)/i;

/** The beginning of a PNG, JPEG, WebP, GIF, PDF or MP4 file in base64. */
const BASE64_START =
	/^(data:[\w/+.-]+;base64,|iVBORw0KGgo|\/9j\/|UklGR|R0lGOD|JVBERi|AAAA[\w+/]{2}Z0eX)/;

/** Describes a file for an error message, e.g. 'a PDF'. */
export function describeFile(bytes: Buffer): string {
	if (bytes.length === 0) return 'empty';
	if (videoTypeOf(bytes)) return 'a video';
	if (textAt(bytes, 4, 4) === 'ftyp') return describeBrand(bytes);
	if (imageTypeOf(bytes)) return 'an image';
	if (startsWith(bytes, 'RIFF')) return textAt(bytes, 8, 4) === 'WAVE' ? SOUND : 'an AVI video';
	const known = OTHER_FILES.find(([signature]) => startsWith(bytes, signature));
	if (known) return known[1];
	// The last character may be cut off.
	const text = bytes.toString('utf8', 0, 2000).replace(/^\s+|\ufffd$/g, '');
	if (/^[{[]/.test(text)) return 'JSON text';
	if (SVG_START.test(text)) return SVG;
	if (BASE64_START.test(text)) return 'base64 text';
	return text !== '' && !/[^\P{C}\t\n\r\p{Cf}]|\ufffd/u.test(text)
		? 'a text or web page'
		: 'a file of another kind';
}

/** An AVIF image may have the general brand of still images, and its own only among the compatible ones. */
function describeBrand(bytes: Buffer): string {
	const compatible = textAt(bytes, 16, Math.min(bytes.readUInt32BE(0), 200) - 16);
	const description = OTHER_BRANDS[textAt(bytes, 8, 4)];
	return description === HEIC && /^(.{4})*avi[fso]/s.test(compatible) ? AVIF : description;
}

function startsWith(bytes: Buffer, signature: string): boolean {
	return textAt(bytes, 0, signature.length) === signature;
}

function textAt(bytes: Buffer, start: number, length: number): string {
	return bytes.toString('latin1', start, start + length);
}
