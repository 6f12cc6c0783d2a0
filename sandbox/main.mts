import { flagsOrExit } from './commandLine.mts';
import { createSandbox, type JournalEntry } from './createSandbox.mts';
import { readFlags, USAGE } from './flags.mts';

const options = flagsOrExit(() => readFlags(process.argv.slice(2)), USAGE);
const sandbox = await createSandbox(options);
sandbox.onRequest((entry) => console.log(describe(entry)));

// For openrouter.ai itself, the credential detects this by the URL.
const requestFields = options.dialect === 'openrouter' ? '\n  Request Format  OpenRouter' : '';

console.log(`
The sandbox is running. It costs nothing. In n8n, create a credential "Lumenfall API" with

  Base URL   ${sandbox.baseUrl}
  API Key    ${sandbox.apiKey}
  Server     ${options.dialect === 'lumenfall' ? 'Lumenfall' : 'OpenAI Compatible'}${requestFields}

Finished files are at ${sandbox.mediaUrl}.
Only this computer can reach the sandbox. If n8n runs in a container, share the network of the host
(docker run --network host …).

To send a webhook call to the test URL of a Lumenfall Trigger on this computer (lumenfall and openrouter only):
  curl ${new URL('/_sandbox/deliver', sandbox.baseUrl)} -H 'content-type: application/json' \\
    -d '{"url": "http://localhost:5678/webhook-test/…/video", "type": "video.completed"}'

A prompt with [blocked] is refused by moderation. A video with [fails] in its prompt fails at the end.
To switch a model off, POST {"id": "sora-2", "state": "retired"} (or disabled, present)
to ${new URL('/_sandbox/models', sandbox.baseUrl)}.
To see all videos and requests, GET ${new URL('/_sandbox', sandbox.baseUrl)}. To stop, press Ctrl-C.
For other servers, a low balance and slow models: npm run sandbox -- --help
`);

process.once('SIGINT', () => void sandbox.close());
process.once('SIGTERM', () => void sandbox.close());

function describe({ host, method, path, status, hadAuthorization }: JournalEntry): string {
	const key = hadAuthorization ? 'with key' : 'no key';
	return `${host.padEnd(5)} ${method.padEnd(6)} ${status ?? 'cut'} ${path} (${key})`;
}
