/** A promise, and the functions that settle it. */
interface Deferred<Value> {
	promise: Promise<Value>;
	resolve(value: Value): void;
	reject(reason: unknown): void;
}

/** Returns a promise that the caller settles. Node has this as `Promise.withResolvers`, but only since version 22. */
export function deferred<Value>(): Deferred<Value> {
	let settle: Omit<Deferred<Value>, 'promise'> = { resolve: () => {}, reject: () => {} };
	const promise = new Promise<Value>((resolve, reject) => {
		settle = { resolve, reject };
	});
	return { promise, ...settle };
}
