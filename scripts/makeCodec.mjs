/**
 * Writes nodes/Lumenfall/media/image/codec/photon.json: the unchanged WebAssembly file of the image codec, from the
 * pinned devDependency, with its license and its hash. The file is generated before each build and is not kept in git.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules/@cf-wasm/photon');
const file = 'dist/lib/photon_rs_bg.wasm';

const { name, version, license, homepage } = JSON.parse(
	readFileSync(join(folder, 'package.json'), 'utf8'),
);
const wasm = readFileSync(join(folder, file));

const codec = {
	about: 'Written by scripts/makeCodec.mjs. The WebAssembly file of the package below, unchanged.',
	name,
	version,
	homepage,
	file,
	bytes: wasm.length,
	sha256: createHash('sha256').update(wasm).digest('hex'),
	license,
	licenseText: readFileSync(join(folder, 'LICENSE.md'), 'utf8'),
	gzipBase64: gzipSync(wasm, { level: 9 }).toString('base64'),
};

writeFileSync(
	join(root, 'nodes/Lumenfall/media/image/codec/photon.json'),
	`${JSON.stringify(codec, null, '\t')}\n`,
);
