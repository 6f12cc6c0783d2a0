/**
 * Changes the code that decides over money, one small change at a time, and looks whether a unit test notices.
 * Slow, so it is no gate: `npm run test:mutation`.
 */
export default {
	mutate: ['nodes/Lumenfall/{create,job,wait}/**/*.ts'],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation.jest.config.mjs' },
	coverageAnalysis: 'perTest',
	// Constants are read once per process, so a change of one is not seen test by test.
	ignoreStatic: true,
	ignorePatterns: ['/dist', '/demo', '/bench', '/docs', '/engine', '/sandbox', '/playground'],
	tempDirName: '.cache/stryker',
	incremental: true,
	incrementalFile: '.cache/stryker.json',
	reporters: ['clear-text', 'html'],
	htmlReporter: { fileName: '.cache/mutation.html' },
	clearTextReporter: { allowColor: false, logTests: false, skipFull: true },
	thresholds: { high: 90, low: 85, break: 85 },
	concurrency: 2,
};
