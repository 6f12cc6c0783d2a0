import photon from './photon.json';
import { compile, type WasmModule } from './webAssembly';

/** Unpacks and compiles the module. In a file of its own, so that nothing of it is read before an image needs it. */
export async function compilePhoton(): Promise<WasmModule> {
	const packed = new Blob([Buffer.from(photon.gzipBase64, 'base64')]);
	const unpacked = packed.stream().pipeThrough(new DecompressionStream('gzip'));
	return await compile(await new Response(unpacked).arrayBuffer());
}
