import { isTransient } from '../errors/classify';
import { failureOf, type FailureKind } from '../errors/failure';

/** A reading call may be repeated freely; an ordering call never goes through here. */
const ATTEMPTS = 4;
/** A file that came broken, or is not there yet although its video is done. */
const MAY_CHANGE: FailureKind[] = ['downloadFailed', 'notReady'];
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

export interface RetryRuntime {
	/** Rejects when the user stops the execution. */
	sleep(milliseconds: number): Promise<void>;
	/** 0 to 1. */
	random(): number;
}

/**
 * The pause before attempt number `attempt` + 1, or undefined where repeating cannot help. The server's own timing
 * (`Retry-After`) wins up to half a minute; ours doubles and is spread by chance.
 */
export function retryDelayMs(error: unknown, attempt: number, chance: number): number | undefined {
	const failure = failureOf(error);
	const canHelp =
		failure !== undefined && (isTransient(failure.kind) || MAY_CHANGE.includes(failure.kind));
	if (!canHelp || attempt >= ATTEMPTS) return undefined;

	const backoff = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + chance / 2);
	return Math.min(failure.retryAfterMs ?? backoff, MAX_PAUSE_MS);
}

/** Repeats a reading call over blips. */
export async function withRetry<Value>(
	read: () => Promise<Value>,
	doors: RetryRuntime,
): Promise<Value> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await read().then(
			(value) => ({ ok: true as const, value }),
			(error: unknown) => ({ ok: false as const, error }),
		);
		if (outcome.ok) return outcome.value;

		const pauseMs = retryDelayMs(outcome.error, attempt, doors.random());
		if (pauseMs === undefined) throw outcome.error;
		await doors.sleep(pauseMs);
	}
}
