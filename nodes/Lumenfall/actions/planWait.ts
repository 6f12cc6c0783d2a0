import type { IExecuteFunctions } from 'n8n-workflow';
import { callbackFailures } from '../errors/callbackFailures';
import { isTransient } from '../errors/classify';
import { FailureError, failureOf } from '../errors/failure';
import { isLoopback, originOf, resumeAddress, whyUnreachable } from '../job/callback';
import type { VideoApi } from '../transport/api';
import { withRetry } from '../transport/retry';
import type { ActionContext } from './action';
import { doorsOf } from './doors';
import { readOptions, readWaitMode, type WaitMode } from './form';

/** How an item waits, and which address the server is asked to call. */
export interface WaitPlan {
	mode: WaitMode;
	callback?: string;
}

/** Finds out whether this run can be parked; asked once for all items. */
export type Parkable = (api: VideoApi) => Promise<string>;

/** @throws FailureError that says what is in the way, before anything is ordered */
export async function planWait(context: ActionContext): Promise<WaitPlan> {
	const { execution, itemIndex, api, parkable } = context;
	const { webhookUrl, ifCannotPark } = readOptions(execution, itemIndex);
	const mode = readWaitMode(execution, itemIndex);
	if (mode !== 'webhook') return { mode, callback: webhookUrl && checked(webhookUrl, api) };
	if (webhookUrl) throw callbackFailures.webhookUrlTwice();

	return await parkable(api).then(
		(callback) => ({ mode, callback }),
		(error: unknown) => {
			if (ifCannotPark !== 'poll' || failureOf(error)?.kind !== 'invalidInput') throw error;
			execution.logger.info(`The item waits in the running execution. ${wordsOf(error)}`);
			return { mode: 'poll' };
		},
	);
}

/** The address that resumes this execution, where everything it takes is there. */
export function createParkable(
	execution: IExecuteFunctions,
	stop: ActionContext['stop'],
): Parkable {
	const find: Parkable = async (api) => {
		if (!api.dialect.callsBack) throw callbackFailures.noCalls();
		if (isTool(execution)) throw callbackFailures.notHere();
		if (!execution.getExecutionId()) throw callbackFailures.notSaved();

		const resumeUrl = String(execution.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		const why = whyNotCallable(resumeUrl, api);
		if (why) throw callbackFailures.unreachable(originOf(resumeUrl), why);

		// Without the secret no call could be told from a forged one.
		await withRetry(async () => await api.webhookSecret(), doorsOf(stop)).catch(
			(error: unknown) => {
				const failure = failureOf(error);
				if (!failure || isTransient(failure.kind) || failure.kind === 'wrongKey') throw error;
				throw callbackFailures.noSecret(failure.message);
			},
		);
		return resumeAddress(resumeUrl);
	};
	let answer: Promise<string> | undefined;
	return async (api) => await (answer ??= find(api));
}

/** An agent's tool must answer at once; n8n tells it in one way or the other. */
function isTool(execution: IExecuteFunctions): boolean {
	return execution.isToolExecution?.() === true || execution.getNode().type.endsWith('Tool');
}

function checked(address: string, api: VideoApi): string {
	if (!api.dialect.callsBack) throw callbackFailures.webhookUrlNotTaken();
	const why = whyNotCallable(address, api);
	if (why) throw callbackFailures.badWebhookUrl(address, why);
	return address;
}

/** A server on this very machine can call whatever this machine can. */
function whyNotCallable(address: string, { baseUrl }: VideoApi): string | undefined {
	return isLoopback(baseUrl) ? undefined : whyUnreachable(address);
}

function wordsOf(error: unknown): string {
	return error instanceof FailureError ? error.message : '';
}
