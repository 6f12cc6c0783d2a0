import type { FailureError } from '../errors/failure';
import { invalid } from '../errors/message';
import { STORE_FILES } from './binaryMode';

/** This n8n cannot create public links to files. Detected before anything is created. */
export const linkErrors = {
	unsupported: () => noLink('this version of n8n does not sign links to files', 'Update n8n.'),

	inMemory: () =>
		noLink('this n8n keeps files in memory', `${STORE_FILES}, or to a store such as 's3'.`),

	/** @param why completes "because …" */
	notPublic: (origin: string, why: string) =>
		noLink(
			`nobody outside can open ${origin}, because ${why}`,
			"Make n8n available at a public URL, and set that URL in n8n's environment variable 'WEBHOOK_URL'.",
		),
};

function noLink(reason: string, advice: string): FailureError {
	return invalid(
		`'Public Link (Hours)' is set, but a public link is not possible: ${reason}`,
		`${advice} Or remove the option 'Public Link (Hours)'. Nothing was created.`,
	);
}
