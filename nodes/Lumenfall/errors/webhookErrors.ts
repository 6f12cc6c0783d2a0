import type { FailureError } from './failure';
import { invalid, shown } from './inputErrors';

const POLL_INSTEAD =
	"Or choose 'Until the Video Is Ready' in 'Wait'; the option 'If Webhook Is Not Possible' can do that by itself. Nothing was ordered.";

function cannotPark(reason: string, advice: string): FailureError {
	return invalid(
		`'Wait' is 'On Webhook Call', which is not possible here: ${reason}`,
		`${advice} ${POLL_INSTEAD}`,
	);
}

/** What is in the way of being called by the server. All of it is found before anything is ordered. */
export const webhookErrors = {
	noCalls: () =>
		cannotPark(
			"the server of this credential calls nobody ('Server' is 'OpenAI Compatible')",
			'Use a Lumenfall credential.',
		),
	notHere: () =>
		cannotPark(
			'an AI agent waits for the answer of its tool',
			'Call a workflow with this node in it instead.',
		),
	notSaved: () =>
		cannotPark('this execution is not saved by n8n', 'Save the workflow and run it again.'),
	unreachable: (origin: string, why: string) =>
		cannotPark(
			`the server cannot call this n8n at ${origin}, because ${why}`,
			"Give n8n a public https address on port 443 or 8443, and tell it that address in the environment variable 'WEBHOOK_URL'.",
		),
	noSecret: (reason: string) =>
		cannotPark(
			`the secret that its calls are signed with could not be read (${reason})`,
			"Check 'API Key' and 'Base URL' in the credential.",
		),
	badWebhookUrl: (address: string, why: string) =>
		invalid(
			`'Webhook URL' is ${shown(address)}, which the server cannot call, because ${why}`,
			"Enter the address that the node 'Lumenfall Trigger' shows: public, https, port 443 or 8443. n8n shows the right one once its environment variable 'WEBHOOK_URL' is set.",
		),
	webhookUrlNotTaken: () =>
		invalid(
			"'Webhook URL' is set, but the server of this credential calls nobody ('Server' is 'OpenAI Compatible')",
			"Leave the option away, or use a Lumenfall credential. A server of your own may take an address in 'Additional Parameters'.",
		),
	webhookUrlTwice: () =>
		invalid(
			"'Webhook URL' is set, but 'Wait' is 'On Webhook Call', which needs the one call for itself",
			"Leave the option away, or choose 'Do Not Wait' in 'Wait' to have another workflow called.",
		),
};
