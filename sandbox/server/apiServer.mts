import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { ApiError, retryAfterHeader } from './apiError.mts';
import { registerControl } from './control.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Placeholders } from '../faults/changeJson.mts';
import { playFaults } from '../faults/playFaults.mts';
import type { Faults } from '../faults/plannedFaults.mts';
import type { Journal } from './journal.mts';
import { limitCreates, type RateLimiter } from './rateLimit.mts';
import type { Dialect } from '../dialects/dialect.mts';
import type { SandboxState } from '../state.mts';

interface ServerParts {
	dialect: Dialect;
	state: SandboxState;
	faults: Faults;
	journal: Journal;
	rateLimiter?: RateLimiter;
	apiKey: string;
	control(): Sandbox;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		/** The route requires no key. */
		isPublic?: boolean;
	}
}

// An image in JSON may have 20 MiB of text.
const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
// Some gateways have ids with encoded routing data, of 200 characters and more.
const MAX_PARAM_LENGTH = 2000;

/** Creates the API server: the routes of one dialect, and the control routes. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
	const { dialect, state, faults, journal, rateLimiter, apiKey } = parts;
	const server = Fastify({
		forceCloseConnections: true,
		bodyLimit: BODY_LIMIT_BYTES,
		routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
	});

	server.register(async (control) => registerControl(control, parts.control));
	server.register(async (api) => {
		await api.register(multipart, { limits: { fileSize: BODY_LIMIT_BYTES } });
		journal.follow(api, 'api');
		api.addHook('onRequest', async (request, reply) => {
			reply.header('x-request-id', `req_${randomUUID().replaceAll('-', '')}`);
			// Clients compare `created_at` with this header, so both are in sandbox time.
			reply.header('date', new Date(state.clock.now()).toUTCString());
			if (request.routeOptions.config.isPublic) return;
			if (!hasKey(request, dialect, apiKey)) throw dialect.unauthorized();
		});
		if (rateLimiter) limitCreates(api, rateLimiter, state.clock, dialect);
		playFaults(api, faults, {
			errorBody: (status) => dialect.errorBody(dialect.faultError(status)),
			placeholders: (request) => placeholdersOf(request, parts),
		});

		api.setErrorHandler(async (error: FastifyError | ApiError, _request, reply) => {
			const known = error instanceof ApiError ? error : wrapped(error, dialect);
			const { retryAfterSeconds } = known;
			if (retryAfterSeconds !== undefined) {
				reply.header('retry-after', retryAfterHeader(retryAfterSeconds));
			}
			await reply.code(known.status).send(dialect.errorBody(known));
		});
		api.all('/*', { config: { kind: 'unknown' } }, async (request) => {
			throw dialect.unknownPath(request.method, request.entry.path);
		});
		dialect.register(api, state);
	});
	return server;
}

function hasKey(
	{ headers }: FastifyRequest,
	{ keyHeaders = [] }: Dialect,
	apiKey: string,
): boolean {
	return (
		headers.authorization === `Bearer ${apiKey}` ||
		keyHeaders.some((name) => headers[name] === apiKey)
	);
}

/** Returns the job of the request, or else the latest one. */
function placeholdersOf({ params }: FastifyRequest, { state, apiKey }: ServerParts): Placeholders {
	const { id } = params as { id?: string };
	const job = id === undefined ? state.jobs.all().at(-1) : state.jobs.find(id);
	return { key: apiKey, id: job?.id, url: job?.output?.url };
}

/** Converts an error of the HTTP layer, such as broken JSON, to the dialect's format. */
function wrapped(error: FastifyError, dialect: Dialect): ApiError {
	const status = error.statusCode ?? 500;
	const { type, code } = dialect.faultError(status);
	return new ApiError(status, error.message, { type, code });
}
