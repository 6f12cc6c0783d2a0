/** Entry point of a child process: runs the default export of one module, in real or in compressed time. */
import type { Call, Reply } from './child.mts';

interface Module {
	default(input: unknown): Promise<unknown>;
	/** Called when the parent does not need this process any more. */
	close?(): Promise<void>;
}

let close: Module['close'];

process.once('message', ({ module, input, timeFactor }: Call) => {
	perform(module, input, timeFactor).then(
		(value) => send({ value }),
		(error: Error) => send({ error: error.stack ?? error.message }),
	);
});

process.once('disconnect', () => {
	void Promise.resolve(close?.()).finally(() => process.exit());
});

async function perform(module: string, input: unknown, timeFactor: number): Promise<unknown> {
	// Must run before anything else is loaded, because a module must not hold a timer of real time.
	if (timeFactor !== 1) await compressTime(timeFactor);
	const loaded = (await import(module)) as Module;
	close = loaded.close;
	return await loaded.default(input);
}

async function compressTime(timeFactor: number) {
	const path = new URL('../../test/support/compressedTime.mjs', import.meta.url).href;
	const support = (await import(path)) as { compressTime(factor: number): void };
	support.compressTime(timeFactor);
}

function send(reply: Reply) {
	process.send!(reply);
}
