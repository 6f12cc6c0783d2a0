import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const testFolder = dirname(fileURLToPath(import.meta.url));
const rootDir = dirname(testFolder);

const guarded = ['create', 'wait', 'run', 'parameters'].map((name) => `nodes/Lumenfall/${name}`);

const shared = {
	rootDir,
	// swc only strips types here; `npm run typecheck` is what checks them.
	transform: {
		'\\.m?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	moduleFileExtensions: ['ts', 'mts', 'mjs', 'js', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
};

export const withNativeDoors = (displayName, testEnvironmentOptions = {}) => ({
	...shared,
	displayName,
	testEnvironment: join(testFolder, 'support/nativeEnvironment.mjs'),
	testEnvironmentOptions,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
});

/** `unit` runs pure code; the others load real parts through the doors of `nativeEnvironment.mjs`. */
export default {
	rootDir,
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.mts'] },
		withNativeDoors('sandbox'),
		withNativeDoors('engine', { timeFactor: 20 }),
		withNativeDoors('faults', { timeFactor: 60 }),
		withNativeDoors('package'),
	],
	// The folders that decide over money and over what a user gets. Measured with `--coverage`, as `npm test` does.
	collectCoverageFrom: guarded.map((folder) => `${folder}/**/*.ts`),
	coverageThreshold: Object.fromEntries(
		guarded.map((folder) => [`./${folder}/`, { lines: 90, branches: 80 }]),
	),
	coverageReporters: ['text-summary'],
	// Most of the time is waiting, so two share a core well; more would make compressed time jumpy.
	maxWorkers: 2,
	reporters: ['default', join(testFolder, 'support/closingLine.mjs')],
	// Far beyond what any test takes: a busy machine makes tests slow, never wrong.
	testTimeout: 240_000,
};
