import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withNativeModules } from '../jest.config.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

/** Tests on real n8n servers in real time. Not part of `npm test`, because they install the servers first. */
export default {
	...withNativeModules('e2e'),
	testEnvironment: join(folder, 'storyEnvironment.mjs'),
	globalSetup: join(folder, 'globalSetup.mjs'),
	globalTeardown: join(folder, 'globalTeardown.mjs'),
	reporters: ['default', join(folder, '../support/closingLine.mjs')],
	testTimeout: 300_000,
	maxWorkers: 2,
};
