import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { collect, streamOf, type ByteStream } from '../transport/streams';

/** A source file of the video. */
interface SourceFile {
	/** Size if n8n keeps the file in memory, otherwise 0. */
	bytesInMemory: number;
	open(): Promise<AsyncIterable<Buffer>>;
}

const MP4 = 'video/mp4';

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
	const sample = (await stored.open()) as ByteStream;
	sample.destroy();
	return await helpers.prepareBinaryData(streamOf(content, sample), fileName, MP4);
}
