import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.mts';
import type { ActiveFault, FaultPoint } from '../faults/faultSchema.mts';

/** One received request. `at` is in sandbox milliseconds. */
export interface JournalEntry {
	at: number;
	host: 'api' | 'media';
	/** The purpose of the request. `unknown` means that the route does not exist. */
	kind: RequestKind;
	method: string;
	path: string;
	query: Record<string, unknown>;
	/** The status of the response. Null if the connection was closed instead. */
	status: number | null;
	contentType?: string;
	hadAuthorization: boolean;
	/** The parsed body as JSON text, truncated to 4,096 characters. */
	body?: string;
}

type RequestKind = Exclude<FaultPoint, 'any'> | 'other' | 'unknown';

export interface Journal {
	entries(): JournalEntry[];
	/** Calls back for every request after its response. */
	onEntry(listener: (entry: JournalEntry) => void): void;
	/** Records every request that this server receives. */
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

const BODY_CAP = 4096;

/** Creates an empty journal. */
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
			// A multipart body is recorded by its reader, because there is no parsed body here.
			if (request.body !== undefined) noteBody(request.entry, request.body);
		});
		// Recorded before the first byte is sent, so that no client sees a response that the journal does not contain.
		server.addHook('onSend', async (request, reply) => {
			request.entry.status = responseStatus(request.fault, reply.statusCode);
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

/** Adds the parsed body to the journal. */
export function noteBody(entry: JournalEntry, body: unknown) {
	entry.body = JSON.stringify(body)?.slice(0, BODY_CAP);
}

function responseStatus(fault: ActiveFault | undefined, status: number): number | null {
	if (fault?.do === 'reset-after') return null;
	return fault?.do === 'status-after' ? fault.status : status;
}

function kindOf(kind: RequestKind = 'other', query: unknown): RequestKind {
	const { dryRun } = query as { dryRun?: string };
	return kind === 'create' && dryRun === 'true' ? 'estimate' : kind;
}
