import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withNativeDoors } from '../jest.config.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

/** Real n8n servers in real time: not part of `npm test`, since it installs them first. */
export default {
	...withNativeDoors('e2e'),
	testEnvironment: join(folder, 'storyEnvironment.mjs'),
	globalSetup: join(folder, 'globalSetup.mjs'),
	globalTeardown: join(folder, 'globalTeardown.mjs'),
	reporters: ['default', join(folder, '../support/closingLine.mjs')],
	testTimeout: 300_000,
	maxWorkers: 2,
};
