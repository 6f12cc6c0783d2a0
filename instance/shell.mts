import { spawn } from 'node:child_process';

interface RunOptions {
	cwd?: string;
	env?: Record<string, string>;
}

/**
 * Runs a program to its end and returns its output.
 * @throws an error with the last lines of the output if the exit code is not 0
 */
export async function run(
	program: string,
	parameters: string[],
	{ cwd, env = {} }: RunOptions = {},
): Promise<string> {
	const child = spawn(program, parameters, {
		cwd,
		env: { ...process.env, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let all = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		all += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) {
		const words = [program, ...parameters].join(' ');
		throw new Error(`${words} ended with ${code}:\n${all.split('\n').slice(-40).join('\n')}`);
	}
	return stdout;
}

/** Whether the program can be started. */
export async function exists(program: string): Promise<boolean> {
	return await run('sh', ['-c', `command -v ${program}`]).then(
		() => true,
		() => false,
	);
}
