/** What a file is, told by its first bytes. File names and declared types are often wrong. */

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';
export type VideoType = 'video/mp4' | 'video/quicktime' | 'video/webm';

const EXTENSION: Record<ImageType | VideoType, string> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'video/mp4': 'mp4',
	'video/quicktime': 'mov',
	'video/webm': 'webm',
};

/** The usual file name extension of a type, without the dot. */
export function extensionOf(type: ImageType | VideoType): string {
	return EXTENSION[type];
}

/** How many bytes from the start all checks here need. */
export const SIGNATURE_BYTES = 12;

/**
 * The type of an image every video server takes (docs/protocols/openai-videos.md#create-request),
 * or undefined for anything else.
 */
export function imageTypeOf(bytes: Buffer): ImageType | undefined {
	if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
	if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
	if (startsWith(bytes, 'RIFF') && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp';
	return undefined;
}

/** The type of a video file, or undefined for anything else, such as a web page sent with status 200. */
export function videoTypeOf(bytes: Buffer): VideoType | undefined {
	if (textAt(bytes, 4, 4) === 'ftyp') {
		return textAt(bytes, 8, 4) === 'qt  ' ? 'video/quicktime' : 'video/mp4';
	}
	return startsWith(bytes, '\x1a\x45\xdf\xa3') ? 'video/webm' : undefined;
}

const OTHER_FILES: Array<[signature: string, name: string]> = [
	['%PDF', 'a PDF'],
	['GIF8', 'a GIF'],
	['BM', 'a BMP picture'],
	['II*\0', 'a TIFF picture'],
	['MM\0*', 'a TIFF picture'],
	['PK\x03\x04', 'a ZIP or Office file'],
	['<svg', 'an SVG drawing'],
	['<', 'a text or web page'],
	['{', 'JSON text'],
];

/** Names a file for an error message, e.g. 'a PDF'. */
export function describeFile(bytes: Buffer): string {
	if (bytes.length === 0) return 'empty';
	if (videoTypeOf(bytes)) return 'a video or HEIC file';
	return (
		OTHER_FILES.find(([signature]) => startsWith(bytes, signature))?.[1] ?? 'a file of another kind'
	);
}

function startsWith(bytes: Buffer, signature: string): boolean {
	return textAt(bytes, 0, signature.length) === signature;
}

function textAt(bytes: Buffer, start: number, length: number): string {
	return bytes.toString('latin1', start, start + length);
}
