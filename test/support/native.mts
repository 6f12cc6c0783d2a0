declare global {
	var importNative: (path: string) => Promise<unknown>;
}

/**
 * Loads a module with Node itself, outside jest's module registry.
 * @param path a file from the repository root ('./sandbox/createSandbox.mts') or a package name
 */
export async function native<Module>(path: string): Promise<Module> {
	return (await globalThis.importNative(path)) as Module;
}
