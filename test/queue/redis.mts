import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPrograms } from '../../instance/debian.mts';
import { freePort } from '../../instance/freePort.mts';
import { startServer, untilReady } from './server.mts';

export interface Redis {
	/** The environment variables for n8n. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** Starts a separate Redis on a free port, without data on disk. */
export async function startRedis(): Promise<Redis> {
	await needPrograms(['redis-server'], ['redis-server']);
	const folder = await mkdtemp(join(tmpdir(), 'lumenfall-redis-'));
	const port = String(await freePort());
	const parameters = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const server = startServer('redis-server', parameters, join(folder, 'redis.log'));
	const close = async () => {
		await server.close();
		await rm(folder, { recursive: true, force: true });
	};
	await untilReady('Redis', server, 'Ready to accept connections', close);
	return { env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port }, close };
}
