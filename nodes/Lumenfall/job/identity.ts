import { createHash } from 'node:crypto';

/** Where in n8n one logical request comes from. Two requests from different places are different videos. */
export interface RequestOrigin {
	/** Execution ids start again with a fresh database, and node ids travel with templates. */
	instanceId: string;
	executionId: string;
	nodeId: string;
	/** Counts how often the node ran in this execution (a loop); Retry On Fail does not count. */
	runIndex: number;
	itemIndex: number;
}

/** A hash of a file. */
export function hashOfBytes(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** A hash of anything JSON that does not depend on the order of its keys. */
export function hashOf(value: unknown): string {
	return createHash('sha256').update(stableText(value)).digest('hex');
}

/**
 * The key that makes one logical request one paid job on servers that honour it (Lumenfall: body field
 * `idempotency_key`, at most 256 characters). `attempt` counts the jobs of this request that ended without a video.
 */
export function idempotencyKey(
	origin: RequestOrigin,
	requestHash: string,
	attempt: number,
): string {
	return `n8n-${hashOf([origin, requestHash, attempt])}`;
}

function stableText(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		inner !== null && typeof inner === 'object' && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
}
