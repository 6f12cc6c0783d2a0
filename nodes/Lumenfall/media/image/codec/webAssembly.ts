/**
 * The part of the WebAssembly interface that is used here. The build does not include the browser's type definitions.
 */

export type WasmModule = { readonly __module: never };

/** What every instance exports. */
export interface WasmExports {
	memory: { buffer: ArrayBuffer };
}

interface Import {
	module: string;
	name: string;
}

declare const WebAssembly: {
	compile(bytes: ArrayBuffer): Promise<WasmModule>;
	instantiate(module: WasmModule, imports: object): Promise<{ exports: unknown }>;
	Module: { imports(module: WasmModule): Import[] };
};

/** Compiles a module. No code of it runs. */
export const compile = async (bytes: ArrayBuffer) => await WebAssembly.compile(bytes);

/**
 * Creates an instance that can only compute: each imported function throws. (The module imports some for images of a
 * web page, and for its panic handler.) The only exception is the initialization of the table of external objects,
 * which stays empty.
 */
export async function instantiate<Exports extends WasmExports>(
	module: WasmModule,
): Promise<Exports> {
	const imports: Record<string, Record<string, () => void>> = {};
	for (const { module: from, name } of WebAssembly.Module.imports(module)) {
		imports[from] ??= {};
		imports[from][name] = () => {
			if (name !== '__wbindgen_init_externref_table') throw new Error(`No ${name} here`);
		};
	}
	return (await WebAssembly.instantiate(module, imports)).exports as Exports;
}
