/** Ends jest's report with one line of plain text that any CI can parse. */
export default class ClosingLine {
	onRunComplete(_, { numPassedTests, numFailedTests, numPendingTests }) {
		console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
	}
}
