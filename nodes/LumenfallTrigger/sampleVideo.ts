import type { ItemContext } from '../Lumenfall/context';
import { videoPages } from '../Lumenfall/transport/videoPages';
import type { VideoEvent } from '../Lumenfall/transport/webhook';
import { eventOf } from './events';
import { triggerErrors } from './triggerErrors';

/**
 * Returns the newest video of the list that would start the workflow, for a test run in the editor.
 * @throws FailureError if there is none
 */
export async function findSample(
	{ api, runtime }: ItemContext,
	events: VideoEvent[],
): Promise<{ id: string; event: VideoEvent }> {
	for await (const jobs of videoPages(api, runtime)) {
		for (const job of jobs) {
			const event = eventOf(job);
			if (event && events.includes(event)) return { id: job.id, event };
		}
	}
	throw triggerErrors.noSample();
}
