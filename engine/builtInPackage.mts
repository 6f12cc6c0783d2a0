import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Core } from './core.mts';
import type { InstalledPackage } from './installedPackage.mts';
import { inScope, type EngineScope } from './scope.mts';

/** What a package must share with the engine that runs its nodes: `instanceof NodeApiError` compares classes. */
const shared = 'n8n-workflow';

/**
 * Opens a package of n8n's own where it lies, among its own libraries. As in n8n, a node or credential of it is
 * loaded when it is first asked for: such a package has hundreds.
 */
export async function openBuiltInPackage(
	core: Core,
	scope: EngineScope,
	folder: string,
): Promise<InstalledPackage> {
	assertShared(core, folder);
	const loader = new core.n8nCore.LazyPackageDirectoryLoader(folder);
	// n8n's loader logs through the logger nodes use; those lines are not theirs.
	await inScope({ ...scope, onLog: () => {} }, async () => await loader.loadAll());
	return { name: loader.packageName, loader };
}

function assertShared(core: Core, folder: string) {
	const manifest = `${shared}/package.json`;
	const found = createRequire(join(folder, 'package.json')).resolve(manifest);
	if (found !== join(core.packageFolder(shared), 'package.json')) {
		throw new Error(`${folder} has an ${shared} of its own instead of the one of ${core.name}`);
	}
}
