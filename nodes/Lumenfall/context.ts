import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Job } from './job/job';
import type { JobEntry } from './job/jobEntry';
import type { JobStore, NodeContext } from './job/jobStore';
import type { FailedVideo, SuspendedPart } from './job/suspension';
import type { ModelCache } from './models/lookUp';
import type { PriceRange } from './models/price';
import type { KnownDetails } from './output/videoItem';
import type { RateLimiter } from './support/rateLimiter';
import type { Runtime } from './support/runtime';
import type { StopSwitch } from './support/stopSwitch';
import type { VideoApi } from './transport/videoApi';

/**
 * What the items of one run share. Three things that need only the execution are kept beside it: hints until they are
 * shown (`output/showHint.ts`), whether n8n keeps files in memory (`deliver/memoryMode.ts`), and the form of a request
 * that each server accepted (`transport/sendCreate.ts`).
 */
export interface RunContext {
	execution: IExecuteFunctions;
	settings: RunSettings;
	/** Counts how often the node ran in this execution (a loop). Retry On Fail does not count. */
	runIndex: number;
	/** Hash of the parameters as written, before expressions are resolved. */
	parametersHash: string;
	/** Flips when the user stops the run, or when a failed item ends it. Waits then reject with `stopped`. */
	stop: StopSwitch;
	runtime: Runtime;
	/** Limits all create requests of the run. */
	rateLimiter: RateLimiter;
	/** Limits all status checks of the run. */
	statusLimiter: RateLimiter;
	/** Where the records are stored: the node's execution context, or what is kept of a tool call. */
	nodeContext: NodeContext;
	/** The records of all requests of this node. */
	jobs: JobStore;
	cache: RunCache;
	/** Returns the URL that resumes this run. Rejects if the run cannot be suspended. Determined once for all items. */
	canSuspend: (api: VideoApi) => Promise<string>;
}

/** The options that hold for the whole run. The first item decides. */
export interface RunSettings {
	/** How many items, or scenes of an item, run at the same time. */
	itemsInParallel: number;
	/** The maximum time that the execution stays suspended, in minutes. */
	webhookWaitMinutes: number;
	/** Whether completed videos are remembered as delivered. */
	marksDelivered: boolean;
}

/** Responses that the run requests at most once, however many items there are. */
interface RunCache extends ModelCache {
	/** The price of each item of 'Estimate Cost', if it is known. */
	estimates: PriceRange[];
	/** Undefined if the balance is unknown. */
	balance?: Promise<KnownBalance | undefined>;
}

/** The balance in USD, and what the run had spent when the balance was read. */
export interface KnownBalance {
	usd: number;
	spentBefore: number;
}

/** The input of an operation: the run, one item, and the server. */
export interface ItemContext extends RunContext {
	itemIndex: number;
	api: VideoApi;
}

/** One item of the node: what is needed to read its form and its files. */
export type ItemPlace = Pick<ItemContext, 'execution' | 'itemIndex'>;

/** A created video that the execution may be suspended for. */
export interface PendingVideo {
	job: Job;
	entry: JobEntry;
	known: KnownDetails;
	cancelOnStop: boolean;
}

/** The videos of one item that the execution may be suspended for. */
export interface PendingItem {
	/** One, or several that belong together. Some of these may have failed before they were created. */
	videos: Array<PendingVideo | FailedVideo>;
	/** Makes the item that n8n shows during the wait, and outputs at the deadline. */
	toItem(videos: Array<PendingVideo | FailedVideo>): INodeExecutionData;
}

/** What an operation returns: one item, several for a list, or what the item waits for. */
export type OperationOutput = INodeExecutionData | INodeExecutionData[] | { pending: PendingItem };

/** Processes one item. */
export type Operation = (context: ItemContext) => Promise<OperationOutput>;

/** Finishes an item that the execution was suspended for. */
export type FinishSuspended = (
	context: ItemContext,
	videos: SuspendedPart[],
) => Promise<OperationOutput>;

/** An operation that processes each item separately. */
export interface ItemOperation {
	execute: Operation;
	/** Absent if the operation never suspends the execution. */
	finish?: FinishSuspended;
}

/** The input of an operation that returns one output for several items and uses no server. */
export interface GroupContext {
	execution: IExecuteFunctions;
	/** By position in the input; at least one. */
	itemIndexes: number[];
	stop: StopSwitch;
}

export interface GroupOperation {
	/** Which items belong together. */
	groupsOf(execution: IExecuteFunctions): number[][];
	execute(context: GroupContext): Promise<INodeExecutionData>;
}
