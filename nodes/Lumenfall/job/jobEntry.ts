import type { VideoRequest } from '../request/videoRequest';
import { shortHash } from '../support/hash';
import type { Decision, JobRecord, SentRequest } from './record';

/**
 * The evaluated values that a later round of a loop must share with an earlier one to get its video. An empty model is that
 * of the earlier video.
 */
export type KeyedRequest = Pick<VideoRequest, 'idempotencyKey' | 'prompt' | 'model' | 'seconds'>;

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
	 * @param usd what a failed video cost. Most servers charge nothing for it
	 */
	release(usd = 0): void {
		const isKeyFree = !this.mayHaveJob;
		this.access.change((record) => {
			delete record.decision;
			if (usd > 0) record.cost = usd;
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

	/**
	 * Saves that no clear response arrived.
	 * @param namedVideoId the ID in a response that does not prove that this video was created, such as a 500
	 */
	lost(at: Date, namedVideoId?: string): void {
		this.access.change((record) => {
			record.lostAt = at.toISOString();
			if (namedVideoId !== undefined) record.namedVideoId = namedVideoId;
		});
	}

	/** Saves that the server refused the create, so that certainly no job exists. */
	refused(): void {
		this.access.change(settle);
	}

	/** Saves the ID as soon as it is known. */
	created(videoId: string, at: Date): void {
		this.access.change((record) => {
			record.videoId = videoId;
			// If an earlier response was lost, the job may be as old as its create.
			record.createdAt = (record.lostAt && record.sentAt) ?? at.toISOString();
			settle(record);
		});
	}

	/**
	 * Saves that the server has reported the video as completed.
	 * @param usd its actual cost, if the server reports it in USD. Otherwise the reserved amount stays
	 */
	completed(usd?: number): void {
		this.access.change((record) => {
			record.isCompleted = true;
			if (usd !== undefined) record.cost = usd;
		});
	}

	/**
	 * Forgets a job that failed permanently. The next create is another job with another key, unless the user entered the
	 * key.
	 * @param usd what the failed job cost, by default what the server reported before
	 */
	startOver(usd = this.record.cost ?? 0): void {
		this.access.change((record) => {
			delete record.cost;
			delete record.videoId;
			delete record.createdAt;
			delete record.sent;
			settle(record);
			record.attempt++;
			if (!record.isUserKey)
				record.idempotencyKey = this.access.keyFor(record.decision?.model ?? '', record.attempt);
			if (usd === 0) return;
			record.costOfFailed = (record.costOfFailed ?? 0) + usd;
			// The budget may not cover the video a second time.
			delete record.decision;
		});
	}

	/**
	 * Reports whether the prompt is the one that was sent. An expression such as `{{ $now }}` gives another prompt on a
	 * retry.
	 */
	hasSentPrompt(prompt: string): boolean {
		return this.access.read().sent?.prompt === shortHash(prompt);
	}

	/**
	 * Reports whether there is a video that has not failed, and that is the wanted one. An expression may give other values in
	 * each round of a loop, although the parameters and the item are the same.
	 */
	hasVideoOf({ prompt, model, seconds }: KeyedRequest): boolean {
		const { videoId, isCompleted, decision, sent } = this.access.read();
		// The decision about a video that failed has been released.
		if (videoId === undefined || !sent || !(isCompleted ?? decision)) return false;
		const { fallback, adjusted } = decision ?? {};
		return (
			this.hasSentPrompt(prompt) &&
			(model === '' || [sent.model, fallback?.from].includes(model)) &&
			[sent.seconds, adjusted?.seconds?.requested].includes(seconds)
		);
	}

	/** Reports whether the create contained this webhook URL. */
	isWebhookRegistered(url: string | undefined): boolean {
		return url !== undefined && this.access.read().sent?.webhook === shortHash(url);
	}
}

function settle(record: JobRecord): void {
	delete record.sentAt;
	delete record.lostAt;
	delete record.namedVideoId;
}
