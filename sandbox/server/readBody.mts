import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { noteBody } from './journal.mts';

/** A request body in either encoding. Multipart values are strings. */
export interface ReceivedBody {
	encoding: 'json' | 'multipart';
	fields: Record<string, unknown>;
	files: UploadedFile[];
}

export interface UploadedFile {
	field: string;
	name: string;
	mimeType: string;
	data: Buffer;
}

/** Reads the fields and files of a request, and adds them to the journal. */
export async function readBody(request: FastifyRequest): Promise<ReceivedBody> {
	if (!request.isMultipart()) {
		return { encoding: 'json', fields: (request.body ?? {}) as Record<string, unknown>, files: [] };
	}

	const fields: Record<string, unknown> = {};
	const files: UploadedFile[] = [];
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			fields[part.fieldname] = part.value;
		} else {
			const data = await part.toBuffer();
			files.push({ field: part.fieldname, name: part.filename, mimeType: part.mimetype, data });
		}
	}
	const summary = files.map(({ field, name, mimeType, data }) => [
		field,
		{ name, mimeType, bytes: data.length },
	]);
	noteBody(request.entry, { ...fields, ...Object.fromEntries(summary) });
	return { encoding: 'multipart', fields, files };
}

/** Converts the bracketed field names of multipart to nested objects: `input_reference[image_url]`. */
export function nestedFields({ encoding, fields }: ReceivedBody): Record<string, unknown> {
	if (encoding === 'json') return fields;
	const result: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(fields)) {
		const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
		if (outer === undefined) result[name] = value;
		else result[outer] = { ...(result[outer] as object | undefined), [inner]: value };
	}
	return result;
}
