/** The command line cannot be understood. The message says why. */
export class UsageError extends Error {}

/**
 * Returns the flags of this process. Prints the usage and exits if they ask for it, or are invalid.
 * @param read throws a UsageError if the flags are invalid
 */
export function flagsOrExit<Flags>(read: () => Flags | 'help', usage: string): Flags {
	try {
		const flags = read();
		if (flags !== 'help') return flags;
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n\n${usage}`);
		process.exit(2);
	}
	console.log(usage);
	process.exit(0);
}
