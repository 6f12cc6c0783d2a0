import type { FastifyInstance } from 'fastify';
import { ApiError } from './apiError.mts';
import type { Clock } from '../clock.mts';
import type { Dialect } from '../dialects/dialect.mts';

export interface RateLimit {
	createsPerSecond: number;
}

/** A token bucket that refills with sandbox time and starts full. */
export interface RateLimiter {
	/** Takes one permit and returns 0, or returns the sandbox milliseconds until the next permit. */
	acquire(): number;
	clear(): void;
}

/** Creates a limiter of creates. */
export function createRateLimiter(clock: Clock, { createsPerSecond }: RateLimit): RateLimiter {
	const capacity = Math.max(1, createsPerSecond);
	let permits = capacity;
	let countedAt = clock.now();

	function acquire(): number {
		const now = clock.now();
		permits = Math.min(capacity, permits + ((now - countedAt) / 1000) * createsPerSecond);
		countedAt = now;
		if (permits < 1) return ((1 - permits) / createsPerSecond) * 1000;
		permits -= 1;
		return 0;
	}

	return { acquire, clear: () => void (permits = capacity) };
}

/**
 * Refuses creates beyond the limit before any other check. Refused ones use no permit, so creates succeed again as soon
 * as the clients slow down.
 */
export function limitCreates(
	api: FastifyInstance,
	rateLimiter: RateLimiter,
	clock: Clock,
	dialect: Dialect,
) {
	api.addHook('preHandler', async (request) => {
		if (request.entry.kind !== 'create') return;
		const waitMs = rateLimiter.acquire();
		if (waitMs === 0) return;
		const { message, type, code } = dialect.faultError(429);
		// Clients wait in real seconds, at least one.
		const retryAfterSeconds = Math.max(1, Math.ceil(clock.realMs(waitMs) / 1000));
		throw new ApiError(429, message, { type, code, retryAfterSeconds });
	});
}

/** The refusal of one job too many, with Azure's message in the dialect's format. */
export function tooManyRunning(dialect: Dialect): ApiError {
	const { type, code } = dialect.faultError(429);
	return new ApiError(429, 'Too many running tasks', { type, code });
}
