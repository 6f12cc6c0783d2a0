/** Long enough for a busy n8n to store the new execution. The last retry of a delivery comes later (65 s). */
const CLAIM_MS = 60_000;

const claims = new Map<string, number>();

/**
 * Claims a key for a time. No other caller in this process can claim it until then. After that it is free again, so
 * that an attempt that failed can be repeated.
 * @param forMs duration of the claim in milliseconds; a minute by default
 * @returns true if the key was free
 */
export function claimOnce(key: string, forMs = CLAIM_MS): boolean {
	const now = performance.now();
	for (const [other, until] of claims) if (until <= now) claims.delete(other);
	if (claims.has(key)) return false;
	claims.set(key, now + forMs);
	return true;
}
