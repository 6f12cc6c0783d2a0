/**
 * Makes small changes to the code that decides over cost, one at a time, and checks whether a unit test fails. Slow, so
 * it is not part of the checks: `npm run test:mutation`.
 */
export default {
	// The texts of errors have tests of their own.
	mutate: ['nodes/Lumenfall/{create,job,wait}/**/*.ts', '!**/*Errors.ts'],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// Constants are read once per process, so a changed constant is not tested by the single tests.
	ignoreStatic: true,
	ignorePatterns: [
		'/dist',
		'/.cache',
		'/demo',
		'/bench',
		'/docs',
		'/examples',
		'/icons',
		'/playground',
	],
	tempDirName: '.cache/stryker',
	incremental: true,
	incrementalFile: '.cache/stryker.json',
	reporters: ['clear-text', 'html'],
	htmlReporter: { fileName: '.cache/mutation.html' },
	clearTextReporter: { allowColor: false, logTests: false, skipFull: true },
	thresholds: { high: 90, low: 85, break: 85 },
	concurrency: 2,
};
