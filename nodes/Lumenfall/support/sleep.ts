import { sleep } from 'n8n-workflow';
import type { StopSwitch } from './stopSwitch';

/**
 * Waits, and stops waiting the moment the switch is thrown.
 *
 * n8n's `sleep` listens to a signal only since n8n-workflow 2.34, so the end is raced here; where it listens, the timer
 * goes as well.
 * @throws the reason of the switch
 */
export async function sleepUntilStopped(milliseconds: number, stop: StopSwitch): Promise<void> {
	stop.throwIfStopped();
	const timer = new AbortController();
	let forget!: () => void;
	const stopped = new Promise<never>((_, reject) => {
		forget = stop.onStop(reject);
	});
	try {
		await Promise.race([sleep(milliseconds, timer.signal), stopped]);
	} finally {
		forget();
		if (stop.isStopped) timer.abort();
	}
}
