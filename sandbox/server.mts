import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ApiError } from './apiError.mts';
import { registerControl } from './control.mts';
import type { Sandbox } from './createSandbox.mts';
import { playFaults } from './faultHooks.mts';
import type { Faults } from './faults.mts';
import type { Journal } from './journal.mts';
import { limitCreates, type Gate } from './limits.mts';
import { retryAfter } from './retryAfter.mts';
import type { Dialect, World } from './world.mts';

interface ServerParts {
	dialect: Dialect;
	world: World;
	faults: Faults;
	journal: Journal;
	gate?: Gate;
	apiKey: string;
	control(): Sandbox;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Answers without a key. */
		isPublic?: boolean;
	}
}

// A picture inside JSON may be 20 MiB of text (OpenAI reference 1.1).
const bodyLimitBytes = 32 * 1024 * 1024;
// Ids of some gateways are encoded routing data, 200 characters and more (OpenAI reference 1.3).
const maxParamLength = 2000;

/** The API origin: the routes of one dialect, and the control routes beside them. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
	const { dialect, world, faults, journal, gate, apiKey } = parts;
	const server = Fastify({
		forceCloseConnections: true,
		bodyLimit: bodyLimitBytes,
		routerOptions: { maxParamLength },
	});

	server.register(async (control) => registerControl(control, parts.control));
	server.register(async (api) => {
		await api.register(multipart, { limits: { fileSize: bodyLimitBytes } });
		journal.follow(api, 'api');
		api.addHook('onRequest', async (request, reply) => {
			reply.header('x-request-id', `req_${randomUUID().replaceAll('-', '')}`);
			// Clients compare `created_at` with it, so both must tell sandbox time.
			reply.header('date', new Date(world.clock.now()).toUTCString());
			if (request.routeOptions.config.isPublic) return;
			if (request.headers.authorization !== `Bearer ${apiKey}`) throw dialect.unauthorized();
		});
		if (gate) limitCreates(api, gate, world.clock, dialect);
		playFaults(api, faults, (status) => dialect.errorBody(dialect.faultError(status)));

		api.setErrorHandler(async (error: FastifyError | ApiError, _request, reply) => {
			const known = error instanceof ApiError ? error : wrapped(error, dialect);
			const { retryAfterSeconds } = known;
			if (retryAfterSeconds !== undefined) {
				reply.header('retry-after', retryAfter(retryAfterSeconds));
			}
			await reply.code(known.status).send(dialect.errorBody(known));
		});
		api.all('/*', { config: { kind: 'unknown' } }, async (request) => {
			throw dialect.unknownPath(request.method, request.entry.path);
		});
		dialect.register(api, world);
	});
	return server;
}

/** An error of the HTTP layer, such as broken JSON, in the words of the dialect. */
function wrapped(error: FastifyError, dialect: Dialect): ApiError {
	const status = error.statusCode ?? 500;
	const { type, code } = dialect.faultError(status);
	return new ApiError(status, error.message, { type, code });
}
