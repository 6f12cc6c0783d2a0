import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Job } from './job/job';
import type { JobEntry, JobStore } from './job/jobStore';
import type { ModelCache } from './models/lookUp';
import type { PriceRange } from './models/price';
import type { KnownFacts } from './output/videoItem';
import type { RateLimiter } from './support/rateLimiter';
import type { Runtime } from './support/runtime';
import type { StopSwitch } from './support/stopSwitch';
import type { VideoApi } from './transport/videoApi';

/** What all items of one run share. */
export interface RunContext {
	execution: IExecuteFunctions;
	/** Counts how often the node ran in this execution (a loop). Retry On Fail does not count. */
	runIndex: number;
	/** Hash of the parameters as the user wrote them. */
	parametersHash: string;
	/** Flips when the user stops the run, or when an item has ended it. Waits then reject with `stopped`. */
	stop: StopSwitch;
	runtime: Runtime;
	/** Every create goes through it. */
	rateLimiter: RateLimiter;
	/** Every status check goes through it. */
	statusLimiter: RateLimiter;
	/** The records of all requests of this node. */
	jobs: JobStore;
	cache: RunCache;
	/** The URL that resumes this run, if it can be suspended; one answer for all items. */
	canSuspend: (api: VideoApi) => Promise<string>;
}

/** What the server is asked at most once per run, however many items there are. */
export interface RunCache extends ModelCache {
	/** What each item of 'Estimate Cost' would cost, if that is known. */
	estimates: PriceRange[];
	/** Undefined if it is not known. */
	balance?: Promise<KnownBalance | undefined>;
}

/** USD that could be spent, and what the run had spent when the server was asked. */
export interface KnownBalance {
	usd: number;
	spentBefore: number;
}

/** What an operation works with: the run, one item, and the server. */
export interface ItemContext extends RunContext {
	itemIndex: number;
	api: VideoApi;
}

/** A created video that the execution may be suspended for. */
export interface PendingVideo {
	job: Job;
	entry: JobEntry;
	known: KnownFacts;
	cancelOnStop: boolean;
}

/** One operation: one item in, one item out, several if it lists something, or a video to suspend for. */
export type Operation = (
	context: ItemContext,
) => Promise<INodeExecutionData | INodeExecutionData[] | { pending: PendingVideo }>;

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
