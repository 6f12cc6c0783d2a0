import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import config, { withNativeModules } from '../jest.config.mjs';

const e2e = join(dirname(fileURLToPath(import.meta.url)), '../e2e');

/**
 * What people see in a real browser, which the commands provide first. `browser`: the page of a comparison and a joined
 * video (`npm run test:browser`). `editor`: the node in the editor of real n8n servers (`npm run test:editor`).
 */
export default {
	...config,
	projects: [
		withNativeModules('browser', { timeFactor: 20 }),
		{
			...withNativeModules('editor'),
			testEnvironment: join(e2e, 'storyEnvironment.mjs'),
			globalSetup: join(e2e, 'globalSetup.mjs'),
			globalTeardown: join(e2e, 'globalTeardown.mjs'),
		},
	],
};
