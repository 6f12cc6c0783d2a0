import js from '@eslint/js';
import { globalIgnores } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The rules for everything that is not shipped. Shipped code has n8n's own config, eslint.config.mjs, which strict mode
 * requires unchanged.
 */

/** Rules that need type information. */
const typeAware = {
	'@typescript-eslint/await-thenable': 'error',
	'@typescript-eslint/no-array-delete': 'error',
	'@typescript-eslint/no-floating-promises': 'error',
	'@typescript-eslint/no-for-in-array': 'error',
	'@typescript-eslint/no-implied-eval': 'error',
	'@typescript-eslint/no-misused-promises': 'error',
	'@typescript-eslint/no-redundant-type-constituents': 'error',
	'@typescript-eslint/no-unnecessary-type-assertion': 'error',
	'@typescript-eslint/only-throw-error': 'error',
	'@typescript-eslint/prefer-promise-reject-errors': 'error',
	'@typescript-eslint/restrict-plus-operands': 'error',
};

/** Not for tests, because `JSON.parse` and jest's matchers return `any`, and tests compare these values. */
const noLooseValues = {
	'@typescript-eslint/no-base-to-string': 'error',
	'@typescript-eslint/no-unsafe-argument': 'error',
	'@typescript-eslint/no-unsafe-assignment': 'error',
	'@typescript-eslint/no-unsafe-call': 'error',
	'@typescript-eslint/no-unsafe-member-access': 'error',
	'@typescript-eslint/no-unsafe-return': 'error',
	'@typescript-eslint/restrict-template-expressions': 'error',
};

/** Not for scripts that run from top to bottom: their variables are no constants of a module. */
const constantNames = {
	'@typescript-eslint/naming-convention': [
		'error',
		{
			selector: 'variable',
			modifiers: ['const', 'global'],
			types: ['number', 'string', 'boolean'],
			format: ['UPPER_CASE'],
		},
	],
};

/** Finds tests that are skipped, run alone or assert nothing. */
const testRules = {
	'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
	'jest/no-commented-out-tests': 'error',
	'jest/no-disabled-tests': 'error',
	'jest/no-focused-tests': 'error',
	'jest/no-identical-title': 'error',
	'jest/no-standalone-expect': 'error',
	'jest/valid-describe-callback': 'error',
	'jest/valid-expect': 'error',
	'jest/valid-expect-in-promise': 'error',
	'jest/valid-title': 'error',
};

export default tseslint.config(
	globalIgnores(['dist', '.cache', 'nodes', 'credentials', 'demo/output']),
	{ linterOptions: { noInlineConfig: true } },
	{ ...js.configs.recommended, languageOptions: { globals: globals.node } },
	{
		files: ['**/*.mts'],
		extends: [tseslint.configs.recommended],
		languageOptions: {
			parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			...typeAware,
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ varsIgnorePattern: '^_$', argsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
		},
	},
	{ files: ['**/*.mts'], ignores: ['test/**'], rules: noLooseValues },
	{ files: ['**/*.mts'], ignores: ['test/**', '**/main.mts'], rules: constantNames },
	{ files: ['test/**/*.test.mts'], plugins: { jest }, rules: testRules },
);
