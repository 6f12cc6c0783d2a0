/** The hosts of servers that are recognized by their base URL, in the credential's test too. */

/** Matches URLs at one of these hosts or their subdomains. */
export function atHost(...hosts: string[]): RegExp {
	const names = hosts.map((host) => host.replace(/\./g, '\\.')).join('|');
	return new RegExp(String.raw`^https?:\/\/([a-z0-9-]+\.)*(${names})(:\d+)?(\/|$)`, 'i');
}

export const LUMENFALL_URL = atHost('lumenfall.ai');
/** OpenRouter, or one of its regions (eu.openrouter.ai). */
export const OPENROUTER_URL = atHost('openrouter.ai');

/** Services on the internet, which cannot open a URL of the user's network. Any other server may be inside this network. */
export const PUBLIC_SERVICE_URL = atHost(
	'lumenfall.ai',
	'openrouter.ai',
	'api.openai.com',
	'openai.azure.com',
	'generativelanguage.googleapis.com',
	'together.ai',
	'together.xyz',
	'deepinfra.com',
	'poe.com',
	'cometapi.com',
	'x.ai',
);
