import config from './jest.config.mjs';

const [unit] = config.projects;

/**
 * The unit tests of the code that the mutation run changes, as one project, so that it can select them test by test.
 */
export default { ...unit, testMatch: ['<rootDir>/test/unit/{create,job,wait}/**/*.test.mts'] };
