import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as N8nWorkflow from 'n8n-workflow';
import type * as BackendCommon from '../.cache/n8n-2/node_modules/@n8n/backend-common';
import type * as Di from '../.cache/n8n-2/node_modules/@n8n/di';
import type * as N8nCore from '../.cache/n8n-2/node_modules/n8n-core';
import type * as SshClients from '../.cache/n8n-2/node_modules/n8n-core/dist/execution-engine/ssh-clients-manager';
import { scopedLogger, scopedSingleton, silentLogger } from './scope.mts';
import type { CoreName } from './types.mts';
import { createDeduplicator } from './deduplication.mts';

/** One installed n8n engine, with the types of the newer one. Callers handle the differences of the older one. */
export interface Core {
	name: CoreName;
	version: string;
	n8nCore: typeof N8nCore;
	n8nWorkflow: typeof N8nWorkflow;
	container: typeof Di.Container;
	/** n8n's own settings of its binary store, as a base for others. */
	binaryConfig: N8nCore.BinaryDataConfig;
	/** Returns the folder of a package as n8n itself would find it. */
	packageFolder(packageName: string): string;
}

const loaded = new Map<CoreName, Core>();

/** Loads an engine once per process. Both generations can be loaded at the same time. */
export function loadCore(name: CoreName): Core {
	const core = loaded.get(name) ?? loadFromDisk(name);
	loaded.set(name, core);
	return core;
}

function loadFromDisk(name: CoreName): Core {
	const coresFolder = fileURLToPath(new URL('../.cache', import.meta.url));
	const fromInstall = createRequire(join(coresFolder, name, 'package.json'));
	const fromN8nCore = createRequire(resolveEntry(fromInstall, name));
	const fromN8nWorkflow = createRequire(fromN8nCore.resolve('n8n-workflow'));

	return withTemporaryHome(() => {
		const n8nCore = fromInstall('n8n-core') as typeof N8nCore;
		const n8nWorkflow = fromN8nCore('n8n-workflow') as typeof N8nWorkflow;
		const { Container } = fromN8nCore('@n8n/di') as typeof Di;
		const { Logger } = fromN8nCore('@n8n/backend-common') as typeof BackendCommon;
		const manifest = fromInstall('n8n-core/package.json') as { version: string };

		// Must come first: anything that is created earlier would use n8n's console logger.
		Container.set(Logger, silentLogger as never);
		n8nWorkflow.LoggerProxy.init(silentLogger);
		Container.get(n8nCore.ErrorReporter);
		const binaryConfig = Container.get(n8nCore.BinaryDataConfig);

		// n8n 1.x has a clean-up timer for SSH tunnels that would keep the process alive.
		const { SSHClientsManager } = fromN8nCore(
			'./execution-engine/ssh-clients-manager',
		) as typeof SshClients;
		Container.get(SSHClientsManager).onShutdown();

		Container.set(Logger, scopedLogger as never);
		Container.set(n8nCore.BinaryDataConfig, scopedSingleton('binaryConfig'));
		Container.set(n8nCore.BinaryDataService, scopedSingleton('binaryStore'));

		void n8nCore.DataDeduplicationService.init(createDeduplicator());

		return {
			name,
			version: manifest.version,
			n8nCore,
			n8nWorkflow,
			container: Container,
			binaryConfig,
			packageFolder: (packageName) =>
				dirname(fromN8nWorkflow.resolve(`${packageName}/package.json`)),
		};
	});
}

function resolveEntry(fromInstall: NodeJS.Require, name: CoreName): string {
	try {
		return fromInstall.resolve('n8n-core');
	} catch (cause) {
		throw new Error(`The ${name} engine is not installed: run "npm run setup"`, { cause });
	}
}

/**
 * Runs the action with an empty home folder. n8n reads its settings once, on first use, and creates a settings file in
 * the user's home. With an empty home, it does not see or change a real n8n on this machine.
 */
function withTemporaryHome<Result>(action: () => Result): Result {
	const home = mkdtempSync(join(tmpdir(), 'n8n-engine-home-'));
	const before = process.env.N8N_USER_FOLDER;
	process.env.N8N_USER_FOLDER = home;
	try {
		return action();
	} finally {
		if (before === undefined) delete process.env.N8N_USER_FOLDER;
		else process.env.N8N_USER_FOLDER = before;
		rmSync(home, { recursive: true, force: true });
	}
}
