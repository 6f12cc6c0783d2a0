import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBinaryStore } from './binary.mts';
import { openBuiltInPackage } from './builtInPackage.mts';
import { loadCore } from './core.mts';
import { EngineCredentials } from './credentials.mts';
import { installPackage, unloadPackage } from './installedPackage.mts';
import { listSearch } from './listSearch.mts';
import { receive } from './liveWebhooks.mts';
import { createNodeTypes } from './nodeTypes.mts';
import { activate } from './polling.mts';
import { deliver, resumeByDeadline } from './resumeWaiting.mts';
import { startRetry, startWorkflow, type EngineParts } from './runWorkflow.mts';
import type { EngineScope } from './scope.mts';
import { testCredential } from './testCredential.mts';
import type { Engine, EngineOptions } from './types.mts';

export type * from './types.mts';

const REPOSITORY_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Creates an engine: n8n's real workflow engine in this process, with a built node package. */
export async function createEngine({
	core: coreName = 'n8n-2',
	packageFolder = REPOSITORY_ROOT,
	builtInFolders = [],
	binaryMode = 'filesystem',
	webhookUrl,
	credentials: values = {},
	onLog = () => {},
}: EngineOptions = {}): Promise<Engine> {
	const core = loadCore(coreName);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-engine-'));
	const removeFolder = async () => await rm(folder, { recursive: true, force: true });

	try {
		const store = await createBinaryStore(core, binaryMode, join(folder, 'binary'));
		const scope: EngineScope = { onLog, ...store };
		const installed = await installPackage(core, scope, packageFolder);
		const packages = [installed];
		for (const builtIn of builtInFolders) {
			packages.push(await openBuiltInPackage(core, scope, builtIn));
		}
		const parts: EngineParts = {
			core,
			scope,
			nodeTypes: createNodeTypes(core, packages),
			credentials: new EngineCredentials(core, packages, values),
			webhookUrl,
		};

		return {
			core: { name: core.name, version: core.version },
			start: (workflow, options = {}) => startWorkflow(parts, workflow, options),
			run: async (workflow, options = {}) => await startWorkflow(parts, workflow, options).result,
			async retry(failed, { workflow, ...options } = {}) {
				return await startRetry(parts, failed, workflow, options).result;
			},
			deliver: async (suspended, call) => await deliver(parts, suspended, call),
			resumeByDeadline: async (suspended) => await resumeByDeadline(parts, suspended).result,
			receive: async (...called) => await receive(parts, ...called),
			activate: async (workflow) => await activate(parts, workflow),
			listSearch: async (...search) => await listSearch(parts, ...search),
			testCredential: async (...test) => await testCredential(parts, ...test),
			readBinary: async (data) => await store.binaryStore.getAsBuffer(data),
			async readSignedUrl(url) {
				const token = new URL(url).searchParams.get('token') ?? '';
				const id = store.binaryStore.validateSignedToken(token);
				return await store.binaryStore.getAsBuffer({ id, data: '', mimeType: '' });
			},
			binaryPath: ({ id }) => (id ? store.binaryStore.getPath(id) : undefined),
			async close() {
				unloadPackage(installed);
				await removeFolder();
			},
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}
