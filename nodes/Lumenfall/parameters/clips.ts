/** Reads which files an operation joins, and opens them as streams. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { ItemPlace } from '../context';
import type { ClipSource } from '../media/mp4/clip';
import { fileList, findFile, optionalFile, type FileReference } from './fileReferences';
import { formOf } from './form';
import { inputErrors } from './inputErrors';

/** A file of an item that can be read any number of times. */
export interface InputFile extends ClipSource {
	fileName?: string;
	/** Size if n8n keeps the file in memory, otherwise 0. */
	bytesInMemory: number;
}

/** Bytes per read from n8n's binary store. Each read waits for a thread of Node, so fewer and larger ones are faster. */
const CHUNK_BYTES = 2 * 1024 * 1024;

const CLIPS = 'Input Binary Fields';
const SOUND = 'Sound Binary Field';

/**
 * Returns the files of several items: item by item, and within an item in the order of the fields.
 * @throws FailureError if an item has no such file
 */
export async function readClipFiles(
	execution: IExecuteFunctions,
	itemIndexes: number[],
): Promise<InputFile[]> {
	const files: InputFile[] = [];
	for (const itemIndex of itemIndexes) {
		const item = { execution, itemIndex };
		const references = fileList(CLIPS).parse(formOf(item).value('clipFields', 'data'));
		if (references.length === 0) throw inputErrors.emptyFieldName(CLIPS);
		for (const reference of references) {
			const label = `Clip ${files.length + 1}`;
			files.push(await openFile(item, reference, label, CLIPS));
		}
	}
	return files;
}

/** @throws FailureError if the item has no such file */
export async function readSoundFile(item: ItemPlace): Promise<InputFile> {
	const reference = optionalFile(SOUND).parse(formOf(item).value('soundField'));
	if (reference === undefined) throw inputErrors.emptyFieldName(SOUND, 'sound');
	return await openFile(item, reference, 'The sound file', SOUND);
}

async function openFile(
	item: ItemPlace,
	reference: FileReference,
	label: string,
	parameter: string,
): Promise<InputFile> {
	return await inputFileOf(item.execution, await findFile(item, reference, parameter), label);
}

/** @param label names the file in messages */
export async function inputFileOf(
	{ helpers }: IExecuteFunctions,
	{ id, data, fileName }: IBinaryData,
	label: string,
): Promise<InputFile> {
	const name = fileName ? `${label} (${fileName})` : label;
	if (!id) {
		return {
			name,
			fileName,
			bytesInMemory: Math.floor(data.length * 0.75),
			open: async () => oneChunk(Buffer.from(data, 'base64')),
		};
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		name,
		fileName,
		bytesInMemory: 0,
		// If the store does not report the size, only the first pass takes longer.
		bytes: fileSize > 0 ? fileSize : undefined,
		open: async () => await helpers.getBinaryStream(id, CHUNK_BYTES),
	};
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}
