import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import e2e from '../e2e/jest.config.mjs';

/** Queue mode, the same way. One file at a time: each brings up a whole cluster. */
export default {
	...e2e,
	displayName: 'queue',
	testMatch: ['<rootDir>/test/queue/**/*.test.mts'],
	globalSetup: join(dirname(fileURLToPath(import.meta.url)), 'globalSetup.mjs'),
	globalTeardown: undefined,
	testTimeout: 1_200_000,
	maxWorkers: 1,
};
