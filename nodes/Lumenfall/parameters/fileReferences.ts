import type { IBinaryData } from 'n8n-workflow';
import type { ItemPlace } from '../context';
import { isRecord } from '../support/isRecord';
import { inputErrors } from './inputErrors';
import { isWebUrl } from '../support/urls';
import { Cell, cell, withoutQuotes } from './cell';
import { fileUrl, linkIn } from './links';
import { partsOf, splitText } from './lists';

/**
 * Where a file comes from. As text: the name of a binary field, a URL or a data URL. By an expression: the file itself,
 * such as `{{ $('Other').item.binary.data }}`. In n8n's combined binary mode, the name is a path in the item's JSON.
 */
export type FileReference = string | GivenFile;

/**
 * A file as n8n passes it to an expression. `$binary.data` lacks the content, and the JSON of a form has only the name and
 * the type.
 */
type GivenFile = Partial<IBinaryData> & { mimeType: string };

const EXPECTED =
	"the name of a binary field, e.g. 'data', or an expression that returns a file, e.g. {{ $('Form').item.binary.data }}";

/** The beginning of a PNG, JPEG or WebP file in base64, as services for images return it in JSON. */
const BASE64_IMAGE = /^(iVBORw0KGgo|\/9j\/|UklGR)[\w+/=\s]{100}/;

/** Reads several files: a list, names separated by commas or lines, or all files of an item. */
export function fileList(parameter: string) {
	return cell.transform((cell): FileReference[] => {
		const files = filesIn(cell, splitText);
		if (files.includes(undefined)) throw inputErrors.badOption(parameter, cell.given, EXPECTED);
		return files
			.filter((file): file is FileReference => file !== undefined && !Cell.exactly(file).isEmpty)
			.map((file) => withFileUrl(file, parameter));
	});
}

/**
 * Reads one file. Undefined for an empty value.
 * @param expected completes "Enter …" in the error
 */
export function optionalFile(parameter: string, expected = EXPECTED) {
	return cell.transform((cell): FileReference | undefined => {
		if (cell.isEmpty) return undefined;
		const [file, ...others] = filesIn(cell, (name) => [name]);
		if (file === undefined || others.length > 0)
			throw inputErrors.badOption(parameter, cell.given, expected);
		return withFileUrl(file, parameter);
	});
}

function withFileUrl(file: FileReference, parameter: string): FileReference {
	return isWebUrl(file) ? fileUrl(file, parameter) : file;
}

/**
 * Text can only name files and URLs. A file object in JSON text is refused, because the text may come from a third party,
 * who must not choose among the files that n8n stores.
 */
function filesIn(cell: Cell, split: (text: string) => string[]): Array<FileReference | undefined> {
	const isText = typeof cell.value === 'string' && !Array.isArray(cell.given);
	return partsOf(cell, split).flatMap((part) =>
		isText && typeof part !== 'string' ? [webUrlIn(part)] : filesOf(part),
	);
}

function webUrlIn(part: unknown): string | undefined {
	const { value } = linkIn(Cell.of(part));
	return isWebUrl(value) ? value : undefined;
}

/** Returns the files of a part of a list. Undefined stands for a part that is not a file. */
function filesOf(part: unknown): Array<FileReference | undefined> {
	const file = givenFile(part);
	if (file) return [file];
	const { text: name } = linkIn(Cell.of(part));
	if (name !== undefined)
		return [BASE64_IMAGE.test(name) ? `data:;base64,${name}` : withoutQuotes(name)];
	if (!isRecord(part)) return [undefined];
	// An item of n8n, or the files of an item by field.
	const files = Object.values(isRecord(part.binary) ? part.binary : part);
	return files.length > 0 ? files.map(givenFile) : [undefined];
}

function givenFile(value: unknown): GivenFile | undefined {
	if (!isRecord(value)) return undefined;
	if (typeof value.mimeType === 'string') return value as GivenFile;
	const { filename, mimetype } = value;
	return typeof filename === 'string' && typeof mimetype === 'string'
		? { fileName: filename, mimeType: mimetype }
		: undefined;
}

/** Whether a value is a file or its URL, and not a text that may name a file or describe it. */
export function isFileItself(value: unknown): boolean {
	const [file] = filesIn(Cell.of(value), (name) => [name]);
	return typeof file === 'string' ? isWebUrl(file) || /^data:/i.test(file) : file !== undefined;
}

/** Returns the name of a file in messages. */
export function labelOf(reference: FileReference): string {
	if (typeof reference !== 'string') return reference.fileName ?? reference.mimeType;
	const length = /^data:/i.test(reference) ? 30 : 80;
	return reference.length > length ? `${reference.slice(0, length)}…` : reference;
}

/**
 * Returns the file as n8n stores it.
 * @param parameter the display name of the field, for the error
 * @throws FailureError if the item has no such file
 */
export async function findFile(
	{ execution, itemIndex }: ItemPlace,
	reference: FileReference,
	parameter: string,
): Promise<IBinaryData> {
	const { binary = {} } = execution.getInputData()[itemIndex] ?? {};
	const missing = () =>
		inputErrors.missingFile(parameter, labelOf(reference), itemIndex, Object.keys(binary));
	const given = typeof reference === 'string' ? reference : withContent(reference, binary);
	if (given === undefined) throw missing();
	return await Promise.resolve()
		.then(() => execution.helpers.assertBinaryData(itemIndex, given as string))
		.catch(() => {
			throw missing();
		});
}

/** Completes a file without content: it is the file of the item whose other properties are equal. */
function withContent(
	file: GivenFile,
	ownFiles: Record<string, IBinaryData>,
): IBinaryData | undefined {
	if (typeof file.data === 'string') return file as IBinaryData;
	const given = Object.entries(file) as Array<[keyof IBinaryData, unknown]>;
	const [found, ...others] = Object.values(ownFiles).filter((own) =>
		given.every(([name, value]) => own[name] === value),
	);
	return others.every(({ data, id }) => data === found.data && id === found.id) ? found : undefined;
}
