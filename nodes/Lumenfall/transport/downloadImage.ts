import { failureOf } from '../errors/failure';
import { describeFile, extensionOf, imageTypeOf } from '../media/fileType';
import { readImageMetadata } from '../media/image/imageMetadata';
import { MAX_IMAGE_BYTES } from '../media/image/limits';
import type { InputImage } from '../request/videoRequest';
import { resultOf } from '../support/result';
import { openFile } from './http';
import type { HttpHost } from './httpHost';
import { networkReason } from './networkError';
import { requestErrors } from './requestErrors';
import { readAtMost } from './streams';

/**
 * Downloads the image at a URL, for a server that accepts only files. The API key is not sent.
 * @param insecure whether invalid certificates are accepted
 * @throws FailureError that names the URL; no create has been sent
 */
export async function downloadImage(
	host: HttpHost,
	url: string,
	insecure: boolean,
): Promise<InputImage> {
	const read = await resultOf(readBytes(host, url, insecure));
	if (!read.ok) {
		const { cause = networkReason(read.error) } = failureOf(read.error) ?? {};
		throw requestErrors.imageNotDownloaded(url, cause);
	}
	const bytes = read.value;
	const mimeType = imageTypeOf(bytes);
	if (!mimeType) throw requestErrors.imageNotDownloaded(url, `it is ${describeFile(bytes)}`);
	const fileName = `image.${extensionOf(mimeType)}`;
	return { kind: 'file', bytes, mimeType, fileName, metadata: readImageMetadata(bytes) };
}

async function readBytes(host: HttpHost, url: string, insecure: boolean): Promise<Buffer> {
	const file = await openFile(host, url, { insecure });
	try {
		const { isSuccess, statusCode } = file.response;
		if (!isSuccess) throw new Error(`its server returned HTTP ${statusCode}`);
		const bytes = await readAtMost(file.read(), MAX_IMAGE_BYTES);
		if (!bytes) throw new Error(`it is larger than ${MAX_IMAGE_BYTES / 1_000_000} MB`);
		return bytes;
	} finally {
		file.close();
	}
}
