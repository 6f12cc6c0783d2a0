import type { ModelInfo } from './modelInfo';

/** The words of servers for a model that creates no videos. */
const SWITCHED_OFF = /disabled|retired|inactive|unavailable|maintenance|offline|discontinued/i;

/** Reports whether the server's list shows the model as available. A deprecated model does not count. */
export function isAvailable({ listed, status = '' }: ModelInfo): boolean {
	return listed !== false && !SWITCHED_OFF.test(status) && !/deprecated/i.test(status);
}

/** Reports whether the server's list shows that the model creates no videos now. A deprecated model still works. */
export function isSwitchedOff({ listed, status = '' }: ModelInfo): boolean {
	return listed === true && SWITCHED_OFF.test(status);
}
