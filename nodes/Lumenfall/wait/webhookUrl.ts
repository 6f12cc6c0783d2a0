import type { IWebhookDescription } from 'n8n-workflow';

/** URLs that the server is asked to call when a video is finished. */

/** The step that n8n adds to the resume URL of an execution for this node. */
const RESUME_PATH = 'video';

/** Where a delivery resumes a suspended execution. It exists only while the execution is suspended. */
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
 * The address that resumes an execution at this node: n8n's own with one step added to its path. n8n 2 carries a token
 * in the query, which stays.
 * @param resumeUrl what `$execution.resumeUrl` says
 */
export function resumeUrlFor(resumeUrl: string): string {
	const url = new URL(resumeUrl);
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${RESUME_PATH}`;
	return url.href;
}

/**
 * Why a server on the internet cannot call an address, in words that end a sentence; undefined where it can.
 * The gateway's rules (docs/protocols/lumenfall.md#webhooks), and names that only mean something inside a network.
 */
export function whyUnreachable(url: string): string | undefined {
	if (!URL.canParse(url)) return 'it is not a URL';
	const { protocol, hostname, port } = new URL(url);
	if (isLoopback(url)) return 'it refers to this machine only';
	if (protocol !== 'https:') return 'it does not start with https://';
	if (/^\[|^[\d.]+$/.test(hostname)) return 'it has an IP address instead of a host name';
	if (!hostname.includes('.') || /\.(local|localhost|internal|lan|home|corp)$/.test(hostname))
		return 'its host name is known only inside your network';
	if (port !== '' && port !== '8443') return `its port is ${port} instead of 443 or 8443`;
	return undefined;
}

/** Whether an address leads to the machine that asks. A server there can call this machine, whatever its address. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname } = new URL(url);
	return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(hostname);
}

/** An address without what must not be shown: query and path carry tokens. */
export function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : url;
}
