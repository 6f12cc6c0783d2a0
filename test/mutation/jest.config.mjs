import config from '../jest.config.mjs';

const [unit] = config.projects;

/** One test file for the mutation run, with n8n's module as one file: see stryker.config.mjs. */
export default {
	...unit,
	testMatch: ['<rootDir>/test/mutation/*.test.mts'],
	moduleNameMapper: { '^n8n-workflow$': '<rootDir>/node_modules/.cache/n8n-workflow.cjs' },
};
