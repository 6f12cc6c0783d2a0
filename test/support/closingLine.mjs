/** Ends jest's report with one plain line that any CI can read. */
export default class ClosingLine {
	onRunComplete(_, { numPassedTests, numFailedTests, numPendingTests }) {
		console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
	}
}
