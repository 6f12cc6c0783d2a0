/** The hosts of servers that are recognized by their base URL, in the credential's test too. */

/** Matches URLs at one of these hosts or their subdomains. */
export function atHost(...hosts: string[]): RegExp {
	const names = hosts.map((host) => host.replace(/\./g, '\\.')).join('|');
	return new RegExp(String.raw`^https?:\/\/([a-z0-9-]+\.)*(${names})(:\d+)?(\/|$)`, 'i');
}

export const LUMENFALL_URL = atHost('lumenfall.ai');
/** OpenRouter, or one of its regions (eu.openrouter.ai). */
export const OPENROUTER_URL = atHost('openrouter.ai');

/**
 * Services on the internet that open the URLs in a request. They cannot open a URL of the user's network. Any other server may be
 * inside this network, or take files only, which the node then downloads itself.
 */
export const PUBLIC_SERVICE_URL = atHost(
	'lumenfall.ai',
	'openrouter.ai',
	'together.ai',
	'together.xyz',
	'deepinfra.com',
	'x.ai',
);
