import NativeEnvironment from '../support/nativeEnvironment.mjs';

/** Shows what the n8n servers of a failed story have said. */
export default class StoryEnvironment extends NativeEnvironment {
	async handleTestEvent(event) {
		await super.handleTestEvent(event);
		if (event.name !== 'test_done' || event.test.errors.length === 0) return;
		for (const lines of this.global.lastWordsOfServers?.() ?? []) {
			console.error(`"${event.test.name}" failed. The last lines of its n8n:\n${lines}`);
		}
	}
}
