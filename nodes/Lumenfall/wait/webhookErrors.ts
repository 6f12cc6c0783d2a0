import type { FailureError } from '../errors/failure';
import { invalid, shown } from '../errors/message';
import { originOf } from '../support/urls';

/** The run cannot be resumed by a webhook. Detected before anything is created. */
export const webhookErrors = {
	unsupported: () =>
		cannotSuspend(
			'this server does not send webhooks',
			'Use a Lumenfall or OpenRouter credential.',
		),

	inTool: () =>
		cannotSuspend(
			'an AI agent waits for the result of its tool call',
			'Let the agent call a workflow that contains this node.',
		),

	notSaved: () =>
		cannotSuspend('n8n does not save this execution', 'Save the workflow and run it again.'),

	/** @param why completes "because …" */
	unreachable: (origin: string, why: string) =>
		cannotSuspend(
			`the server cannot call this n8n at ${origin}, because ${why}`,
			"Make n8n available at a public https URL, for Lumenfall on port 443 or 8443, and set that URL in n8n's environment variable 'WEBHOOK_URL'.",
		),

	noSecret: (reason: string) =>
		cannotSuspend(
			`the secret that signs its webhooks could not be read (${reason})`,
			"Check 'API Key' and 'Base URL' in the credential.",
		),

	/**
	 * Shows only the origin, because anyone who has the whole URL can start the workflow.
	 * @param why completes "because …"
	 */
	badUrl: (url: string, why: string) =>
		invalid(
			`'Webhook URL' is ${shown(originOf(url))}, which the server cannot call, because ${why}`,
			"Enter the URL that the 'Lumenfall Trigger' node shows: public, https, for Lumenfall on port 443 or 8443. n8n shows the right one once its environment variable 'WEBHOOK_URL' is set.",
		),

	/** @param name display name of the option */
	testUrl: (name: string) =>
		invalid(
			`'${name}' is the test URL of a trigger, where n8n accepts calls only while you test`,
			"Enter the production URL, with '/webhook/' instead of '/webhook-test/', and activate the workflow of the trigger.",
		),

	urlUnsupported: () =>
		invalid(
			"'Webhook URL' is set, but this server does not send webhooks",
			"Remove the option, or use a Lumenfall or OpenRouter credential. A server of your own may support a URL in 'Additional Parameters'.",
		),

	urlTwice: () =>
		invalid(
			"'Webhook URL' is set, but 'Wait' is 'On Webhook Call', which needs the webhook for this execution",
			"Remove the option. To start another workflow instead, choose 'Do Not Wait' in 'Wait'.",
		),
};

const POLL_INSTEAD =
	"Or choose 'Until the Video Is Ready' in 'Wait'. The option 'If Webhook Is Not Possible' can do that automatically. Nothing was created.";

function cannotSuspend(reason: string, advice: string): FailureError {
	return invalid(
		`'Wait' is 'On Webhook Call', which is not possible here: ${reason}`,
		`${advice} ${POLL_INSTEAD}`,
	);
}
