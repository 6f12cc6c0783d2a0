import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPrograms } from '../../instance/debian.mts';
import { freePort } from '../../instance/freePort.mts';
import { exists, run } from '../../instance/shell.mts';
import { startServer, untilReady } from './server.mts';

interface Postgres {
	/** The environment variables for n8n. */
	env: Record<string, string>;
	/** Runs a query; the rows, with the columns separated by `|`. */
	query(sql: string): Promise<string[]>;
	close(): Promise<void>;
}

/** Debian installs the server's programs in a separate folder, by version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const USER = 'n8n';

/** Starts a separate PostgreSQL on a free port, with an empty database. */
export async function startPostgres(): Promise<Postgres> {
	const folder = await mkdtemp(join(tmpdir(), 'lumenfall-postgres-'));
	const programs = await findPrograms();
	const asUser = await otherUserThanRoot(folder);
	const data = join(folder, 'data');
	const initdb = [join(programs, 'initdb'), '-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8'];
	const [first, ...rest] = [...asUser, ...initdb];
	await run(first, rest);

	const port = String(await freePort());
	const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder };
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const [program, ...parameters] = [...asUser, join(programs, 'postgres'), '-D', data, ...options];
	const server = startServer(program, parameters, join(folder, 'postgres.log'));
	const close = async () => {
		await server.close();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	await untilReady('PostgreSQL', server, 'ready to accept connections', close);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
		},
		async query(sql) {
			const address = ['-h', '127.0.0.1', '-p', port, '-U', USER, '-d', 'postgres'];
			const output = await run(join(programs, 'psql'), [...address, '-A', '-t', '-c', sql]);
			return output.split('\n').filter(Boolean);
		},
		close,
	};
}

async function findPrograms(): Promise<string> {
	if (!existsSync(DEBIAN_FOLDER)) await needPrograms(['initdb'], ['postgresql']);
	const newest = readdirSync(DEBIAN_FOLDER).sort((one, other) => Number(other) - Number(one))[0];
	return join(DEBIAN_FOLDER, newest, 'bin');
}

/** PostgreSQL refuses to run as root. Debian's package includes a user for it. */
async function otherUserThanRoot(folder: string): Promise<string[]> {
	if (process.getuid?.() !== 0) return [];
	await run('chown', ['postgres', folder]);
	await chmod(folder, 0o700);
	if (!(await exists('setpriv'))) throw new Error('setpriv (package util-linux) is missing');
	return ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'];
}
