import { failureOf, type FailureError } from '../errors/failure';
import { serverErrors } from '../errors/serverErrors';
import { tidyServerText } from '../errors/serverText';
import { anyCodeOf, anyOf } from '../errors/textPatterns';
import { isLoopback } from '../support/urls';
import { ExchangeEnded, type EndReason } from './exchangeWatch';

/** Errors before the first byte of a request was sent, so the server cannot have acted on it. */
const NEVER_SENT = anyCodeOf(
	// The host
	/ENOTFOUND/,
	/EAI_\w+/,
	/EADDRNOTAVAIL/,
	/EHOSTUNREACH|EHOSTDOWN/,
	/ENETUNREACH|ENETDOWN/,
	// The connection
	/ECONNREFUSED/,
	/ERR_SOCKET_BAD_PORT/,
	/ERR_SOCKET_CONNECTION_TIMEOUT/,
	/EPROTO/,
	/ERR_TLS_\w+/,
	// The request
	/ERR_INVALID_URL|ERR_INVALID_PROTOCOL/,
	/ERR_INVALID_CHAR|ERR_UNESCAPED_CHARACTERS/,
);
/**
 * OpenSSL's errors of a handshake that failed, before anything was sent. Its other errors, such as a bad record, can also
 * come after the request.
 */
const HANDSHAKE = anyCodeOf(
	...[
		'WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE',
		'NO_APPLICATION_PROTOCOL|HTTP_REQUEST',
		'HANDSHAKE_FAILURE|LEGACY_RENEGOTIATION_DISABLED',
		'UNRECOGNIZED_NAME',
		'NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|NO_CIPHER_MATCH',
		'INSUFFICIENT_SECURITY|KEY_TOO_SMALL|MD_TOO_WEAK',
	].map((name) => `ERR_SSL_(?:\\w+_)?(?:${name})`),
);
/** n8n's own protection against internal addresses fails before anything is sent. Its error has a name but no code. */
const BLOCKED = anyOf(
	/\brequest was blocked\b/,
	/\brestricted IP address\b/,
	/\bhostname is restricted\b/,
);
/** Node's text for a connection that is cut during the handshake. Its code is that of any other cut. */
const BEFORE_TLS = /\bbefore secure TLS connection was established\b/i;
const BAD_REQUEST = /^(invalid url|unsupported protocol|invalid character in header)/i;

const REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be looked up',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ECONNABORTED: 'the server took too long to answer',
	ETIMEDOUT: 'the server took too long to answer',
	EHOSTUNREACH: 'the host is unreachable',
	ENETUNREACH: 'the host is unreachable',
	EPROTO: 'the server does not use https there; its URL may have to start with http://',
	HPE_INVALID_CONSTANT:
		'the response is not http; the URL of the server may have to start with https://',
	HANDSHAKE:
		'the server refused the https connection; it may not have this host name, or no encryption that n8n supports',
	ERR_INVALID_URL: 'the URL is not valid',
	ERR_INVALID_CHAR: 'the API key contains a character that a request cannot contain',
	Z_DATA_ERROR: 'the response arrived damaged',
	Z_BUF_ERROR: 'the response arrived damaged',
	ERR__ERROR_FORMAT_PADDING_1: 'the response arrived damaged',
};

/** The most common reason for a refused connection: the server runs next to the container of n8n, not inside. */
const IN_CONTAINER =
	". If n8n runs in Docker, 'localhost' is its own container; use host.docker.internal, or the name of the server's container, instead";

const ENDED: Record<EndReason, string> = {
	stopped: 'the execution was stopped',
	tooLong: 'the server took too long to answer',
	silent: 'the server stopped sending',
	abandoned: 'the rest was not needed',
};

/**
 * Returns the failure for a broken exchange. An error that is a failure already is returned unchanged.
 * @param url the requested URL
 */
export function networkFailure(error: unknown, url = ''): FailureError {
	if (failureOf(error)) return error as FailureError;
	const isInContainer = codeOf(error) === 'ECONNREFUSED' && isLoopback(url);
	return serverErrors.network({
		cause: `${networkReason(error)}${isInContainer ? IN_CONTAINER : ''}`,
		...(wasNeverSent(error) && { neverSent: true }),
	});
}

/** Describes in plain words why a request or a stream broke off. */
export function networkReason(error: unknown): string {
	if (error instanceof ExchangeEnded) return ENDED[error.reason];
	const code = codeOf(error) ?? '';
	if (/_ALERT_(\w+_)?CERTIFICATE/.test(code))
		return 'the server requires a client certificate, which this node cannot send';
	if (isUntrusted(code))
		return "its certificate is not trusted; if it is your own, turn on 'Ignore SSL Issues (Insecure)' in the credential";
	const isHandshake = HANDSHAKE.test(code);
	if (isDamaged(code) || (/^ERR_SSL_/.test(code) && !isHandshake)) return REASONS.Z_DATA_ERROR;
	const words = error instanceof Error ? tidyServerText(error.message) : 'no reason given';
	if (/WRONG_VERSION_NUMBER|HTTP_REQUEST/.test(code)) return REASONS.EPROTO;
	return REASONS[isHandshake ? 'HANDSHAKE' : code] ?? words;
}

function wasNeverSent(error: unknown): boolean {
	if (error instanceof ExchangeEnded) return false;
	const code = codeOf(error) ?? '';
	if ([NEVER_SENT, HANDSHAKE].some((codes) => codes.test(code))) return true;
	if (isUntrusted(code) || failedToConnect(error)) return true;
	const words = error instanceof Error ? error.message : '';
	return [BLOCKED, BEFORE_TLS, BAD_REQUEST].some((texts) => texts.test(words));
}

/** Node tries each address of a host. If all fail, its error contains those of the attempts. */
interface Attempts {
	syscall?: unknown;
	errors?: unknown;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A timeout has the same code before and after the connection was made. */
function failedToConnect(error: unknown): boolean {
	const { cause, errors } = (error ?? {}) as { cause?: Attempts; errors?: unknown };
	const attempts = [error, cause, ...listOf(errors), ...listOf(cause?.errors)] as Attempts[];
	return attempts.some((one) => one?.syscall === 'connect' || one?.syscall === 'getaddrinfo');
}

/** A refused certificate ends the connection before anything is sent. */
function isUntrusted(code: string): boolean {
	return /CERT|UNABLE_TO_|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/.test(
		code,
	);
}

/** Error codes of gzip, deflate and brotli for a body that is damaged or incomplete. */
function isDamaged(code: string): boolean {
	return /^Z_[A-Z]+_ERROR$|^ERR_(_ERROR|BROTLI|ZLIB)/.test(code);
}

/** Finds the system error code: on the error, on its cause, or in `httpCode` (n8n 1.x drops the cause). */
function codeOf(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 4) return undefined;
	const { code, httpCode, cause } = error as {
		code?: unknown;
		httpCode?: unknown;
		cause?: unknown;
	};
	const found = [code, httpCode].find(
		(value) => typeof value === 'string' && /^[A-Z_][A-Z0-9_]{3,}$/.test(value),
	);
	return (found as string | undefined) ?? codeOf(cause, depth + 1);
}
