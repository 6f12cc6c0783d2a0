import { flagsOrExit } from './commandLine.mts';
import { createSandbox, type JournalEntry } from './createSandbox.mts';
import { readFlags, usage } from './flags.mts';

const options = flagsOrExit(() => readFlags(process.argv.slice(2)), usage);
const sandbox = await createSandbox(options);
sandbox.onRequest((entry) => console.log(describe(entry)));

// For openrouter.ai itself, the credential detects this by the URL.
const requestFields = options.dialect === 'openrouter' ? '\n  Request Format  OpenRouter' : '';

console.log(`
A video gateway that costs nothing is listening. In n8n, create a credential "Lumenfall API" with

  Base URL   ${sandbox.baseUrl}
  API Key    ${sandbox.apiKey}
  Server     ${options.dialect === 'lumenfall' ? 'Lumenfall' : 'OpenAI Compatible'}${requestFields}

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
Other servers, a short credit, slow models: npm run sandbox -- --help
`);

process.once('SIGINT', () => void sandbox.close());
process.once('SIGTERM', () => void sandbox.close());

function describe({ host, method, path, status, hadAuthorization }: JournalEntry): string {
	const key = hadAuthorization ? 'with key' : 'no key';
	return `${host.padEnd(5)} ${method.padEnd(6)} ${status ?? 'cut'} ${path} (${key})`;
}
