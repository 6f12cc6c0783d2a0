/** Long enough for a busy n8n to store what was begun; a server's last delivery comes after it (65 s). */
const CLAIM_MS = 60_000;

const claims = new Map<string, number>();

/**
 * Claims a key for a minute. Nobody else in this process gets it in that time; then it is free again, so that what
 * failed to begin can be begun again.
 * @param forMs how long, if not a minute
 * @param now milliseconds on a steady clock
 * @returns whether the key was free
 */
export function claimOnce(key: string, forMs = CLAIM_MS, now = performance.now()): boolean {
	for (const [other, until] of claims) if (until <= now) claims.delete(other);
	if (claims.has(key)) return false;
	claims.set(key, now + forMs);
	return true;
}
