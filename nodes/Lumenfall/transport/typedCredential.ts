/**
 * What users paste around the values of the credential. The node and the expressions of the credential remove the same,
 * so both import these patterns.
 */
import { INTERNAL_DOMAINS } from '../support/urls';

/**
 * Spaces, quotation marks and invisible characters; then what precedes the key in a command line, in a header or in a
 * file of environment variables.
 */
export const BEFORE_KEY =
	/^[\s\p{Cf}"'\u0060“”‘’«»‹›「<]*((-H|--header|export|set|const)[\s"']+|\$env:)?((authorization|x-api-key|[a-z_]*api[ _-]?key|([a-z_]+_)?token|key)["']?\s*[:=]\s*)?[\s"']*((bearer|token|(api[ -])?key)\s*:?\s+|bearer:)*[\s\p{Cf}"'\u0060“”‘’«»‹›「<]*/iu;
export const AFTER_KEY = /[\s\p{Cf}"'\u0060“”‘’«»‹›」>,;]+$/u;

/**
 * Around a URL, also the brackets of an e-mail or of Markdown, a method, a name or the sign of a list before it, and the
 * scheme if it is written twice.
 */
export const AROUND_URL =
	/^[^/?#]*?(https?:\/\/)?(?=https?:\/\/)|^[\s\p{Cf}"'\u0060“”‘’«»‹›「<(]+|\]\(\S*\)$|[\s\p{Cf}"'\u0060“”‘’«»‹›」>),;\\]+$/giu;
/**
 * The start of a URL without a scheme, as browsers show it: `https://` is missing. An IP address and a host of an internal
 * network may be meant for http.
 */
export const BEFORE_HOST = new RegExp(
	`^(?=([a-z0-9-]+\\.)+(?!(${INTERNAL_DOMAINS})(:|/|$))[a-z]{2,}(:\\d+)?(/|$))`,
	'i',
);
/** The end of an example request in a server's documentation. It has one meaning only. */
export const ENDPOINT =
	/(\/(videos(\/(generations|edits|extensions|sync|(\{|%7b|%3c|<|:|\$|video_)[^/]*)(\/(content|remix))?)?|video\/generations|models|messages|responses|embeddings|completions|images\/generations|audio\/speech|chat\/completions))?\/*$/i;
