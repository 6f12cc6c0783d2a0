import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemContext, RunContext } from '../context';
import { failureOf, isTransient } from '../errors/failure';
import { isTool } from '../job/toolCalls';
import { isLoopback, originOf } from '../support/urls';
import type { Runtime } from '../support/runtime';
import { resultOf } from '../support/result';
import { withRetry } from '../transport/retry';
import type { WebhookDialect } from '../transport/dialects/webhookDialect';
import type { VideoApi } from '../transport/videoApi';
import { checkTriggerUrl } from './registerWithTrigger';
import { webhookErrors } from './webhookErrors';
import { isTestUrl, resumeUrlFor, whyUnreachable } from './webhookUrl';
import type { WaitMode, WaitSettings } from '../request/rules';

/** How an item waits, and the webhook URL that is sent to the server. */
interface WaitDecision {
	mode: WaitMode;
	webhookUrl?: string;
}

/** @throws FailureError if a webhook is not possible, with the reason, before anything is created */
export async function decideWait(
	{ execution, api, canSuspend }: ItemContext,
	{ mode, webhookUrl, triggerUrl, pollsIfNoWebhook }: WaitSettings,
): Promise<WaitDecision> {
	if (triggerUrl) checkTriggerUrl(triggerUrl);
	requireProductionUrls(execution, {
		'Webhook URL': webhookUrl,
		'Register With Trigger': triggerUrl,
	});
	if (mode !== 'webhook')
		return { mode, webhookUrl: webhookUrl && checkWebhookUrl(webhookUrl, api) };
	if (webhookUrl) throw webhookErrors.urlTwice();
	const result = await resultOf(canSuspend(api));
	if (result.ok) return { mode, webhookUrl: result.value };
	const failure = failureOf(result.error);
	if (!pollsIfNoWebhook || failure?.kind !== 'invalidInput') throw result.error;
	execution.logger.info(`The item polls instead of waiting for a webhook. ${failure.message}`);
	return { mode: 'poll' };
}

function requireProductionUrls(
	execution: IExecuteFunctions,
	urls: Record<string, string | undefined>,
): void {
	if (execution.getMode() === 'manual') return;
	for (const [name, url] of Object.entries(urls))
		if (url && isTestUrl(url)) throw webhookErrors.testUrl(name);
}

/** Determines once per run whether it can be suspended. The result is the URL that resumes it. */
export function createCanSuspend(
	execution: IExecuteFunctions,
	runtime: Runtime,
): RunContext['canSuspend'] {
	const find = async (api: VideoApi): Promise<string> => {
		const { webhook } = api.dialect;
		if (!webhook) throw webhookErrors.unsupported();
		if (isTool(execution)) throw webhookErrors.inTool();
		if (!execution.getExecutionId()) throw webhookErrors.notSaved();

		const ownUrl = String(execution.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		const reason = whyNotCallable(ownUrl, webhook, api);
		if (reason) throw webhookErrors.unreachable(originOf(ownUrl), reason);
		await requireSecret(api, runtime);
		return resumeUrlFor(ownUrl);
	};
	let resumeUrl: Promise<string> | undefined;
	return async (api) => await (resumeUrl ??= find(api));
}

/** If a server signs its deliveries, its secret must be readable: without it, no delivery can be verified. */
async function requireSecret(api: VideoApi, runtime: Runtime): Promise<void> {
	const result = await resultOf(withRetry(async () => await api.webhookSecret(), runtime));
	if (result.ok) return;
	const failure = failureOf(result.error);
	if (!failure || isTransient(failure.kind) || failure.kind === 'invalidApiKey') throw result.error;
	throw webhookErrors.noSecret(failure.message);
}

function checkWebhookUrl(url: string, api: VideoApi): string {
	const { webhook } = api.dialect;
	if (!webhook) throw webhookErrors.urlUnsupported();
	const reason = whyNotCallable(url, webhook, api);
	if (reason) throw webhookErrors.badUrl(url, reason);
	return url;
}

/**
 * Returns why the server cannot call the URL, if so. A server on this machine can reach every URL that this machine can
 * reach.
 */
function whyNotCallable(
	url: string,
	{ urlRules }: WebhookDialect,
	{ baseUrl }: VideoApi,
): string | undefined {
	return isLoopback(baseUrl) ? undefined : whyUnreachable(url, urlRules);
}
