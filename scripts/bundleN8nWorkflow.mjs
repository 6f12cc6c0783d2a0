/**
 * Writes node_modules/.cache/n8n-workflow.cjs: the whole of n8n-workflow in one file, for the unit tests.
 *
 * Jest loads every module anew for each test file. n8n-workflow has about 700 files, and loading them takes longer than
 * most tests. The code is unchanged; the tests in n8n's engine load the package itself.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');

buildSync({
	entryPoints: [createRequire(import.meta.url).resolve('n8n-workflow')],
	outfile: join(root, 'node_modules/.cache/n8n-workflow.cjs'),
	bundle: true,
	platform: 'node',
	format: 'cjs',
	keepNames: true,
	logLevel: 'error',
});
