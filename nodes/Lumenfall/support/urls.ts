/** What a URL itself shows. No host name is resolved. */

/** The ends of host names that resolve only within a network, as alternatives of a pattern. */
export const INTERNAL_DOMAINS = 'local|localhost|internal|lan|home|corp';
const INTERNAL_NAME = new RegExp(`\\.(${INTERNAL_DOMAINS})$`);
/** Private, link-local, shared and unspecified ranges (RFC 1918, 3927, 6598 and 4193), and IPv4 written as IPv6. */
const PRIVATE_IP =
	/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.|\[(f[cd]|fe[89ab]|::))/;

/**
 * Returns why a URL cannot be opened from the internet, as the end of a sentence. Undefined if the URL may be public.
 */
export function whyPrivate(url: string): string | undefined {
	if (!URL.canParse(url)) return 'it is not a URL';
	const { hostname } = new URL(url);
	if (isLoopback(url)) return 'it refers to this machine only';
	if (isIpAddress(hostname))
		return PRIVATE_IP.test(hostname)
			? 'its IP address is known only inside your network'
			: undefined;
	return !hostname.includes('.') || INTERNAL_NAME.test(hostname)
		? 'its host name is known only inside your network'
		: undefined;
}

/** @param hostname as in a URL: an IPv6 address is in brackets */
export function isIpAddress(hostname: string): boolean {
	return /^\[|^[\d.]+$/.test(hostname);
}

/** Reports whether a URL refers to this machine. A server on this machine can call any of its URLs. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname } = new URL(url);
	return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(hostname);
}

/** Reports whether a value is a complete `http` or `https` URL without spaces. */
export function isWebUrl(value: unknown): value is string {
	return typeof value === 'string' && /^https?:\/\/[^\s/]+\S*$/i.test(value);
}

/** Spaces in the name of a file. Its ending shows that what follows the space is a part of the URL. */
const NAME_WITH_SPACES =
	/^https?:\/\/(?:(?!\.\w{3,4} |.https?:)[^\n\t?#<>"])+\.\w{3,4}(?:[?#]\S*)?$/i;

/** Completes a URL without its scheme, as shops return it, and encodes the spaces in the name of a file. */
export function completeUrl(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const url = /^\/\/[^\s/]+\.[^\s/]+\/\S/.test(value) ? `https:${value}` : value;
	return NAME_WITH_SPACES.test(url) && URL.canParse(url) ? url.replace(/ /g, '%20') : url;
}

/** Compares scheme, host and port. */
export function isSameOrigin(a: string, b: string): boolean {
	return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** Returns the origin of a URL, for messages: its path and query contain tokens. */
export function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : url;
}

/** Returns a URL without login and query, for messages about a file: signed URLs have a token in the query. */
export function withoutQuery(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}
