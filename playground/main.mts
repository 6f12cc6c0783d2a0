/**
 * Runs a real n8n for trying out: with the packed package, a sandbox that renders real videos, a credential, and every
 * example. Runs until Ctrl-C. Changes in n8n are kept for the next start.
 */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { flagsOrExit } from '../sandbox/commandLine.mts';
import { createSandbox } from '../sandbox/createSandbox.mts';
import { createInstance } from '../instance/createInstance.mts';
import { isFree } from '../instance/freePort.mts';
import { installMissing } from '../instance/install.mts';
import { OWNER, setUpOwner } from '../instance/owner.mts';
import { NEWEST } from '../instance/versions.mts';
import { serveImage } from './serveImage.mts';
import { importExamples } from './examples.mts';
import { readFlags, USAGE, type Flags } from './flags.mts';

const JOB_SECONDS = 12;

const flags = flagsOrExit(
	() => readFlags(process.argv.slice(2), process.env.LUMENFALL_API_KEY),
	USAGE,
);
const { reset, port, server } = flags;
const folder = resolve(flags.folder ?? join(import.meta.dirname, '../.cache/playground'));
if (reset) await rm(folder, { recursive: true, force: true });

// Both URLs are part of saved workflows, so the ports must not change.
const imagePort = port + 1;
for (const needed of [port, imagePort]) {
	if (await isFree(needed)) continue;
	console.error(`Port ${needed} is in use. Choose another with --port.`);
	process.exit(1);
}

await installMissing([NEWEST]);
const target = server ?? (await createSandbox({ jobSeconds: JOB_SECONDS }));
const imageUrl = await serveImage(imagePort);

console.log(`Starting n8n ${NEWEST}…`);
const instance = await createInstance({ version: NEWEST, env: publicUrl(), folder, port });
await instance.start();
const api = await setUpOwner(NEWEST, instance.url);
const { baseUrl, apiKey } = target;
const lumenfallApi = await api.setCredential('Lumenfall account', 'lumenfallApi', {
	baseUrl,
	apiKey,
	server: isLumenfall(server) ? 'lumenfall' : 'openAiCompatible',
});
const imported = await importExamples(api, {
	n8nUrl: instance.url,
	imageUrl,
	credentials: { lumenfallApi },
});

console.log(`
n8n is ready${imported > 0 ? `, with ${imported} example workflows` : ''}.

  Open       ${instance.url}
  Email      ${OWNER.email}
  Password   ${OWNER.password}

The credential 'Lumenfall account' uses ${server ? `${baseUrl}. Videos are charged.` : `a sandbox, which costs nothing: ${baseUrl}`}
Your workflows are kept in ${folder}. To remove them, start with --reset.
To stop, press Ctrl-C.
`);

/** The sandbox behaves like Lumenfall. */
function isLumenfall(other: Flags['server']): boolean {
	return !other || new URL(other.baseUrl).hostname.endsWith('lumenfall.ai');
}

/** A real server can only call n8n at a public URL, such as that of a tunnel. */
function publicUrl(): Record<string, string> {
	const { WEBHOOK_URL } = process.env;
	return WEBHOOK_URL ? { WEBHOOK_URL } : {};
}
