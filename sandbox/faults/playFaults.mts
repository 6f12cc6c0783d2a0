import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { retryAfterHeader } from '../server/apiError.mts';
import { changeBody, never } from './changeBody.mts';
import { changeJson, type Placeholders } from './changeJson.mts';
import { dripHead } from './dripHead.mts';
import type { ActiveFault } from './faultSchema.mts';
import type { Faults } from './plannedFaults.mts';

declare module 'fastify' {
	interface FastifyRequest {
		fault?: ActiveFault;
	}
}

interface ResponseDefaults {
	/** Returns the body of a response if the fault has none. */
	errorBody(status: number): unknown;
	/** Returns the values of the placeholders for the response to this request. */
	placeholders(request: FastifyRequest): Placeholders;
}

/**
 * Plays the faults of responses, for all routes. `status`, `reset-before` and `hang` before the work skip the route. Any other
 * fault lets the route do its work first, so that "accepted, response lost" can happen.
 */
export function playFaults(server: FastifyInstance, faults: Faults, defaults: ResponseDefaults) {
	server.addHook('preHandler', async (request, reply) => {
		const { kind } = request.entry;
		if (kind === 'unknown') return;
		const fault = faults.take(kind === 'other' ? 'any' : kind);
		request.fault = fault;

		if (fault?.do === 'reset-before') {
			reply.hijack();
			request.raw.socket.destroy();
		}
		if (fault?.do === 'hang' && fault.phase === 'before') reply.hijack();
		if (fault?.do === 'status') await reply.send(faultResponse(fault, reply));
	});

	server.addHook('onSend', async (request, reply, payload) => {
		const { fault } = request;
		switch (fault?.do) {
			case 'slow':
				await sleep(fault.delayMs, undefined, { ref: false });
				return payload;
			case 'reset-after':
				request.raw.socket.destroy();
				return payload;
			case 'headers':
				reply.headers(fault.headers);
				return payload;
			case 'status-after': {
				const body = faultResponse(fault, reply);
				return typeof body === 'string' ? body : JSON.stringify(body);
			}
			case 'patch':
			case 'repeat':
			case 'echo-key':
				if (!isJson(reply)) return payload;
				return changeJson(String(payload), fault, defaults.placeholders(request));
			case 'drip':
				if (fault.part === 'body') return changeBody(reply, await bytesOf(payload), fault);
				await dripHead(request, reply, await bytesOf(payload), fault);
				return await never();
			case 'hang':
				if (fault.phase === 'after') return await never();
				return changeBody(reply, await bytesOf(payload), fault);
			case 'compress':
				return changeBody(reply, await bytesOf(payload), fault);
			case 'swell':
			case 'truncate':
				return isJson(reply) ? changeBody(reply, await bytesOf(payload), fault) : payload;
			default:
				return payload;
		}
	});

	function faultResponse(
		fault: Extract<ActiveFault, { status: number }>,
		reply: FastifyReply,
	): unknown {
		const { status, retryAfterSeconds, retryAfterDate, headers, body } = fault;
		reply.code(status).removeHeader('content-length');
		if (retryAfterSeconds !== undefined) {
			reply.header('retry-after', retryAfterHeader(retryAfterSeconds, retryAfterDate));
		}
		const sent = body ?? defaults.errorBody(status);
		reply.type(typeof sent === 'string' ? 'text/html' : 'application/json').headers(headers);
		return sent;
	}
}

function isJson(reply: FastifyReply): boolean {
	return String(reply.getHeader('content-type')).includes('json');
}

async function bytesOf(payload: unknown): Promise<Buffer> {
	if (payload instanceof Readable) return await buffer(payload);
	return Buffer.from((payload as string | Buffer | null | undefined) ?? '');
}
