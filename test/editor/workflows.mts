import type { WorkflowJson } from '../../instance/types.mts';
import { chain, nodeOf } from '../e2e/workflows.mts';
import type { Stage } from '../e2e/stage.mts';

export const NODE = 'Make Video';
export const TRIGGER = 'Start';

/** A form with values of a typical user: Sora 2, 8 seconds, from the list. */
export function textToVideo(change: object = {}): object {
	return {
		resource: 'video',
		operation: 'textToVideo',
		model: { __rl: true, mode: 'list', value: 'sora-2', cachedResultName: 'Sora 2' },
		prompt: 'A paper boat sails over a rain puddle at dusk, the camera stays close to the water',
		seconds: 8,
		resolution: '720p',
		...change,
	};
}

/** Returns a workflow of a trigger and the node, as placed on a canvas. */
export function workflowWith({ withCredential }: Stage, parameters: object): WorkflowJson {
	return withCredential({
		name: 'My video',
		nodes: [
			nodeOf(TRIGGER, 'n8n-nodes-base.manualTrigger', {}),
			nodeOf(NODE, 'n8n-nodes-lumenfall.lumenfall', parameters, { position: [240, 0] }),
		],
		connections: chain(TRIGGER, NODE),
	});
}
