/**
 * Returns a function that does the work when it is first called, and returns the same result to every call.
 *
 * It holds the work, and all that the work holds, only until then: images can be freed while their video is awaited. So
 * the function inside is not async, because it would keep its variables during the wait.
 */
export function once<Args extends unknown[], Value>(
	work: (...args: Args) => Promise<Value>,
): (...args: Args) => Promise<Value> {
	let state: { work: typeof work } | { result: Promise<Value> } = { work };
	return (...args) => {
		if ('work' in state) state = { result: state.work(...args) };
		return state.result;
	};
}
