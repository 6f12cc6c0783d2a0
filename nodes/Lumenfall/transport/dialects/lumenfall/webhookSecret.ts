import { z } from 'zod';
import { BoundedMap } from '../../../support/boundedMap';
import type { Connection } from '../../connection';
import { TIMEOUTS } from '../../timeouts';
import { refusalOf } from '../../failureOfResponse';
import { isSuccess } from '../../httpTypes';
import { webhookSecretUrl } from './routes';

const secretBody = z.object({ key: z.string().min(1).max(1_000) });
/** Longer than a burst of forged webhooks, and short enough for a changed secret to take effect. */
const KEEP_MS = 60_000;
/** A failure is remembered too, so that a burst of webhooks does not repeat the request each time. */
const KEEP_FAILURE_MS = 1_000;

interface KnownSecret {
	secret: Promise<string>;
	until: number;
}

/** By base URL and key. */
const known = new BoundedMap<string, KnownSecret>();

/**
 * Returns the secret that the server signs its webhooks with: docs/protocols/lumenfall.md#webhooks. Remembers it for a
 * minute, so that a burst of forged webhooks does not cause a burst of requests with the key.
 */
export async function webhookSecret(server: Connection): Promise<string> {
	const { baseUrl, credential } = server;
	const name = `${baseUrl} ${credential.apiKey}`;
	const before = known.get(name);
	if (before && performance.now() < before.until) return await before.secret;

	const secret = fetchSecret(server);
	known.set(name, { secret, until: performance.now() + KEEP_MS });
	secret.catch(() => known.set(name, { secret, until: performance.now() + KEEP_FAILURE_MS }));
	return await secret;
}

async function fetchSecret(server: Connection): Promise<string> {
	const response = await server.get(webhookSecretUrl(server.baseUrl), TIMEOUTS.webhookSecret);
	const read = secretBody.safeParse(response.body);
	if (!isSuccess(response) || !read.success) throw refusalOf(response, 'webhookSecret');
	return read.data.key;
}
