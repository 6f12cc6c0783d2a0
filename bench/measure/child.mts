import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A task for a child process. */
export interface Call {
	/** URL of a module whose default export does the work. */
	module: string;
	input: unknown;
	/** Compressed seconds per real second in the child process. */
	timeFactor: number;
}

export type Reply = { value: unknown } | { error: string };

interface Child<Value> {
	value: Value;
	/** Lets the process clean up, and waits for its end. */
	end(): Promise<void>;
}

/** Does the work in a separate process that keeps running, as a server needs. */
export async function openChild<Value>(call: Call): Promise<Child<Value>> {
	const entry = fileURLToPath(new URL('./entry.mts', import.meta.url));
	// With `gc`, so that memory can be measured without garbage of earlier work.
	const child = fork(entry, { execArgv: ['--expose-gc', '--import', 'tsx'] });
	const gone = once(child, 'exit');
	const end = async () => {
		if (child.connected) child.disconnect();
		await gone;
	};

	child.send(call);
	const early = gone.then(([code]) => ({ error: `A child process ended with code ${code}` }));
	const reply = await Promise.race([
		once(child, 'message').then(([reply]) => reply as Reply),
		early,
	]);
	if ('value' in reply) return { value: reply.value as Value, end };
	await end();
	throw new Error(`${call.module} failed in its child process: ${reply.error}`);
}

/** Does the work in a new process, so that no case is affected by another's memory, warm caches or time. */
export async function runInChild<Value>(
	module: string,
	input: unknown,
	timeFactor = 1,
): Promise<Value> {
	const child = await openChild<Value>({ module, input, timeFactor });
	await child.end();
	return child.value;
}
