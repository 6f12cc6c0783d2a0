/** The few words of the WebAssembly interface that are needed; the build has no types of browsers. */

export type WasmModule = { readonly __module: never };

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

export const compile = async (bytes: ArrayBuffer) => await WebAssembly.compile(bytes);

/**
 * Makes an instance that can compute and nothing else: each function it could ask the outside for throws. (The module
 * knows some for the images of a web page, and for its own last words.) Only the table of outside objects, which
 * stays empty, may be prepared.
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
