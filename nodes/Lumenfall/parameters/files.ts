import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { FailureError } from '../errors/failure';
import { inputErrors } from './inputErrors';
import { partsOf } from './lists';
import { isEmpty, isRecord, textOf } from './values';

/**
 * Where a file comes from: the name of a binary field, a URL or a data URL as text, or, by an expression, the file itself,
 * such as `{{ $('Other').item.binary.data }}`. With n8n's combined binary mode the name is a path in the item's JSON.
 */
export type FileReference = string | GivenFile;

/** A file as n8n hands it to an expression. `$binary.data` comes without the content. */
export type GivenFile = Partial<IBinaryData> & { mimeType: string };

const EXPECTED =
	"the name of a binary field, e.g. 'data', or an expression that returns a file, e.g. {{ $('Form').item.binary.data }}";

/** Several files: a list, names with commas or lines between them, all files of an item. */
export function fileList(parameter: string) {
	return z.unknown().transform((value): FileReference[] => {
		const files = filesIn(value, namesIn);
		if (files.includes(undefined)) throw inputErrors.badOption(parameter, value, EXPECTED);
		return files.filter((file): file is FileReference => file !== undefined && file !== '');
	});
}

/** One file, or undefined for an empty value. */
export function optionalFile(parameter: string) {
	return z.unknown().transform((value): FileReference | undefined => {
		if (isEmpty(value)) return undefined;
		const [file, ...others] = filesIn(value, (name) => [name]);
		if (file === undefined || others.length > 0)
			throw inputErrors.badOption(parameter, value, EXPECTED);
		return file;
	});
}

/** Not at the comma of a data URL. */
function namesIn(text: string): string[] {
	return text.match(/data:[^,\n]*,[^,\n]*|[^,\n]+/gi) ?? [];
}

/** Text names files and is none: it may come from a stranger, who must not choose among the files that n8n stores. */
function filesIn(
	value: unknown,
	split: (text: string) => string[],
): Array<FileReference | undefined> {
	return partsOf(value, split).flatMap((part) =>
		typeof value === 'string' && typeof part !== 'string' ? [undefined] : filesOf(part),
	);
}

/** The files a value stands for. One that stands for none is undefined. */
function filesOf(value: unknown): Array<FileReference | undefined> {
	if (isGivenFile(value)) return [value];
	const name = textOf(value);
	if (name !== undefined || !isRecord(value)) return [name];
	// An item of n8n, or its files by their fields.
	const files = Object.values(isRecord(value.binary) ? value.binary : value);
	return files.length > 0
		? files.map((file) => (isGivenFile(file) ? file : undefined))
		: [undefined];
}

function isGivenFile(value: unknown): value is GivenFile {
	return isRecord(value) && typeof value.mimeType === 'string';
}

/** What a message calls a file. */
export function labelOf(reference: FileReference): string {
	if (typeof reference !== 'string') return reference.fileName ?? reference.mimeType;
	return /^data:/i.test(reference) ? `${reference.slice(0, 30)}…` : reference;
}

/**
 * The file, as n8n keeps it.
 * @param missing why there is none
 */
export async function findFile(
	execution: IExecuteFunctions,
	itemIndex: number,
	reference: FileReference,
	missing: () => FailureError,
): Promise<IBinaryData> {
	const { binary = {} } = execution.getInputData()[itemIndex] ?? {};
	const given = typeof reference === 'string' ? reference : withContent(reference, binary);
	if (given === undefined) throw missing();
	return await Promise.resolve()
		.then(() => execution.helpers.assertBinaryData(itemIndex, given as string))
		.catch(() => {
			throw missing();
		});
}

/** A file without content is the one of the item that is equal in all that is given of it. */
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
