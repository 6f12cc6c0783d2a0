import { parseFlags, readPort, UsageError } from '../sandbox/commandLine.mts';

export const USAGE = `Starts a real n8n with this package, a video server that costs nothing, and every example workflow.

  npm run playground -- [options]

  --reset              remove the workflows, executions and files of earlier starts
  --port <number>      port of n8n (default 5678)
  --folder <path>      folder of workflows, executions and files (default .cache/playground)
  --server <base URL>  use this server instead of the sandbox, for example https://api.lumenfall.ai/openai/v1;
                       videos are then charged
  --key <API key>      key of that server; or set the environment variable LUMENFALL_API_KEY
  --help               show this help
`;

/** The options of the command line. */
export interface Flags {
	reset: boolean;
	port: number;
	/** Where data is kept; the usual folder if absent. */
	folder?: string;
	/** A real server; absent for the sandbox. */
	server?: { baseUrl: string; apiKey: string };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
	reset: flag,
	port: text,
	folder: text,
	server: text,
	key: text,
	help: flag,
} as const;

/**
 * Reads the options of the command line, or `help`.
 * @param keyOfEnvironment the API key in the environment, used without `--key`
 * @throws UsageError if they are invalid
 */
export function readFlags(args: string[], keyOfEnvironment = ''): Flags | 'help' {
	const { help, reset, port = '5678', folder, server, key } = parseFlags(args, options);
	if (help) return 'help';
	return {
		reset: Boolean(reset),
		port: readPort('--port', port, 1),
		folder,
		server: readServer(server, key || keyOfEnvironment),
	};
}

function readServer(baseUrl: string | undefined, apiKey: string): Flags['server'] {
	if (baseUrl === undefined) return undefined;
	if (!URL.canParse(baseUrl)) throw new UsageError(`--server is a URL, not '${baseUrl}'`);
	if (!apiKey) throw new UsageError('--server needs a key: --key or LUMENFALL_API_KEY');
	return { baseUrl, apiKey };
}
