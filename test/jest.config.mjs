import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const testFolder = dirname(fileURLToPath(import.meta.url));
const rootDir = dirname(testFolder);

const shared = {
	rootDir,
	// swc only strips types here; `npm run typecheck` is what checks them.
	transform: {
		'\\.m?ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	moduleFileExtensions: ['ts', 'mts', 'mjs', 'js', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache'],
};

/** `unit` runs pure code; the others need the native doors of `nativeEnvironment.mjs`. */
export default {
	rootDir,
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.mts'] },
		...['sandbox', 'engine', 'package'].map((displayName) => ({
			...shared,
			displayName,
			testEnvironment: join(testFolder, 'support/nativeEnvironment.mjs'),
			testMatch: [`<rootDir>/test/${displayName}/**/*.test.mts`],
		})),
	],
	testTimeout: 60_000,
};
