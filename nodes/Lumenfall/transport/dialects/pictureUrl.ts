import type { InputImage } from '../../job/request';

/** A picture as servers take it inside JSON: its own address, or a data URI of the file. */
export function pictureUrl(image: InputImage): string {
	return image.kind === 'url'
		? image.url
		: `data:${image.mimeType};base64,${image.bytes.toString('base64')}`;
}
