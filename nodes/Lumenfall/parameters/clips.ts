/** Reads which files an operation joins, and hands them out as streams. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ClipSource } from '../media/mp4/clip';
import { fileList, findFile, labelOf, optionalFile, type FileReference } from './files';
import { inputErrors } from './inputErrors';

/** A file of an item, ready to be read as often as needed. */
export interface InputFile extends ClipSource {
	fileName?: string;
	/** Size of a file that n8n keeps in memory; 0 where it is stored elsewhere. */
	bytesInMemory: number;
}

/** Bytes that one read of the store brings. */
const CHUNK_BYTES = 512 * 1024;

const CLIPS = 'Input Binary Fields';
const SOUND = 'Sound Binary Field';

/**
 * The files of some items, item by item, and within one in the order of the fields.
 * @throws FailureError for an item without such a file
 */
export async function readClipFiles(
	execution: IExecuteFunctions,
	itemIndexes: number[],
): Promise<InputFile[]> {
	const files: InputFile[] = [];
	for (const itemIndex of itemIndexes) {
		const value = execution.getNodeParameter('clipFields', itemIndex, 'data') as unknown;
		const references = fileList(CLIPS).parse(value);
		if (references.length === 0) throw inputErrors.emptyFieldName(CLIPS);
		for (const reference of references) {
			const label = `Clip ${files.length + 1}`;
			files.push(await openFile(execution, itemIndex, reference, label, CLIPS));
		}
	}
	return files;
}

/** @throws FailureError where the item has no such file */
export async function readSoundFile(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<InputFile> {
	const value = execution.getNodeParameter('soundField', itemIndex, '') as unknown;
	const reference = optionalFile(SOUND).parse(value);
	if (reference === undefined) throw inputErrors.emptyFieldName(SOUND, 'sound');
	return await openFile(execution, itemIndex, reference, 'The sound file', SOUND);
}

async function openFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	reference: FileReference,
	label: string,
	parameter: string,
): Promise<InputFile> {
	const { helpers } = execution;
	const missing = () => inputErrors.missingFile(parameter, labelOf(reference), itemIndex);
	const { id, data, fileName } = await findFile(execution, itemIndex, reference, missing);
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
		// A store that does not say the size only costs a longer first pass.
		bytes: fileSize > 0 ? fileSize : undefined,
		open: async () => await helpers.getBinaryStream(id, CHUNK_BYTES),
	};
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}
