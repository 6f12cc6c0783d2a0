/** Long enough for a busy n8n to note what was begun; a server's last call comes after it (65 s). */
const CLAIM_MS = 60_000;

const claims = new Map<string, number>();

/**
 * Takes something for oneself for a minute. Nobody else in this process gets it meanwhile; it comes free by
 * itself, so that what fails to begin can be begun again.
 * @returns whether it was free
 */
export function claimOnce(key: string, now = Date.now()): boolean {
	for (const [other, until] of claims) if (until <= now) claims.delete(other);
	if (claims.has(key)) return false;
	claims.set(key, now + CLAIM_MS);
	return true;
}
