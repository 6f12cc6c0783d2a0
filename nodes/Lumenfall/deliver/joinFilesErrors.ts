import { invalid, megabytes } from '../errors/message';

/** Files cannot be joined. Nothing was stored. */
export const joinFilesErrors = {
	/** Uses the messages of `media/mp4/joinErrors.ts`. */
	cannotJoin: ({ message, advice }: { message: string; advice: string }) =>
		invalid(message, advice),

	filesTooLargeForMemory: (bytes: number, maxBytes: number) =>
		invalid(
			`The files are ${megabytes(bytes)} MB together, but at most ${megabytes(maxBytes)} MB can be joined while n8n keeps files in memory`,
			"Use fewer clips, or set N8N_DEFAULT_BINARY_DATA_MODE to 'filesystem' on the n8n server.",
		),
};
