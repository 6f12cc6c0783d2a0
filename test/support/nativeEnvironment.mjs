import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TestEnvironment } from 'jest-environment-node';
import { register } from 'tsx/esm/api';
import { compressTime } from './compressedTime.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
register();

/**
 * Gives tests access to modules that Node itself loads, outside jest's module registry.
 *
 * n8n-core, the sandbox and its native encoder must run as they do outside of tests. Jest's registry would load
 * thousands of files again per test file, and cannot combine ES modules and native addons. With
 * `testEnvironmentOptions.timeFactor`, these modules run in compressed time; the tests themselves do not.
 */
export default class NativeEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.timeFactor = config.projectConfig.testEnvironmentOptions.timeFactor;
	}

	async setup() {
		await super.setup();
		this.global.importNative = async (path) =>
			await import(path.startsWith('.') ? pathToFileURL(join(root, path)).href : path);
		if (this.timeFactor) this.realTime = compressTime(this.timeFactor);
	}

	/** Restores real time before jest reads the clock for its report. */
	async handleTestEvent({ name }) {
		if (name === 'run_finish') this.realTime?.();
	}
}
