/** What the user decides about a video besides the video itself: limits, how to wait, and where the file goes. */

/** What to do with a value that the model does not support. `send` leaves the decision to the server. */
export type UnsupportedValues = 'refuse' | 'nearest' | 'send';

/** The limits that the user sets for creating a video. */
export interface CreateRules {
	unsupportedValues: UnsupportedValues;
	/** USD. */
	maxCost?: number;
	/** USD, for all items of a run together. */
	maxRunCost?: number;
	/** In the order in which they are tried. */
	fallbackModels: string[];
	/** Whether the next model is also tried after a video failed at the provider. */
	fallbackOnFailure: boolean;
}

export const WAIT_MODES = ['poll', 'webhook', 'none'] as const;

/** How an item waits for its video. */
export type WaitMode = (typeof WAIT_MODES)[number];

/** How an item waits, in all details. Times are in milliseconds. */
export interface WaitSettings {
	mode: WaitMode;
	/** Called by the server when the video ends, to start another workflow. */
	webhookUrl?: string;
	/** URL of the trigger with which the video is registered, if the node does not wait for it. */
	triggerUrl?: string;
	/** Whether to poll if a webhook is not possible. */
	pollsIfNoWebhook: boolean;
	timeoutMs: number;
	firstPollMs: number;
	maxPauseMs: number;
	/** Whether time in the server's queue counts towards the timeout. */
	queueCounts: boolean;
	/** Whether to cancel the job at the server when the user stops the execution. */
	cancelOnStop: boolean;
}

/** Where a file goes in the output item. */
export interface FileTarget {
	field: string;
	fileName?: string;
	/** How long a public link to the file is valid; absent if none is requested. */
	publicLinkHours?: number;
}
