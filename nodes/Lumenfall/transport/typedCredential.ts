/**
 * What users paste around the values of the credential. The node and the expressions of the credential remove the same,
 * so both import these patterns.
 */

/** Spaces, quotation marks and invisible characters; then the parts of a header with the key. */
export const BEFORE_KEY =
	/^[\s\p{Cf}"'\u0060“”‘’«»]*(authorization\s*:\s*)?(bearer\s*:?\s+)?[\s\p{Cf}"'\u0060“”‘’«»]*/iu;
export const AFTER_KEY = /[\s\p{Cf}"'\u0060“”‘’«»]+$/u;

/** Around a URL, also the brackets of an e-mail. */
export const AROUND_URL = /^[\s\p{Cf}"'\u0060“”‘’«»<]+|[\s\p{Cf}"'\u0060“”‘’«»>]+$/gu;
/** The end of an example request in a server's documentation. It has one meaning only. */
export const ENDPOINT =
	/(\/(videos(\/(generations|edits|extensions|(\{|%7b)[^/]*))?|models|chat\/completions))?\/*$/i;
