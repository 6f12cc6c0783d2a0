import { hashOf, idempotencyKey, type RequestOrigin } from './identity';
import type { VideoRequest } from '../request/videoRequest';

/**
 * What is known about one logical request. Plain JSON: n8n keeps it across re-runs of the node (Retry On Fail)
 * and stores it with the execution (Retry of a failed execution).
 */
export interface LedgerEntry {
	/** Sent with the create; written before its first byte, so that every repeat sends the same key. */
	idempotencyKey: string;
	/** Two requests that a server's list cannot tell apart have the same. */
	likeness: string;
	/** How many jobs of this request have failed. */
	attempt: number;
	/** When a create was sent that has had no clear answer, as ISO time: it may have made a job. */
	sentAt?: string;
	/** When its answer was lost. */
	lostAt?: string;
	videoId?: string;
	/** A hash of the address that the server was asked to call, if any; as with `sentAt`, the first create counts. */
	callback?: string;
}

/** The node's execution context, `this.getContext('node')`. */
export type LedgerStore = { [key: string]: unknown };

export interface Ledger {
	/** The entry of this request, made when it is new. */
	readonly entry: Readonly<LedgerEntry>;
	/**
	 * Notes that a create is about to be sent. An earlier moment stands: a job may exist since then.
	 * @param callback the address it carries
	 */
	sending(at: Date, callback?: string): void;
	/** Notes that no clear answer came. */
	lost(at: Date): void;
	/** Notes the id, the moment it is known. */
	created(videoId: string): void;
	/** Notes that the server refused, so that certainly no job exists. */
	refused(): void;
	/** Forgets a job that failed, so that a re-run makes a new one under a new key. */
	startOver(): void;
	/** Whether the server was asked to call this address when the video has ended. */
	calls(address: string | undefined): boolean;
	/** Videos that belong to other requests of this node. */
	otherVideoIds(): string[];
	/** Whether another item has sent a request that looks the same in a list, and does not know its video either. */
	hasTwinInDoubt(): boolean;
	/** Whether another request of this node uses the same key; the server would give both the same video. */
	sharesKey(): boolean;
}

/**
 * Opens the ledger at one request. Keyed by run, item and the hash of the request: an unchanged request finds
 * its job again, a changed one is new.
 * @param requestHash of everything that makes the request what it is, with the picture and the user's own key
 */
export function openLedger(
	store: LedgerStore,
	origin: RequestOrigin,
	request: VideoRequest,
	requestHash: string,
): Ledger {
	const entries = entriesOf(store);
	const keyOf = (attempt: number) =>
		request.idempotencyKey ?? idempotencyKey(origin, requestHash, attempt);
	const entry = (entries[`${origin.runIndex}/${origin.itemIndex}/${requestHash}`] ??= {
		idempotencyKey: keyOf(0),
		likeness: hashOf([request.prompt, request.model, request.seconds]),
		attempt: 0,
	});
	const settle = () => {
		delete entry.sentAt;
		delete entry.lostAt;
	};
	const others = () => Object.values(entries).filter((other) => other !== entry);

	return {
		entry,
		sending: (at, callback) => {
			if (entry.sentAt !== undefined) return;
			entry.sentAt = at.toISOString();
			entry.callback = callback && hashOf(callback);
		},
		lost: (at) => {
			entry.lostAt = at.toISOString();
		},
		created: (videoId) => {
			entry.videoId = videoId;
			settle();
		},
		refused: settle,
		startOver: () => {
			delete entry.videoId;
			settle();
			entry.attempt++;
			entry.idempotencyKey = keyOf(entry.attempt);
		},
		calls: (address) => address !== undefined && entry.callback === hashOf(address),
		otherVideoIds: () => others().flatMap(({ videoId }) => videoId ?? []),
		hasTwinInDoubt: () =>
			others().some((other) => other.likeness === entry.likeness && other.sentAt !== undefined),
		sharesKey: () => others().some((other) => other.idempotencyKey === entry.idempotencyKey),
	};
}

/** The videos that were ordered in one run of the node. */
export function videosOfRun(store: LedgerStore, runIndex: number): string[] {
	return Object.entries(entriesOf(store))
		.filter(([slot]) => slot.startsWith(`${runIndex}/`))
		.flatMap(([, { videoId }]) => videoId ?? []);
}

function entriesOf(store: LedgerStore): Record<string, LedgerEntry> {
	return (store.jobs ??= {}) as Record<string, LedgerEntry>;
}
