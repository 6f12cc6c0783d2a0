import { parseArgs } from 'node:util';
import { createSandbox, type DialectName, type JournalEntry } from './createSandbox.mts';
import { dialects } from './dialects/index.mts';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		'media-port': { type: 'string', default: '0' },
		dialect: { type: 'string', default: 'lumenfall' },
		'job-seconds': { type: 'string', default: '6' },
		speed: { type: 'string', default: '1' },
	},
});
if (!Object.hasOwn(dialects, values.dialect)) {
	const names = Object.keys(dialects).join(', ');
	throw new Error(`--dialect is one of ${names}, not '${values.dialect}'`);
}

const sandbox = await createSandbox({
	port: Number(values.port),
	mediaPort: Number(values['media-port']),
	dialect: values.dialect as DialectName,
	jobSeconds: Number(values['job-seconds']),
	speed: Number(values.speed),
});
sandbox.onRequest((entry) => console.log(describe(entry)));

// What the credential finds out by itself at openrouter.ai.
const requestFields = values.dialect === 'openrouter' ? '\n  Request Fields  OpenRouter' : '';

console.log(`
A video gateway that costs nothing is listening. In n8n, create a credential "Lumenfall API" with

  Base URL   ${sandbox.baseUrl}
  API Key    ${sandbox.apiKey}
  Server     ${values.dialect === 'lumenfall' ? 'Lumenfall' : 'OpenAI Compatible'}${requestFields}

Finished files are served from ${sandbox.mediaUrl}.
This computer only: an n8n in a container reaches it when it shares the network of the host
(docker run --network host …).

A delivery for the test address of a Lumenfall Trigger, or for any other address on this computer (lumenfall only):
  curl ${new URL('/_sandbox/deliver', sandbox.baseUrl)} -H 'content-type: application/json' \\
    -d '{"url": "http://localhost:5678/webhook-test/…/video", "type": "video.completed"}'

A prompt with [blocked] is refused by moderation, one with [fails] fails at the end.
A model can be switched off: POST {"id": "sora-2", "state": "retired"} (or disabled, present)
to ${new URL('/_sandbox/models', sandbox.baseUrl)}.
State: GET ${new URL('/_sandbox', sandbox.baseUrl)}. Stop with Ctrl-C.
`);

process.once('SIGINT', () => void sandbox.close());
process.once('SIGTERM', () => void sandbox.close());

function describe({ host, method, path, status, hadAuthorization }: JournalEntry): string {
	const key = hadAuthorization ? 'with key' : 'no key';
	return `${host.padEnd(5)} ${method.padEnd(6)} ${status ?? 'cut'} ${path} (${key})`;
}
