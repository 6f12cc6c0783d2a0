import NativeEnvironment from '../support/nativeEnvironment.mjs';

/** Prints the last log lines of the n8n servers of a failed story. */
export default class StoryEnvironment extends NativeEnvironment {
	async handleTestEvent(event) {
		await super.handleTestEvent(event);
		if (event.name !== 'test_done' || event.test.errors.length === 0) return;
		for (const lines of this.global.lastLogLinesOfServers?.() ?? []) {
			console.error(`"${event.test.name}" failed. The last lines of its n8n:\n${lines}`);
		}
	}
}
