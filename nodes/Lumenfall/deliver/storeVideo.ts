import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

type StreamBody = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** The static part of Node's stream classes. n8n nodes cannot import them. */
interface StreamClass {
	from(chunks: AsyncIterable<Buffer>, options: { objectMode: false }): StreamBody;
}

/** A source file of the video. */
interface SourceFile {
	/** Size if n8n keeps the file in memory, otherwise 0. */
	bytesInMemory: number;
	open(): Promise<AsyncIterable<Buffer>>;
}

/**
 * Stores a generated video in n8n. It is streamed if n8n stores files outside of memory.
 * @param files the source files. If one of them is stored outside of memory, so is the video
 */
export async function storeVideo(
	{ helpers }: IExecuteFunctions,
	content: AsyncGenerator<Buffer>,
	files: SourceFile[],
	fileName: string,
): Promise<IBinaryData> {
	const stored = files.find(({ bytesInMemory }) => bytesInMemory === 0);
	if (!stored) return await helpers.prepareBinaryData(await collect(content), fileName, MP4);
	const sample = (await stored.open()) as StreamBody;
	sample.destroy();
	const { from } = sample.constructor as unknown as StreamClass;
	return await helpers.prepareBinaryData(from(content, { objectMode: false }), fileName, MP4);
}

const MP4 = 'video/mp4';

async function collect(content: AsyncGenerator<Buffer>): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of content) parts.push(part);
	return Buffer.concat(parts);
}
