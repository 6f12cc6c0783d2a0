import config from '../jest.config.mjs';

const [unit] = config.projects;

/** One test file for the mutation run. */
export default {
	...unit,
	testMatch: ['<rootDir>/test/mutation/*.test.mts'],
};
