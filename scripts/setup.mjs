/** Installs what a new clone is missing, and nothing that is already installed. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyManifests, installOnce } from './installOnce.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

installOnce(root, 'the development tools');
for (const core of ['n8n-1', 'n8n-2']) {
	const folder = join(root, '.cache', core);
	copyManifests(join(root, 'engine/cores', core), folder);
	installOnce(folder, `the ${core} core`);
}

// The type checker and the unit tests read these files, also if nothing has been built yet.
await import('./makeCodec.mjs');
await import('./bundleN8nWorkflow.mjs');
