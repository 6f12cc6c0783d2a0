import { idempotencyKey, shortHash, type RequestIdentity, type RequestOrigin } from './identity';
import type { Decision, JobRecord, SentRequest } from './record';
import { roundUsd } from '../support/usd';

/** The node's execution context, `this.getContext('node')`: what n8n stores with the execution. */
export type NodeContext = { [key: string]: unknown };

type Records = Record<string, JobRecord>;

/** What the videos of one run of the node cost together. A video counts once, however often the node runs again. */
export interface Spending {
	videos: number;
	usd: number;
	/** Whether some of it is an estimate. */
	isEstimated: boolean;
}

/**
 * The records of all requests of a node. Reads the stored records once, when a run starts; what they cost together is a
 * running sum, so the cost of an item does not grow with the number of items.
 */
export class JobStore {
	private readonly records: Records;

	/** The slot of each video of this run. */
	private readonly owners = new Map<string, string>();

	/** The slot of the first record that has each key. */
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

	/** Opens the record of one request. An unchanged request finds its job again; nothing is stored for a new one yet. */
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

	/** The videos that were created in this run of the node. */
	videoIds(): string[] {
		return [...this.owners.keys()];
	}

	/** Whether the video belongs to another request of this run. */
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

/** What an entry needs of its store. */
interface EntryAccess {
	read(): Readonly<JobRecord>;
	/** Changes the record and keeps the sums of the store. */
	change(edit: (record: JobRecord) => void): void;
	keyFor(model: string, attempt: number): string;
	isKeyOfOther(key: string): boolean;
}

/** The record of one request, and the steps of its life. Each step is stored before the next one begins. */
export class JobEntry {
	constructor(
		/** Where the record is kept: run, item, hash and part. */
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

	/** Whether another request of this node had the key before. The server would return the same video for both. */
	get sharesKey(): boolean {
		return this.access.isKeyOfOther(this.record.idempotencyKey);
	}

	/**
	 * Saves what is decided, and reserves the money. A key that may have reached the server stays.
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
	 * Takes the decision back, and with it the money it reserved and the key, which another request may use if no job has
	 * it. Call it only if certainly no video is made.
	 */
	release(): void {
		const isKeyFree = !this.mayHaveJob;
		this.access.change((record) => {
			delete record.decision;
			if (isKeyFree) record.idempotencyKey = '';
		});
	}

	/** Saves that a create is about to be sent. The first time counts: a job may exist since then. */
	sending(at: Date, sent: SentRequest): void {
		if (this.access.read().sentAt !== undefined) return;
		this.access.change((record) => {
			record.sentAt = at.toISOString();
			record.sent = sent;
		});
	}

	/** Saves that no clear response came. */
	lost(at: Date): void {
		this.access.change((record) => {
			record.lostAt = at.toISOString();
		});
	}

	/** Saves that the server refused, so that certainly no job exists. */
	refused(): void {
		this.access.change(settle);
	}

	/** Saves the ID, the moment it is known. */
	created(videoId: string): void {
		this.access.change((record) => {
			record.videoId = videoId;
			settle(record);
		});
	}

	/** Forgets a job that failed for good. The next create is another job with another key, unless the user chose the key. */
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

	/** @param usd what the video did cost */
	recordCost(usd: number): void {
		this.access.change((record) => {
			record.cost = usd;
		});
	}

	/** Whether this is the prompt that was sent. An expression such as `{{ $now }}` gives another one on a retry. */
	hasSentPrompt(prompt: string): boolean {
		return this.access.read().sent?.prompt === shortHash(prompt);
	}

	/** Whether the server was asked to call this URL when the video has ended. */
	isWebhookRegistered(url: string | undefined): boolean {
		return url !== undefined && this.access.read().sent?.webhook === shortHash(url);
	}
}

function settle(record: JobRecord): void {
	delete record.sentAt;
	delete record.lostAt;
}
