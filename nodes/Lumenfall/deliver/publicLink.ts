import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { isLoopback, originOf, whyPrivate } from '../support/urls';
import { keepsFilesInMemory } from './memoryMode';
import { linkErrors } from './linkErrors';

/**
 * Public links to files: anyone can download the file without a login, from `<URL of
 * n8n>/rest/binary-data/signed?token=…`, which n8n itself signs and serves (docs/protocols/n8n.md#public-links). n8n
 * checks neither its own URL nor, before a file exists, whether it can sign one, so both are checked here.
 */

/**
 * Requires that n8n can create public links. Call it before anything is spent.
 * @param hours how long the links are valid; undefined if none is requested
 * @param use the option that requests them, and the base URL of the server that opens them; anyone by default
 * @throws FailureError that contains what is missing
 */
export async function requirePublicLinks(
	execution: IExecuteFunctions,
	hours: number | undefined,
	{ option = 'Public Link (Hours)', reader }: { option?: string; reader?: string } = {},
): Promise<void> {
	if (hours === undefined) return;
	if (typeof execution.helpers.createBinarySignedUrl !== 'function')
		throw linkErrors.unsupported(option);
	// n8n signs any ID. No file has this one.
	const url = signedUrl(execution, { id: 'none', data: '', mimeType: '' }, hours);
	// A server on this machine can open the URLs of this machine.
	const reason = reader && isLoopback(reader) ? undefined : whyPrivate(url);
	if (reason) throw linkErrors.notPublic(option, originOf(url), reason);
	if (await keepsFilesInMemory(execution)) throw linkErrors.inMemory(option);
}

/** Returns the public link of a stored file, as output. Empty if none is requested. */
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
