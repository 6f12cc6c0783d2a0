import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line cannot be understood. The message says why. */
export class UsageError extends Error {}

type FlagOptions = NonNullable<ParseArgsConfig['options']>;

/**
 * Returns the values of the flags, by name.
 * @throws UsageError for a flag that is not among the options
 */
export function parseFlags<Options extends FlagOptions>(args: string[], options: Options) {
	try {
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

/**
 * Reads a port.
 * @param least 0 if any free port may be chosen
 * @throws UsageError that names the flag
 */
export function readPort(flag: string, value: string, least: 0 | 1): number {
	const port = /^\d+$/.test(value) ? Number(value) : Number.NaN;
	if (port >= least && port <= 65_535) return port;
	throw new UsageError(`${flag} is a whole number from ${least} to 65535, not '${value}'`);
}

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
