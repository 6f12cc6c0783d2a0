import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const testFolder = dirname(fileURLToPath(import.meta.url));
const rootDir = dirname(testFolder);

// The AV1 encoder otherwise prints its settings for every clip.
process.env.SVT_LOG ??= '1';

const shared = {
	rootDir,
	// swc only removes the types; `npm run typecheck` checks them.
	transform: {
		'\\.m?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	moduleFileExtensions: ['ts', 'mts', 'mjs', 'js', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
};

export const withNativeModules = (displayName, testEnvironmentOptions = {}) => ({
	...shared,
	displayName,
	testEnvironment: join(testFolder, 'support/nativeEnvironment.mjs'),
	testEnvironmentOptions,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
});

/** `unit` tests pure code. The other projects load real parts through `nativeEnvironment.mjs`. */
export default {
	rootDir,
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/unit/**/*.test.mts'],
			// Jest looks up each global of a module in a sandbox, which is slow. These are looked up once per module.
			sandboxInjectedGlobals: [
				'Array',
				'Error',
				'JSON',
				'Map',
				'Math',
				'Number',
				'Object',
				'Promise',
				'RegExp',
				'Set',
				'String',
				'Symbol',
			],
			moduleNameMapper: { '^n8n-workflow$': '<rootDir>/node_modules/.cache/n8n-workflow.cjs' },
		},
		withNativeModules('sandbox'),
		withNativeModules('engine', { timeFactor: 20 }),
		withNativeModules('faults', { timeFactor: 60 }),
		withNativeModules('servers', { timeFactor: 60 }),
		withNativeModules('fuzz', { timeFactor: 120 }),
		withNativeModules('joining'),
		withNativeModules('package'),
	],
	// The tests mostly wait, so two of them share a core well. With more, compressed time would become irregular.
	maxWorkers: 2,
	reporters: ['default', join(testFolder, 'support/closingLine.mjs')],
	// Much longer than any test takes: a busy machine makes tests slow, but must not make them fail.
	testTimeout: 240_000,
};
