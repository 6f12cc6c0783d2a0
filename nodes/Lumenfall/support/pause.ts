import { sleep } from 'n8n-workflow';

/**
 * Waits, and stops waiting the moment the signal fires.
 *
 * n8n's `sleep` listens to a signal only since n8n-workflow 2.34, so the signal is raced here as well.
 * @throws the signal's reason when it has fired or fires meanwhile
 */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(milliseconds);
	signal.throwIfAborted();

	let stop!: () => void;
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		await Promise.race([sleep(milliseconds, signal), stopped]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
