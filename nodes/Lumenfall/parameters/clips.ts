/** Reads which files an operation joins, and hands them out as streams. */
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { inputErrors } from './inputErrors';
import type { ClipSource } from '../media/mp4/clip';
import { text } from './values';

/** A file of an item, ready to be read as often as needed. */
export interface InputFile extends ClipSource {
	fileName?: string;
	/** Size of a file that n8n keeps in memory; 0 where it is stored elsewhere. */
	bytesInMemory: number;
}

/** Bytes that one read of the store brings. */
const CHUNK_BYTES = 512 * 1024;

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
		const fields = fieldsOf(execution.getNodeParameter('clipFields', itemIndex, 'data'));
		if (fields.length === 0) throw inputErrors.emptyFieldName('Input Binary Fields');
		for (const field of fields) {
			const label = `Clip ${files.length + 1}`;
			files.push(await openFile(execution, itemIndex, field, label, 'Input Binary Fields'));
		}
	}
	return files;
}

/** @throws FailureError where the item has no such file */
export async function readSoundFile(
	execution: IExecuteFunctions,
	itemIndex: number,
): Promise<InputFile> {
	const parameter = 'Sound Binary Field';
	const [field] = fieldsOf(execution.getNodeParameter('soundField', itemIndex, ''));
	if (field === undefined) throw inputErrors.emptyFieldName(parameter, 'sound');
	return await openFile(execution, itemIndex, field, 'The sound file', parameter);
}

/** A name, several with commas between, or, from an expression, files themselves. */
function fieldsOf(value: unknown): Array<string | IBinaryData> {
	return [value].flat().flatMap((part): Array<string | IBinaryData> => {
		if (isFile(part)) return [part];
		const names = text.parse(part).split(/[,\n]/);
		return names.map((name) => name.trim()).filter(Boolean);
	});
}

function isFile(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}

async function openFile(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	field: string | IBinaryData,
	label: string,
	parameter: string,
): Promise<InputFile> {
	const binary = await Promise.resolve()
		.then(() => helpers.assertBinaryData(itemIndex, field as string))
		.catch(() => {
			throw inputErrors.missingFile(parameter, String(field), itemIndex);
		});
	const { id, data, fileName } = binary;
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
