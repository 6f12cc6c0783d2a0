import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { runErrors } from '../errors/runErrors';
import { StopSwitch } from '../support/stopSwitch';
import { TIMEOUTS } from './timeouts';

/** The n8n context that requests go through. n8n adds its proxy, SSRF protection and credential handling. */
export type HttpHost =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** Returns the signal that aborts when the execution is stopped. Contexts without an execution have none. */
export function stopSignalOf(host: HttpHost): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : undefined;
}

/** Returns a switch that flips when the user stops the execution, or when n8n's time limit is reached. */
export function stopSwitchOf(host: HttpHost): StopSwitch {
	const stop = new StopSwitch();
	const signal = stopSignalOf(host);
	const onCancel = () => stop.stop(runErrors.stopped());
	if (signal?.aborted) onCancel();
	else signal?.addEventListener('abort', onCancel, { once: true });
	return stop;
}

/**
 * Returns the n8n context with another cancel signal. n8n sets the execution's cancel signal on every authenticated
 * request of a context that has one (n8n-core, request-helpers). That signal would replace the deadline for the body.
 */
export function withSignal(host: HttpHost, signal: AbortSignal): IExecuteFunctions {
	return Object.create(host, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IExecuteFunctions;
}

/**
 * Returns the n8n context for the requests after a Stop: a status check and the cancellation. The execution's cancel
 * signal would end them before they start, so another signal gives them a few seconds in total.
 */
export function withoutStop(host: HttpHost): IExecuteFunctions {
	return withSignal(host, AbortSignal.timeout(TIMEOUTS.afterStop));
}
