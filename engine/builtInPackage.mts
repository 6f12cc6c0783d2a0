import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Core } from './core.mts';
import type { InstalledPackage } from './installedPackage.mts';
import { inScope, type EngineScope } from './scope.mts';

/** The library that a package must share with the engine: `instanceof NodeApiError` compares classes. */
const SHARED = 'n8n-workflow';

/**
 * Opens a package of n8n's own in its folder, with its own libraries. As in n8n, loads each node or credential at its
 * first use, because such a package has hundreds of them.
 */
export async function openBuiltInPackage(
	core: Core,
	scope: EngineScope,
	folder: string,
): Promise<InstalledPackage> {
	assertShared(core, folder);
	const loader = new core.n8nCore.LazyPackageDirectoryLoader(folder);
	// n8n's loader uses the logger of the nodes. Its log entries are not theirs, so they are dropped.
	await inScope({ ...scope, onLog: () => {} }, async () => await loader.loadAll());
	return { name: loader.packageName, loader };
}

function assertShared(core: Core, folder: string) {
	const manifest = `${SHARED}/package.json`;
	const found = createRequire(join(folder, 'package.json')).resolve(manifest);
	if (found !== join(core.packageFolder(SHARED), 'package.json')) {
		throw new Error(`${folder} has an ${SHARED} of its own instead of the one of ${core.name}`);
	}
}
