import { idempotencyKey, type RequestOrigin } from './idempotency';

/**
 * What is known about one logical request. Plain JSON: n8n keeps it across re-runs of the node (Retry On Fail)
 * and stores it with the execution (Retry of a failed execution).
 */
export interface LedgerEntry {
	/** Sent with the create; written before its first byte, so that every repeat sends the same key. */
	idempotencyKey: string;
	requestHash: string;
	/** How many jobs of this request have ended without a video. */
	attempt: number;
	/** When a create was sent that has had no answer yet, as ISO time: it may have made a job. */
	sentAt?: string;
	videoId?: string;
}

/** The node's execution context, `this.getContext('node')`. */
export type LedgerStore = { [key: string]: unknown };

export interface Ledger {
	/** The entry of this request, made when it is new. */
	readonly entry: Readonly<LedgerEntry>;
	/** Notes that a create is about to be sent. An earlier moment stands: a job may exist since then. */
	sending(at: Date): void;
	/** Notes the id, the moment it is known. */
	created(videoId: string): void;
	/** Notes that the server refused, so that certainly no job exists. */
	refused(): void;
	/** Forgets a job that ended without a video, so that a deliberate re-run makes a new one under a new key. */
	startOver(): void;
	/** Videos that belong to other requests of this node. */
	otherVideoIds(): string[];
	/** Whether another item has sent the very same request and does not know its video either. */
	hasTwinInDoubt(): boolean;
}

/**
 * Opens the ledger at one request. Keyed by run, item and the hash of the request: an unchanged request finds
 * its job again, a changed one is new.
 * @param ownKey the key the user typed; it wins and is never varied
 */
export function openLedger(
	store: LedgerStore,
	origin: RequestOrigin,
	requestHash: string,
	ownKey?: string,
): Ledger {
	const entries = (store.jobs ??= {}) as Record<string, LedgerEntry>;
	const keyOf = (attempt: number) => ownKey ?? idempotencyKey(origin, requestHash, attempt);
	const entry = (entries[`${origin.runIndex}/${origin.itemIndex}/${requestHash}`] ??= {
		idempotencyKey: keyOf(0),
		requestHash,
		attempt: 0,
	});
	const others = () => Object.values(entries).filter((other) => other !== entry);

	return {
		entry,
		sending: (at) => {
			entry.sentAt ??= at.toISOString();
		},
		created: (videoId) => {
			entry.videoId = videoId;
			delete entry.sentAt;
		},
		refused: () => {
			delete entry.sentAt;
		},
		startOver: () => {
			delete entry.videoId;
			delete entry.sentAt;
			entry.attempt++;
			entry.idempotencyKey = keyOf(entry.attempt);
		},
		otherVideoIds: () => others().flatMap(({ videoId }) => videoId ?? []),
		hasTwinInDoubt: () =>
			others().some((other) => other.requestHash === requestHash && other.sentAt !== undefined),
	};
}
