import type { Leftovers } from '../errors/runErrors';
import { serverErrors } from '../errors/serverErrors';
import { idempotencyKey, type RequestIdentity, type RequestOrigin } from './identity';
import type { Job } from './job';
import { JobEntry, type KeyedRequest } from './jobEntry';
import type { JobRecord } from './record';
import { roundUsd } from '../support/usd';

/** The node's execution context, `this.getContext('node')`. n8n stores it with the execution. */
export type NodeContext = { [key: string]: unknown };

type Records = Record<string, JobRecord>;

/** The total cost of the videos of one run of the node. Each video counts once, even if the node runs again. */
export interface Spending {
	videos: number;
	usd: number;
	/** Whether the total includes estimates. */
	isEstimated: boolean;
}

/**
 * The records of all requests of a node. Reads the stored records once, when a run starts. The total cost is a running
 * sum, so the work per item does not grow with the number of items.
 */
export class JobStore {
	private readonly records: Records;

	/** The slot of each video of this node, by video ID. */
	private readonly owners = new Map<string, string>();

	/** The slot of the first record with each key. */
	private readonly keyOwners = new Map<string, string>();

	private readonly spent = { videos: 0, usd: 0, estimates: 0 };

	private usdOfOtherRounds = 0;

	constructor(
		context: NodeContext,
		private readonly origin: RequestOrigin,
		private readonly runIndex: number,
	) {
		this.records = (context.jobs ??= {}) as Records;
		for (const [slot, record] of Object.entries(this.records)) {
			if (record.videoId) this.owners.set(record.videoId, slot);
			this.claimKey(record, slot);
			this.countCost(record, slot, 1);
		}
	}

	/**
	 * Opens the record of one request. An unchanged request finds its job again. In a later round of a loop it does so only if
	 * the user entered the same key, the wanted values are the same, and the video has not failed. Stores nothing yet for a new
	 * request.
	 * @param wanted by default, other rounds of a loop are not searched
	 */
	open({ itemIndex, hash, part }: RequestIdentity, wanted?: KeyedRequest): JobEntry {
		const request = [itemIndex, hash, ...(part ? [part] : [])].join('/');
		const earlier = wanted && this.openEarlierRound(request, wanted);
		return earlier ?? this.reopen(`${this.runIndex}/${request}`);
	}

	/** Opens a record by its slot. */
	reopen(slot: string): JobEntry {
		const change = (edit: (record: JobRecord) => void) => {
			const record = (this.records[slot] ??= newRecord());
			this.countCost(record, slot, -1);
			this.freeKey(record, slot);
			edit(record);
			this.claimKey(record, slot);
			this.countCost(record, slot, 1);
			if (record.videoId) this.owners.set(record.videoId, slot);
		};
		return new JobEntry(slot, {
			read: () => this.records[slot] ?? newRecord(),
			change,
			keyFor: (model, attempt) => idempotencyKey(this.origin, slot, model, attempt),
			isKeyOfOther: (key) => (this.keyOwners.get(key) ?? slot) !== slot,
		});
	}

	spending(): Spending {
		const { videos, usd, estimates } = this.spent;
		return { videos, usd: roundUsd(usd), isEstimated: estimates > 0 };
	}

	/** Returns what this run and the other rounds of a loop have spent, in USD. In a loop, each round is a run of the node. */
	usdOfAllRounds(): number {
		return roundUsd(this.usdOfOtherRounds + this.spent.usd);
	}

	/** Returns the IDs of the videos that were created in this run of the node, also of those that have failed since. */
	videoIds(): string[] {
		return [...this.owners].flatMap(([id, slot]) => (this.itemOf(slot) === undefined ? [] : [id]));
	}

	/** Returns what each item of this run has left behind on the server, by item index. */
	leftovers(): Map<number, Leftovers> {
		const byItem = new Map<number, Leftovers>();
		const ofItem = (slot: string) => {
			const item = this.itemOf(slot);
			if (item === undefined) return undefined;
			const left = byItem.get(item) ?? { videoIds: [], unclear: [] };
			byItem.set(item, left);
			return left;
		};
		for (const [id, slot] of this.owners) ofItem(slot)?.videoIds.push(id);
		for (const [slot, { sentAt }] of Object.entries(this.records))
			if (sentAt) ofItem(slot)?.unclear.push(sentAt);
		return byItem;
	}

	/** Reports whether the video belongs to another request of this node, in this run or in another round of a loop. */
	isOfOther(videoId: string, { slot }: Pick<JobEntry, 'slot'>): boolean {
		const owner = this.owners.get(videoId);
		return owner !== undefined && owner !== slot;
	}

	/** Reports whether the record is that of an earlier round of a loop, which a key of the user has found. */
	isOfEarlierRound({ slot }: Pick<JobEntry, 'slot'>): boolean {
		return this.itemOf(slot) === undefined;
	}

	/**
	 * Requires that the response to a status check does not describe the video of another request. Another ID alone
	 * proves nothing, because some relays encode IDs in a new way each time.
	 * @throws FailureError `unreadableAnswer`
	 */
	requireOwn({ id, reportedId }: Pick<Job, 'id' | 'reportedId'>): void {
		const owner = reportedId === undefined ? undefined : this.owners.get(reportedId);
		if (owner === undefined || owner === this.owners.get(id)) return;
		const serverMessage = `it is about video ${reportedId}, which belongs to another request`;
		throw serverErrors.unreadableAnswer({ videoId: id, serverMessage });
	}

	/** Returns the index of the item of a record. Undefined for a record of another run. */
	private itemOf(slot: string): number | undefined {
		const [runIndex, itemIndex] = slot.split('/', 2).map(Number);
		return runIndex === this.runIndex ? itemIndex : undefined;
	}

	/** Opens the record of the same request in another round of a loop, if it has the key and the video that are wanted. */
	private openEarlierRound(request: string, wanted: KeyedRequest): JobEntry | undefined {
		const slot = this.keyOwners.get(wanted.idempotencyKey ?? '');
		if (slot === undefined || this.itemOf(slot) !== undefined) return undefined;
		if (slot.slice(slot.indexOf('/') + 1) !== request) return undefined;
		const entry = this.reopen(slot);
		return entry.hasVideoOf(wanted) ? entry : undefined;
	}

	private claimKey({ idempotencyKey: key }: JobRecord, slot: string): void {
		if (key && !this.keyOwners.has(key)) this.keyOwners.set(key, slot);
	}

	private freeKey({ idempotencyKey: key }: JobRecord, slot: string): void {
		if (this.keyOwners.get(key) === slot) this.keyOwners.delete(key);
	}

	private countCost(record: JobRecord, slot: string, sign: 1 | -1): void {
		if (this.itemOf(slot) === undefined) {
			this.usdOfOtherRounds += sign * usdOf(record);
			return;
		}
		const { decision, cost, costOfFailed = 0 } = record;
		const isEstimate = cost === undefined && decision?.reservedUsd !== undefined;
		this.spent.usd += sign * usdOf(record);
		if (costOfFailed > 0) this.spent.videos += sign;
		if (cost !== undefined || isEstimate) this.spent.videos += sign;
		if (isEstimate) this.spent.estimates += sign;
	}
}

/** Returns what a record counts: the actual cost of its video or the reserved amount, and what its failed videos cost. */
function usdOf({ decision, cost, costOfFailed = 0 }: JobRecord): number {
	return costOfFailed + (cost ?? decision?.reservedUsd ?? 0);
}

function newRecord(): JobRecord {
	return { idempotencyKey: '', attempt: 0 };
}
