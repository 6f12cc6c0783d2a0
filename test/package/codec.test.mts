import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const read = (path: string) => readFileSync(join(process.cwd(), path));
const codec = JSON.parse(read('dist/nodes/Lumenfall/media/image/codec/photon.json').toString());
const folder = `node_modules/${codec.name}`;

describe('the image codec in the package', () => {
	test('is the file of the package it names, byte by byte', () => {
		const wasm = gunzipSync(Buffer.from(codec.gzipBase64, 'base64'));
		expect(wasm.equals(read(join(folder, codec.file)))).toBe(true);
		expect(wasm.length).toBe(codec.bytes);
		expect(createHash('sha256').update(wasm).digest('hex')).toBe(codec.sha256);
	});

	test('is of the exact version that the manifest names, and carries its licence', () => {
		const manifest = JSON.parse(read('package.json').toString());
		const { version, license } = JSON.parse(read(`${folder}/package.json`).toString());
		expect(manifest.devDependencies[codec.name]).toBe(codec.version);
		expect([version, license]).toEqual([codec.version, codec.license]);
		expect(codec.licenseText).toBe(read(`${folder}/LICENSE.md`).toString());
	});

	test('is made by the build and not kept in git', () => {
		const known = execFileSync('git', ['ls-files', 'nodes/Lumenfall/media/image/codec']).toString();
		expect(known).toContain('photonModule.ts');
		expect(known).not.toContain('photon.json');
	});

	test('is not even read where no image is fitted', () => {
		const script = `require('./dist/nodes/Lumenfall/Lumenfall.node.js'); process.stdout.write(Object.keys(require.cache).join())`;
		const loaded = execFileSync(process.execPath, ['-e', script]).toString();
		expect(loaded).toContain('fitImage.js');
		expect(loaded).not.toContain('photon.json');
	});
});
