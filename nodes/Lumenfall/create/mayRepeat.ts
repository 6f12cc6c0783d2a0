import type { JobRecord } from '../job/record';
import type { VideoApi } from '../transport/videoApi';

/** It is not documented how long a server remembers a key. Services that document it usually promise a day. */
const KEY_LIFETIME_MS = 24 * 3_600_000;

/**
 * Whether a create with an unknown outcome may be sent again, because a repeat with the same key finds its job: the server
 * supports keys and still remembers this one, and the create was sent with the same credential.
 */
export async function mayRepeat(
	api: Pick<VideoApi, 'supportsIdempotencyKey' | 'account'>,
	{ sent, sentAt }: Pick<JobRecord, 'sent' | 'sentAt'>,
): Promise<boolean> {
	if (sentAt !== undefined) {
		// A time in the future was written by a wrong clock, so the age of the key is unknown.
		if (Math.abs(Date.now() - Date.parse(sentAt)) > KEY_LIFETIME_MS) return false;
		// Another account does not know the key.
		if (sent?.account !== undefined && sent.account !== api.account) return false;
	}
	return await api.supportsIdempotencyKey();
}
