/** The outcome of some work: its value, or the error it threw. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; error: unknown };

/** Waits for the work and returns its outcome as data. Never rejects. */
export async function resultOf<Value>(work: Promise<Value>): Promise<Result<Value>> {
	return await work.then(
		(value): Result<Value> => ({ ok: true, value }),
		(error: unknown): Result<Value> => ({ ok: false, error }),
	);
}
