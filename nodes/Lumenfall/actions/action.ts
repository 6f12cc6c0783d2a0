import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gate } from '../job/gate';
import type { StopSwitch } from '../support/stopSwitch';
import type { VideoApi } from '../transport/api';
import type { ParkedVideo } from './park';
import type { Parkable } from './planWait';
import type { RunMemory } from './runMemory';

/** What an operation works with: one item, the server, and the switch that ends all waiting. */
export interface ActionContext {
	execution: IExecuteFunctions;
	itemIndex: number;
	api: VideoApi;
	/** One for all items of a run: new orders go through it. */
	gate: Gate;
	/** One for all items of a run: what the server has told already. */
	memory: RunMemory;
	/** Whether this run can be parked; one answer for all items. */
	parkable: Parkable;
	/** Thrown with a `stopped` failure when the user stops the execution or another item has ended the run. */
	stop: StopSwitch;
}

/** One operation: one item in, one item out, many where it lists something, or a video to be parked for. */
export type Action = (
	context: ActionContext,
) => Promise<INodeExecutionData | INodeExecutionData[] | ParkedVideo>;
