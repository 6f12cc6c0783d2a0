import type { HttpHost } from './http';

/**
 * The same n8n context without the execution's stop signal, so that a request still goes out, with credentials, after
 * the user has stopped the execution. n8n forces the signal onto every authenticated request of a context that has
 * one (n8n-core, request-helpers), and would end ours before it began.
 *
 * Used for the two calls that must not be cut short: ordering a video, whose answer is the only proof of what was
 * paid for, and cancelling it.
 */
export function withoutStop<Host extends HttpHost>(host: Host): Host {
	return Object.create(host, { getExecutionCancelSignal: { value: () => undefined } }) as Host;
}
