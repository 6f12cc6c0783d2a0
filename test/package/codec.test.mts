import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const read = (path: string) => readFileSync(join(process.cwd(), path));
const codec = JSON.parse(read('nodes/Lumenfall/media/codec/photon.json').toString());
const folder = `node_modules/${codec.name}`;

describe('the picture codec in the source', () => {
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

	test('is not even read where no picture is fitted', () => {
		const script = `require('./dist/nodes/Lumenfall/Lumenfall.node.js'); process.stdout.write(Object.keys(require.cache).join())`;
		const loaded = execFileSync(process.execPath, ['-e', script]).toString();
		expect(loaded).toContain('fitPicture.js');
		expect(loaded).not.toContain('photon.json');
	});
});
