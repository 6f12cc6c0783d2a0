import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCommunityPackage } from './communityPackage.mts';
import { environmentOf, type Ports } from './environment.mts';
import { freePort } from './freePort.mts';
import { locateN8n } from './install.mts';
import type { N8nVersion } from './versions.mts';
import { waitFor } from './waitFor.mts';

export interface InstanceOptions {
	version: N8nVersion;
	/** Additional environment variables. */
	env?: Record<string, string>;
	/** Default `start`. */
	command?: 'start' | 'worker';
	/** Folder whose data is kept for the next instance; a temporary folder by default. */
	folder?: string;
	/** Port of the editor; a free one by default. */
	port?: number;
}

/** One n8n process with its own folder, database and URL, which remain when it is killed and restarted. */
export interface Instance {
	version: N8nVersion;
	url: string;
	pid(): number;
	/** Contains its output over all restarts. */
	logFile: string;
	log(): string;
	/** Memory in use after garbage collection, in MiB. */
	memory(): Promise<{ heap: number; rss: number }>;
	/** Starts it and waits until it can be used. */
	start(env?: Record<string, string>): Promise<void>;
	/** Kills it and its task runner with SIGKILL, as a power failure or the out-of-memory killer does. */
	kill(): Promise<void>;
	/** SIGTERM, as a service manager sends it: n8n first finishes what is running. */
	stop(): Promise<void>;
	/** Ends it and removes its folder, if that is temporary. */
	close(): Promise<void>;
}

const READY = { start: 'Editor is now accessible', worker: 'n8n worker is now ready' };
const PATIENCE_SECONDS = 180;
const MIB = 1024 * 1024;
const MEMORY_PROBE = join(import.meta.dirname, 'memoryProbe.cjs');

/**
 * Prepares an n8n with the package installed in its folder. It does not run yet.
 * @throws if this version of n8n is not installed
 */
export async function createInstance(options: InstanceOptions): Promise<Instance> {
	const { version, command = 'start' } = options;
	const folder = options.folder ?? (await mkdtemp(join(tmpdir(), `lumenfall-n8n-${version}-`)));
	await mkdir(join(folder, '.n8n'), { recursive: true });
	await installCommunityPackage(join(folder, '.n8n'));

	const ports: Ports = {
		http: options.port ?? (await freePort()),
		broker: await freePort(),
		health: await freePort(),
	};
	const logFile = join(folder, 'n8n.log');
	const log = () => readFileSync(logFile, 'utf8');
	let child: ChildProcess | undefined;
	let extra = options.env ?? {};

	async function start(env?: Record<string, string>) {
		extra = { ...extra, ...env };
		const said = existsSync(logFile) ? log().length : 0;
		child = launch(options, logFile, { ...environmentOf(version, folder, ports), ...extra });
		const { exitCode } = child;
		await waitFor(
			`"${READY[command]}" of n8n ${version}`,
			() => {
				if (child?.exitCode !== exitCode) throw new Error(`n8n ${version} ended at its start`);
				return log().slice(said).includes(READY[command]);
			},
			PATIENCE_SECONDS,
		).catch((error: Error) => {
			throw new Error(`${error.message}. Its last lines:\n${lastLines(log())}`);
		});
	}

	async function kill() {
		if (child) await killGroup(child);
	}

	return {
		version,
		url: `http://127.0.0.1:${ports.http}`,
		pid: () => child?.pid ?? 0,
		logFile,
		log,
		async memory() {
			const file = memoryFileOf(folder);
			await rm(file, { force: true });
			child?.kill('SIGUSR2');
			await waitFor('the memory probe', () => existsSync(file));
			const { heapUsed, rss } = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage;
			return { heap: heapUsed / MIB, rss: rss / MIB };
		},
		start,
		kill,
		async stop() {
			if (!child || child.exitCode !== null || child.signalCode !== null) return;
			const gone = new Promise((resolve) => child?.once('exit', resolve));
			child.kill('SIGTERM');
			await gone;
		},
		async close() {
			await kill();
			if (options.folder) return;
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

function launch(
	{ version, command = 'start' }: InstanceOptions,
	logFile: string,
	env: Record<string, string>,
): ChildProcess {
	const { folder, node } = locateN8n(version);
	const output = openSync(logFile, 'a');
	// In its own process group, so that its task runner is killed with it.
	const child = spawn(node, ['--require', MEMORY_PROBE, join(folder, 'bin/n8n'), command], {
		cwd: env.HOME,
		env: { ...env, LUMENFALL_MEMORY_FILE: memoryFileOf(env.HOME) },
		detached: true,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	return child;
}

async function killGroup(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	signalGroup(child);
	await gone;
}

function signalGroup(child: ChildProcess): void {
	try {
		process.kill(-child.pid!, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** All processes are killed when the tests end, however they end. */
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach(signalGroup));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(1));
}

function memoryFileOf(folder: string): string {
	return join(folder, 'memory.json');
}

function lastLines(text: string, count = 60): string {
	return text.trim().split('\n').slice(-count).join('\n');
}
