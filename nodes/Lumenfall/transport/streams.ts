import type { IExecuteFunctions } from 'n8n-workflow';
import { serverErrors } from '../errors/serverErrors';

/** A stream of n8n: a response body, or a stored file. */
export type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/** The static part of Node's stream classes. */
interface StreamClass {
	from(pieces: AsyncIterable<Buffer>, options: { objectMode: false }): ByteStream;
}

/**
 * Creates a stream from pieces. Nodes must not import Node's stream module, but every stream that n8n returns is a
 * `Readable`, and its class can create others.
 * @param sample any stream of n8n
 */
export function streamOf(pieces: AsyncGenerator<Buffer>, sample: ByteStream): ByteStream {
	const { from } = sample.constructor as unknown as StreamClass;
	return from(pieces, { objectMode: false });
}

/** Larger than any API response. A server that sends more is broken or hostile. Counted after decompression. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/**
 * Reads a body to its end, up to a limit.
 * @param parts receives what has arrived, also if the body breaks off
 * @throws FailureError `unreadableAnswer` beyond the limit; any error of the stream
 */
export async function readText(
	body: ByteStream,
	{ httpStatus, parts }: { httpStatus: number; parts?: Buffer[] },
): Promise<string> {
	const bytes = await readAtMost(body, MAX_RESPONSE_BYTES, parts);
	if (bytes) return decodeText(bytes);
	const serverMessage = `it is larger than ${Math.round(MAX_RESPONSE_BYTES / 1024 / 1024)} MB`;
	throw serverErrors.unreadableAnswer({ httpStatus, serverMessage });
}

/**
 * Decodes text. JSON is UTF-8, but servers on Windows also send UTF-16, or one byte for each character. In JSON, every
 * other byte of UTF-16 at the beginning is zero.
 */
export function decodeText(bytes: Buffer): string {
	const [first, second] = bytes;
	const isLittle = (first === 0xff && second === 0xfe) || (first > 0 && second === 0);
	if (isLittle) return bytes.toString('utf16le');
	const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second > 0);
	if (isBig)
		return Buffer.from(bytes.subarray(0, bytes.length & ~1))
			.swap16()
			.toString('utf16le');
	const text = bytes.toString('utf8');
	// A replacement character that the server did not send shows that the text is not UTF-8.
	return text.includes('\ufffd') && !bytes.includes('\ufffd') ? bytes.toString('latin1') : text;
}

/** Reads a body to its end. Undefined if it is larger than the limit; the rest is not read then. */
export async function readAtMost(
	body: ByteStream | AsyncIterable<Buffer>,
	maxBytes: number,
	parts: Buffer[] = [],
): Promise<Buffer | undefined> {
	let bytes = 0;
	for await (const part of body as AsyncIterable<Buffer>) {
		bytes += part.length;
		if (bytes > maxBytes) return undefined;
		parts.push(Buffer.from(part));
	}
	return Buffer.concat(parts);
}

/** Reads all pieces into memory. */
export async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
	const all: Buffer[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
}
