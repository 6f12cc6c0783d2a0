import { loadImage } from '@napi-rs/canvas';

/** An image in a request: its form, its type and its bytes. */
export interface InputImage {
	how: 'data-uri' | 'url' | 'file';
	mimeType: string;
	bytes: number;
	width: number;
	height: number;
	data: Buffer;
}

/** Reads a base64 data URI, or fetches an http(s) URL. Rejects if it is not an image. */
export async function readImageUrl(url: string): Promise<InputImage> {
	const inline = /^data:([^;,]+);base64,(.*)$/s.exec(url);
	if (inline) {
		const [, mimeType, base64] = inline;
		return await measure('data-uri', mimeType, Buffer.from(base64, 'base64'));
	}
	const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
	if (!response.ok) throw new Error(`The image URL answered ${response.status}`);
	const mimeType = response.headers.get('content-type') ?? 'application/octet-stream';
	return await measure('url', mimeType, Buffer.from(await response.arrayBuffer()));
}

/** Reads base64 without a `data:` prefix. Rejects if it is not an image. */
export async function readImageBase64(base64: string): Promise<InputImage> {
	return await measure('data-uri', 'application/octet-stream', Buffer.from(base64, 'base64'));
}

/** Reads an uploaded file part. Rejects if it is not an image. */
export async function readImageFile(mimeType: string, data: Buffer): Promise<InputImage> {
	return await measure('file', mimeType, data);
}

async function measure(
	how: InputImage['how'],
	mimeType: string,
	data: Buffer,
): Promise<InputImage> {
	const { width, height } = await loadImage(data);
	return { how, mimeType, bytes: data.length, width, height, data };
}
