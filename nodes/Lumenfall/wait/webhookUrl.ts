import type { IWebhookDescription } from 'n8n-workflow';
import { isIpAddress, isLoopback, whyPrivate } from '../support/urls';
import type { UrlRules } from '../transport/dialects/webhookDialect';

/** Webhook URLs that the server calls when a video ends. */

/** Path segment after the execution's resume URL that selects this node's webhook. */
const RESUME_PATH = 'video';

/** The webhook that resumes a suspended execution. It exists only while the execution is suspended. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'noData',
		path: RESUME_PATH,
		restartWebhook: true,
		isFullPath: true,
	},
];

/**
 * Returns the URL that resumes an execution at this node: n8n's resume URL with one more path segment. The token that
 * n8n 2 puts in the query is kept.
 * @param resumeUrl the value of `$execution.resumeUrl`
 */
export function resumeUrlFor(resumeUrl: string): string {
	const url = new URL(resumeUrl);
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${RESUME_PATH}`;
	return url.href;
}

/**
 * Returns why a server on the internet cannot call a URL, as the end of a sentence. Undefined if it can. Each server
 * has its own rules. A host name that resolves only within a network is refused for every server.
 */
export function whyUnreachable(url: string, { ports, hostNameOnly }: UrlRules): string | undefined {
	if (!URL.canParse(url)) return 'it is not a URL';
	const { protocol, hostname, port } = new URL(url);
	if (isLoopback(url)) return 'it refers to this machine only';
	if (protocol !== 'https:') return 'it does not start with https://';
	if (isIpAddress(hostname) && hostNameOnly) return 'it has an IP address instead of a host name';
	const reason = whyPrivate(url);
	if (reason) return reason;
	if (ports && !ports.includes(Number(port || 443)))
		return `its port is ${port} instead of ${ports.join(' or ')}`;
	return undefined;
}

/** Reports whether n8n serves a URL only for one call after a click in the editor. */
export function isTestUrl(url: string): boolean {
	return url.includes('/webhook-test/');
}
