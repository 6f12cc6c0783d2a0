import photon from './photon.json';
import { compile, type WasmModule } from './webAssembly';

/** Unpacks and compiles the module. In its own file, so that the module is only loaded when an image needs it. */
export async function compilePhoton(): Promise<WasmModule> {
	const packed = new Blob([Buffer.from(photon.gzipBase64, 'base64')]);
	const unpacked = packed.stream().pipeThrough(new DecompressionStream('gzip'));
	return await compile(await new Response(unpacked).arrayBuffer());
}
