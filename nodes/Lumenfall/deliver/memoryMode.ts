import type { IExecuteFunctions } from 'n8n-workflow';

/** Bytes. A larger file, kept by n8n in memory as base64 text, needs more than a gigabyte and soon fails. */
export const MAX_DOWNLOAD_IN_MEMORY = 256 * 1024 * 1024;

/** Bytes of all clips together. During a join, n8n holds every file several times, as text and as bytes. */
export const MAX_JOIN_IN_MEMORY = 100_000_000;

/** Completes an error about a file that n8n cannot keep in memory. */
export const STORE_FILES =
	"Set the environment variable N8N_DEFAULT_BINARY_DATA_MODE to 'filesystem'";

const modes = new WeakMap<IExecuteFunctions, Promise<boolean>>();

/**
 * Whether n8n keeps files in memory, inside the items. No API reports the mode, so a small file is stored to detect it, once
 * per run.
 */
export async function keepsFilesInMemory(execution: IExecuteFunctions): Promise<boolean> {
	const known = modes.get(execution);
	if (known) return await known;
	const isInMemory = execution.helpers
		.prepareBinaryData(Buffer.from('-'), 'probe.txt', 'text/plain')
		.then(({ id }) => id === undefined);
	modes.set(execution, isInMemory);
	return await isInMemory;
}
