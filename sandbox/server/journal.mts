import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.mts';
import type { ActiveFault, FaultPoint } from '../faults/faultSchema.mts';

/** One request as it arrived; `at` in sandbox milliseconds. */
export interface JournalEntry {
	at: number;
	host: 'api' | 'media';
	/** What the request was for; `unknown` means that no such route exists. */
	kind: RequestKind;
	method: string;
	path: string;
	query: Record<string, unknown>;
	/** The status answered; null when the connection was cut instead. */
	status: number | null;
	contentType?: string;
	hadAuthorization: boolean;
	/** The parsed body as JSON text, at most 4,096 characters of it. */
	body?: string;
}

export type RequestKind = Exclude<FaultPoint, 'any'> | 'other' | 'unknown';

export interface Journal {
	entries(): JournalEntry[];
	/** Calls back for every request once it is answered. */
	onEntry(listener: (entry: JournalEntry) => void): void;
	/** Writes down every request that this server receives. */
	follow(server: FastifyInstance, host: JournalEntry['host']): void;
	clear(): void;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		kind?: RequestKind;
	}
	interface FastifyRequest {
		entry: JournalEntry;
	}
}

const bodyCap = 4096;

export function createJournal(clock: Clock): Journal {
	const entries: JournalEntry[] = [];
	const listeners: ((entry: JournalEntry) => void)[] = [];

	function follow(server: FastifyInstance, host: JournalEntry['host']) {
		server.addHook('onRequest', async (request) => {
			request.entry = {
				at: clock.now(),
				host,
				kind: kindOf(request.routeOptions.config.kind, request.query),
				method: request.method,
				path: request.url.split('?')[0],
				query: request.query as Record<string, unknown>,
				status: null,
				contentType: request.headers['content-type'],
				hadAuthorization: request.headers.authorization !== undefined,
			};
			entries.push(request.entry);
		});
		server.addHook('preHandler', async (request) => {
			// Multipart bodies are written down by their reader; there is no parsed body here.
			if (request.body !== undefined) noteBody(request.entry, request.body);
		});
		// Noted before the first byte leaves: a client must never see an answer the journal lacks.
		server.addHook('onSend', async (request, reply) => {
			request.entry.status = statusAnswered(request.fault, reply.statusCode);
		});
		server.addHook('onResponse', async (request) => {
			listeners.forEach((listener) => listener(request.entry));
		});
	}

	return {
		entries: () => entries,
		onEntry: (listener) => void listeners.push(listener),
		follow,
		clear: () => void entries.splice(0),
	};
}

/** Puts the parsed body into the journal. */
export function noteBody(entry: JournalEntry, body: unknown) {
	entry.body = JSON.stringify(body)?.slice(0, bodyCap);
}

function statusAnswered(fault: ActiveFault | undefined, status: number): number | null {
	if (fault?.do === 'reset-after') return null;
	return fault?.do === 'status-after' ? fault.status : status;
}

function kindOf(kind: RequestKind = 'other', query: unknown): RequestKind {
	const { dryRun } = query as { dryRun?: string };
	return kind === 'create' && dryRun === 'true' ? 'estimate' : kind;
}
