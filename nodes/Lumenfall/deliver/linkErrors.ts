import type { FailureError } from '../errors/failure';
import { invalid } from '../errors/message';
import { STORE_FILES } from './memoryMode';

/** This n8n cannot create the public links that an option asks for. Detected before anything is created. */
export const linkErrors = {
	unsupported: (option: string) =>
		noLink(option, 'this version of n8n does not sign links to files', 'Update n8n.'),

	inMemory: (option: string) =>
		noLink(option, 'this n8n keeps files in memory', `${STORE_FILES}, or to a store such as 's3'.`),

	/** @param why completes "because …" */
	notPublic: (option: string, origin: string, why: string) =>
		noLink(
			option,
			`nobody outside can open ${origin}, because ${why}`,
			"Make n8n available at a public URL, and set that URL in n8n's environment variable 'WEBHOOK_URL'.",
		),
};

function noLink(option: string, reason: string, advice: string): FailureError {
	return invalid(
		`'${option}' is set, but a public link is not possible: ${reason}`,
		`${advice} Or remove the option '${option}'. Nothing was created.`,
	);
}
