import { listModels, type Model, type ModelState } from './models.mts';

/** The models that the gateway routes now. */
export interface ModelStates {
	of(id: string): ModelState;
	/** Throws if the model does not exist. */
	set(id: string, state: ModelState): void;
	/** Returns the models of the gateway's list, including disabled ones. */
	listed(): Model[];
	/** Restores the states from the start of the sandbox. */
	clear(): void;
}

const words: readonly string[] = ['present', 'disabled', 'retired'] satisfies ModelState[];

/**
 * Creates the states of the models.
 * @param initial by model id; the others are `present`
 */
export function createModelStates(initial: Record<string, ModelState> = {}): ModelStates {
	const states = new Map<string, ModelState>();

	function set(id: string, state: ModelState) {
		if (!listModels().some((model) => model.id === id)) throw new Error(`No model '${id}'`);
		if (!words.includes(state)) throw new Error(`A model is ${words.join(', ')}, not '${state}'`);
		states.set(id, state);
	}

	function clear() {
		states.clear();
		Object.entries(initial).forEach(([id, state]) => set(id, state));
	}

	clear();
	const of = (id: string) => states.get(id) ?? 'present';
	return { of, set, listed: () => listModels().filter(({ id }) => of(id) !== 'retired'), clear };
}
