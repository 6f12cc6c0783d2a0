import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { RateLimiter } from './support/rateLimiter';
import type { StopSwitch } from './support/stopSwitch';
import type { VideoApi } from './transport/videoApi';
import type { SuspendedVideo } from './wait/suspend';
import type { CanSuspend } from './wait/waitMode';
import type { RunCache } from './runCache';

/** What an operation works with: one item, the server, and the switch that ends all waiting. */
export interface ItemContext {
	execution: IExecuteFunctions;
	itemIndex: number;
	api: VideoApi;
	/** One for all items of a run: new orders go through it. */
	rateLimiter: RateLimiter;
	/** One for all items of a run: status checks go through it. */
	statusLimiter: RateLimiter;
	/** One for all items of a run: what the server has told already. */
	cache: RunCache;
	/** Whether this run can be parked; one answer for all items. */
	canSuspend: CanSuspend;
	/** Thrown with a `stopped` failure when the user stops the execution or another item has ended the run. */
	stop: StopSwitch;
}

/** One operation: one item in, one item out, many where it lists something, or a video to be parked for. */
export type Operation = (
	context: ItemContext,
) => Promise<INodeExecutionData | INodeExecutionData[] | SuspendedVideo>;

/** What an operation works with that makes one output of several items, without a server. */
export interface GroupContext {
	execution: IExecuteFunctions;
	/** In the order of the input; at least one. */
	itemIndexes: number[];
	stop: StopSwitch;
}

export interface GroupOperation {
	/** Which items belong together. */
	groupsOf(execution: IExecuteFunctions): number[][];
	execute(context: GroupContext): Promise<INodeExecutionData>;
}
