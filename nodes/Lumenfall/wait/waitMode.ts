import type { IExecuteFunctions } from 'n8n-workflow';
import { webhookErrors } from '../errors/webhookErrors';
import { FailureError, failureOf, isTransient } from '../errors/failure';
import { isLoopback, originOf, resumeUrlFor, whyUnreachable } from './webhookUrl';
import type { VideoApi } from '../transport/videoApi';
import { withRetry } from '../transport/retry';
import type { ItemContext } from '../context';
import { runtimeOf } from '../support/runtime';
import { readOptions, readWaitMode, type WaitMode } from '../parameters/form';

/** How an item waits, and which address the server is asked to call. */
export interface WaitDecision {
	mode: WaitMode;
	callback?: string;
}

/** Finds out whether this run can be parked; asked once for all items. */
export type CanSuspend = (api: VideoApi) => Promise<string>;

/** @throws FailureError that says what is in the way, before anything is ordered */
export async function decideWait(context: ItemContext): Promise<WaitDecision> {
	const { execution, itemIndex, api, canSuspend } = context;
	const { webhookUrl, ifCannotPark } = readOptions(execution, itemIndex);
	const mode = readWaitMode(execution, itemIndex);
	if (mode !== 'webhook') return { mode, callback: webhookUrl && checked(webhookUrl, api) };
	if (webhookUrl) throw webhookErrors.webhookUrlTwice();

	return await canSuspend(api).then(
		(callback) => ({ mode, callback }),
		(error: unknown) => {
			if (ifCannotPark !== 'poll' || failureOf(error)?.kind !== 'invalidInput') throw error;
			execution.logger.info(`The item waits in the running execution. ${wordsOf(error)}`);
			return { mode: 'poll' };
		},
	);
}

/** The address that resumes this execution, where everything it takes is there. */
export function createCanSuspend(
	execution: IExecuteFunctions,
	stop: ItemContext['stop'],
): CanSuspend {
	const find: CanSuspend = async (api) => {
		if (!api.dialect.supportsWebhooks) throw webhookErrors.noCalls();
		if (isTool(execution)) throw webhookErrors.notHere();
		if (!execution.getExecutionId()) throw webhookErrors.notSaved();

		const resumeUrl = String(execution.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		const why = whyNotCallable(resumeUrl, api);
		if (why) throw webhookErrors.unreachable(originOf(resumeUrl), why);

		// Without the secret no call could be told from a forged one.
		await withRetry(async () => await api.webhookSecret(), runtimeOf(stop)).catch(
			(error: unknown) => {
				const failure = failureOf(error);
				if (!failure || isTransient(failure.kind) || failure.kind === 'invalidApiKey') throw error;
				throw webhookErrors.noSecret(failure.message);
			},
		);
		return resumeUrlFor(resumeUrl);
	};
	let answer: Promise<string> | undefined;
	return async (api) => await (answer ??= find(api));
}

/** An agent's tool must answer at once; n8n tells it in one way or the other. */
function isTool(execution: IExecuteFunctions): boolean {
	return execution.isToolExecution?.() === true || execution.getNode().type.endsWith('Tool');
}

function checked(address: string, api: VideoApi): string {
	if (!api.dialect.supportsWebhooks) throw webhookErrors.webhookUrlNotTaken();
	const why = whyNotCallable(address, api);
	if (why) throw webhookErrors.badWebhookUrl(address, why);
	return address;
}

/** A server on this very machine can call whatever this machine can. */
function whyNotCallable(address: string, { baseUrl }: VideoApi): string | undefined {
	return isLoopback(baseUrl) ? undefined : whyUnreachable(address);
}

function wordsOf(error: unknown): string {
	return error instanceof FailureError ? error.message : '';
}
