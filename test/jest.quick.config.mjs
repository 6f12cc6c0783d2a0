import config from './jest.config.mjs';

/** The folders that decide over cost and over the output. Their tests run apart, with the coverage measured. */
const GUARDED = ['create', 'wait', 'run', 'parameters'];
/** It runs thousands of forms, which takes too long while each line is counted. */
const UNMEASURED = 'everyField.test.mts';

const project = (name) => config.projects.find(({ displayName }) => displayName === name);

/** What `npm test` runs. A file of `test/unit` is in exactly one of the first two projects. */
export default {
	...config,
	projects: [
		{
			...project('unit'),
			displayName: 'guarded',
			testMatch: GUARDED.map((name) => `<rootDir>/test/unit/${name}/**/*.test.mts`),
			testPathIgnorePatterns: [UNMEASURED],
		},
		{
			...project('unit'),
			displayName: 'unguarded',
			// The last pattern that matches decides.
			testMatch: [
				'<rootDir>/test/unit/**/*.test.mts',
				...GUARDED.map((name) => `!**/test/unit/${name}/**`),
				`**/test/unit/**/${UNMEASURED}`,
			],
		},
		project('package'),
		{ ...project('engine'), testMatch: ['<rootDir>/test/engine/textToVideo.test.mts'] },
	],
	collectCoverageFrom: GUARDED.map((name) => `nodes/Lumenfall/${name}/**/*.ts`),
	coverageThreshold: Object.fromEntries(
		GUARDED.map((name) => [`./nodes/Lumenfall/${name}/`, { lines: 90, branches: 80 }]),
	),
	coverageReporters: ['text-summary'],
};
