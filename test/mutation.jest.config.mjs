import config from './jest.config.mjs';

const [unit] = config.projects;

/** The unit tests of what the mutation run changes, as one project: so it can follow them test by test. */
export default { ...unit, testMatch: ['<rootDir>/test/unit/{create,job,wait}/**/*.test.mts'] };
