import { parseArgs } from 'node:util';
import { createSandbox, type JournalEntry, type SandboxOptions } from './createSandbox.mts';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		'media-port': { type: 'string', default: '0' },
		dialect: { type: 'string', default: 'lumenfall' },
		'job-seconds': { type: 'string', default: '6' },
		speed: { type: 'string', default: '1' },
	},
});
if (!['lumenfall', 'openai'].includes(values.dialect)) {
	throw new Error(`--dialect is 'lumenfall' or 'openai', not '${values.dialect}'`);
}

const sandbox = await createSandbox({
	port: Number(values.port),
	mediaPort: Number(values['media-port']),
	dialect: values.dialect as SandboxOptions['dialect'],
	jobSeconds: Number(values['job-seconds']),
	speed: Number(values.speed),
});
sandbox.onRequest((entry) => console.log(describe(entry)));

console.log(`
A video gateway that costs nothing is listening. In n8n, create a credential "Lumenfall API" with

  Base URL   ${sandbox.baseUrl}
  API Key    ${sandbox.apiKey}
  Server     ${values.dialect === 'openai' ? 'OpenAI Compatible' : 'Lumenfall'}

Finished files are served from ${sandbox.mediaUrl}.
This computer only: an n8n in a container reaches it when it shares the network of the host
(docker run --network host …).

A prompt with [blocked] is refused by moderation, one with [fails] fails at the end.
State: GET ${new URL('/_sandbox', sandbox.baseUrl)}. Stop with Ctrl-C.
`);

process.once('SIGINT', () => void sandbox.close());
process.once('SIGTERM', () => void sandbox.close());

function describe({ host, method, path, status, hadAuthorization }: JournalEntry): string {
	const key = hadAuthorization ? 'with key' : 'no key';
	return `${host.padEnd(5)} ${method.padEnd(6)} ${status ?? 'cut'} ${path} (${key})`;
}
