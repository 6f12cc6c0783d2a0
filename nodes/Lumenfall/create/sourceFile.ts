import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { ItemContext } from '../context';
import { publicUrlOf, requirePublicLinks } from '../deliver/publicLink';
import { describeFile, SIGNATURE_BYTES, videoTypeOf, type VideoType } from '../media/fileType';
import { Mp4Reader } from '../media/mp4/metadata/mp4Reader';
import { findFile, labelOf, type FileReference } from '../parameters/fileReferences';
import type { FoundVideo, SentVideo, SourceKind } from '../request/sourceVideo';
import { sourceErrors } from './sourceErrors';

/** While a body with a file is sent, it is in memory about three times. */
const MAX_SENT_BYTES = 100_000_000;

/**
 * Finds a video in a binary file.
 * @param linkHours how long a public link of the file is valid; undefined if none is allowed
 * @throws FailureError if the item has no such file
 */
export async function findSourceFile(
	context: ItemContext,
	reference: FileReference,
	linkHours: number | undefined,
): Promise<FoundVideo> {
	const label = labelOf(reference);
	const binary = await findFile(context, reference, 'Input Binary Field');
	return {
		kinds: ['file', ...(linkHours ? (['url'] as const) : [])],
		as: async (kind) => await inKind(context, binary, kind, linkHours, label),
	};
}

/** Returns a stored video as a file to send, or by a public link. */
export async function inKind(
	context: ItemContext,
	binary: IBinaryData,
	kind: SourceKind,
	linkHours: number | undefined,
	label: string,
): Promise<{ video: SentVideo; seconds?: number }> {
	if (kind === 'url') return await asLink(context, binary, linkHours, label);
	return await asFile(context, binary, label);
}

async function asFile(
	{ execution, itemIndex }: ItemContext,
	binary: IBinaryData,
	label: string,
): Promise<{ video: SentVideo; seconds?: number }> {
	const { helpers } = execution;
	const size = binary.id ? (await helpers.getBinaryMetadata(binary.id)).fileSize : 0;
	if (size > MAX_SENT_BYTES) throw sourceErrors.tooLarge(label, size, MAX_SENT_BYTES);
	const bytes = await helpers.getBinaryDataBuffer(itemIndex, binary);
	if (bytes.length > MAX_SENT_BYTES)
		throw sourceErrors.tooLarge(label, bytes.length, MAX_SENT_BYTES);
	const { type, seconds } = await measure([bytes], label);
	const fileName = binary.fileName ?? 'video.mp4';
	return { video: { kind: 'file', bytes, mimeType: type, fileName }, seconds };
}

async function asLink(
	{ execution, api }: ItemContext,
	binary: IBinaryData,
	linkHours: number | undefined,
	label: string,
): Promise<{ video: SentVideo; seconds?: number }> {
	await requirePublicLinks(execution, linkHours, {
		option: 'Input Link (Hours)',
		reader: api.baseUrl,
	});
	const { id, ...stored } = await storedFile(execution, binary);
	const { seconds } = await measure(await execution.helpers.getBinaryStream(id), label);
	const { publicUrl = '' } = publicUrlOf(execution, { ...stored, id }, linkHours);
	return { video: { kind: 'url', url: publicUrl }, seconds };
}

/** The file in n8n's store. Pinned data and the files of older executions may be in the item itself. */
async function storedFile(
	{ helpers }: IExecuteFunctions,
	binary: IBinaryData,
): Promise<IBinaryData & { id: string }> {
	const { id, data, fileName, mimeType } = binary;
	if (id) return { ...binary, id };
	const stored = await helpers.prepareBinaryData(Buffer.from(data, 'base64'), fileName, mimeType);
	return { ...stored, id: String(stored.id) };
}

interface MeasuredVideo {
	type: VideoType;
	seconds?: number;
}

/** @throws FailureError if the file is not a video */
async function measure(
	pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
	label: string,
): Promise<MeasuredVideo> {
	const reader = new Mp4Reader();
	let start = Buffer.alloc(0);
	for await (const piece of pieces) {
		if (start.length < SIGNATURE_BYTES) start = Buffer.concat([start, piece]);
		reader.push(piece);
	}
	const type = videoTypeOf(start);
	if (!type) throw sourceErrors.notAVideo(label, describeFile(start));
	const { seconds } = reader.metadata();
	return { type, ...(seconds !== undefined && { seconds }) };
}
