import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { waitFor } from '../../instance/waitFor.mts';

/** A server program from Debian, run in the foreground. It ends with the tests. */
export interface Server {
	/** Everything that it has logged. */
	log(): string;
	hasEnded(): boolean;
	close(): Promise<void>;
}

export function startServer(program: string, parameters: string[], logFile: string): Server {
	const output = openSync(logFile, 'a');
	const child = spawn(program, parameters, { stdio: ['ignore', output, output], detached: true });
	closeSync(output);
	running.add(child);
	child.once('exit', () => running.delete(child));
	return {
		log: () => readFileSync(logFile, 'utf8'),
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
		async close() {
			if (!running.has(child)) return;
			const gone = new Promise((resolve) => child.once('exit', resolve));
			killGroup(child);
			await gone;
		},
	};
}

/** Waits until the log contains the text. If the server does not start, closes it and throws with its log. */
export async function untilReady(
	name: string,
	server: Server,
	words: string,
	close: () => Promise<void>,
): Promise<void> {
	try {
		await waitFor(name, () => {
			if (server.hasEnded()) throw new Error(`${name} ended at its start:\n${server.log()}`);
			return server.log().includes(words);
		});
	} catch (error) {
		await close();
		throw error;
	}
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(killGroup));

function killGroup(child: ChildProcess): void {
	try {
		process.kill(-child.pid!, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
