import type { IDataObject } from 'n8n-workflow';

/** A file in a multipart body. */
export interface FilePart {
	field: string;
	bytes: Buffer;
	mimeType: string;
	fileName: string;
}

/** Builds a multipart body. */
export function formOf(fields: IDataObject, files: FilePart[]): FormData {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) appendField(body, name, value);
	for (const file of files) appendFile(body, file);
	return body;
}

/** Adds a field. An object becomes JSON text. */
export function appendField(body: FormData, name: string, value: unknown): void {
	body.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Adds a file. Servers refuse a part without a file name or with a generic type. */
export function appendFile(body: FormData, { field, bytes, mimeType, fileName }: FilePart): void {
	// Without its folders, which some servers read as a path of their own.
	const name = fileName.replace(/^.*[/\\]/s, '') || 'file';
	body.append(field, new Blob([new Uint8Array(bytes)], { type: mimeType }), name);
}
