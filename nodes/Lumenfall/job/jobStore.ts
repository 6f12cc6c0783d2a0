import { idempotencyKey, shortHash, type RequestIdentity, type RequestOrigin } from './identity';
import type { Decision, JobRecord, SentRequest } from './record';
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

	/** The slot of each video of this run, by video ID. */
	private readonly owners = new Map<string, string>();

	/** The slot of the first record with each key. */
	private readonly keyOwners = new Map<string, string>();

	private readonly spent = { videos: 0, usd: 0, estimates: 0 };

	constructor(
		context: NodeContext,
		private readonly origin: RequestOrigin,
		private readonly runIndex: number,
	) {
		this.records = (context.jobs ??= {}) as Records;
		for (const [slot, record] of Object.entries(this.records)) {
			const isOfThisRun = slot.startsWith(`${runIndex}/`);
			if (isOfThisRun && record.videoId) this.owners.set(record.videoId, slot);
			this.claimKey(record, slot);
			if (isOfThisRun) this.countCost(record, 1);
		}
	}

	/**
	 * Opens the record of one request. An unchanged request finds its job again. Stores nothing yet for a new request.
	 */
	open({ itemIndex, hash, part }: RequestIdentity): JobEntry {
		return this.reopen([this.runIndex, itemIndex, hash, ...(part ? [part] : [])].join('/'));
	}

	/** Opens a record by its slot. */
	reopen(slot: string): JobEntry {
		const change = (edit: (record: JobRecord) => void) => {
			const record = (this.records[slot] ??= newRecord());
			this.countCost(record, -1);
			this.freeKey(record, slot);
			edit(record);
			this.claimKey(record, slot);
			this.countCost(record, 1);
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

	/** Returns the IDs of the videos that were created in this run of the node. */
	videoIds(): string[] {
		return [...this.owners.keys()];
	}

	/** Reports whether the video belongs to another request of this run. */
	isOfOther(videoId: string, { slot }: Pick<JobEntry, 'slot'>): boolean {
		const owner = this.owners.get(videoId);
		return owner !== undefined && owner !== slot;
	}

	private claimKey({ idempotencyKey: key }: JobRecord, slot: string): void {
		if (key && !this.keyOwners.has(key)) this.keyOwners.set(key, slot);
	}

	private freeKey({ idempotencyKey: key }: JobRecord, slot: string): void {
		if (this.keyOwners.get(key) === slot) this.keyOwners.delete(key);
	}

	private countCost({ decision, cost }: JobRecord, sign: 1 | -1): void {
		const usd = cost ?? decision?.reservedUsd;
		if (usd === undefined) return;
		this.spent.videos += sign;
		this.spent.usd += sign * usd;
		if (cost === undefined) this.spent.estimates += sign;
	}
}

function newRecord(): JobRecord {
	return { idempotencyKey: '', attempt: 0 };
}

/** The access of an entry to its store. */
interface EntryAccess {
	read(): Readonly<JobRecord>;
	/** Changes the record and updates the sums of the store. */
	change(edit: (record: JobRecord) => void): void;
	keyFor(model: string, attempt: number): string;
	isKeyOfOther(key: string): boolean;
}

/** The record of one request and the steps of its life. Each step is stored before the next one begins. */
export class JobEntry {
	constructor(
		/** Key of the record in the store: run, item, hash and part. */
		readonly slot: string,
		private readonly access: EntryAccess,
	) {}

	get record(): Readonly<JobRecord> {
		return this.access.read();
	}

	/** Whether a job exists, or may exist because a create had no clear response. */
	get mayHaveJob(): boolean {
		const { videoId, sentAt } = this.access.read();
		return videoId !== undefined || sentAt !== undefined;
	}

	/** Whether another request of this node has the same key. The server would return the same video for both. */
	get sharesKey(): boolean {
		return this.access.isKeyOfOther(this.record.idempotencyKey);
	}

	/**
	 * Saves the decision and reserves its cost. Does not change a key that may have reached the server.
	 * @param userKey the key from the option 'Idempotency Key'
	 */
	decide(decision: Decision, userKey?: string): void {
		const isKeyFree = !this.mayHaveJob;
		this.access.change((record) => {
			record.decision = decision;
			if (!isKeyFree) return;
			record.idempotencyKey = userKey ?? this.access.keyFor(decision.model, record.attempt);
			record.isUserKey = userKey !== undefined;
		});
	}

	/**
	 * Removes the decision and its reserved cost. Also frees the key for another request, if no job has it. Call this
	 * only if it is certain that no video is created.
	 */
	release(): void {
		const isKeyFree = !this.mayHaveJob;
		this.access.change((record) => {
			delete record.decision;
			if (isKeyFree) record.idempotencyKey = '';
		});
	}

	/** Saves that a create is about to be sent. Only the first call counts, because a job may exist since then. */
	sending(at: Date, sent: SentRequest): void {
		if (this.access.read().sentAt !== undefined) return;
		this.access.change((record) => {
			record.sentAt = at.toISOString();
			record.sent = sent;
		});
	}

	/** Saves that no clear response arrived. */
	lost(at: Date): void {
		this.access.change((record) => {
			record.lostAt = at.toISOString();
		});
	}

	/** Saves that the server refused the create, so that certainly no job exists. */
	refused(): void {
		this.access.change(settle);
	}

	/** Saves the ID as soon as it is known. */
	created(videoId: string): void {
		this.access.change((record) => {
			record.videoId = videoId;
			settle(record);
		});
	}

	/**
	 * Forgets a job that failed permanently. The next create is another job with another key, unless the user entered the
	 * key.
	 */
	startOver(): void {
		this.access.change((record) => {
			delete record.videoId;
			delete record.sent;
			settle(record);
			record.attempt++;
			if (!record.isUserKey)
				record.idempotencyKey = this.access.keyFor(record.decision?.model ?? '', record.attempt);
		});
	}

	/** @param usd the actual cost of the video */
	recordCost(usd: number): void {
		this.access.change((record) => {
			record.cost = usd;
		});
	}

	/**
	 * Reports whether the prompt is the one that was sent. An expression such as `{{ $now }}` gives another prompt on a
	 * retry.
	 */
	hasSentPrompt(prompt: string): boolean {
		return this.access.read().sent?.prompt === shortHash(prompt);
	}

	/** Reports whether the create contained this webhook URL. */
	isWebhookRegistered(url: string | undefined): boolean {
		return url !== undefined && this.access.read().sent?.webhook === shortHash(url);
	}
}

function settle(record: JobRecord): void {
	delete record.sentAt;
	delete record.lostAt;
}
