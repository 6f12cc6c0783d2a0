import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { originOf, whyPrivate } from '../support/publicUrl';
import { keepsFilesInMemory } from './binaryMode';
import { linkErrors } from './linkErrors';

/**
 * Links to files by which anyone can download them without a login: `<URL of n8n>/rest/binary-data/signed?token=…`, signed
 * and served by n8n itself (docs/protocols/n8n.md#public-links). n8n checks neither its own address nor, before a file is
 * there, whether it can sign one, so both are checked here.
 */

/**
 * Requires that n8n can make public links. Call it before anything is spent.
 * @param hours how long the links are valid; undefined if none is wanted
 * @throws FailureError that says what is missing
 */
export async function requirePublicLinks(
	execution: IExecuteFunctions,
	hours: number | undefined,
): Promise<void> {
	if (hours === undefined) return;
	if (typeof execution.helpers.createBinarySignedUrl !== 'function') throw linkErrors.unsupported();
	// n8n signs any ID. This one is of no file.
	const address = signedUrl(execution, { id: 'none', data: '', mimeType: '' }, hours);
	const reason = whyPrivate(address);
	if (reason) throw linkErrors.notPublic(originOf(address), reason);
	if (await keepsFilesInMemory(execution)) throw linkErrors.inMemory();
}

/** The public link of a stored file, as output. Nothing where none is wanted. */
export function publicUrlOf(
	execution: IExecuteFunctions,
	file: IBinaryData,
	hours: number | undefined,
): { publicUrl?: string } {
	return hours === undefined ? {} : { publicUrl: signedUrl(execution, file, hours) };
}

function signedUrl({ helpers }: IExecuteFunctions, file: IBinaryData, hours: number): string {
	return helpers.createBinarySignedUrl(file, `${Math.ceil(hours * 3600)} seconds`);
}
