import { networkFailure } from '../../../nodes/Lumenfall/transport/networkError';
import { ExchangeEnded } from '../../../nodes/Lumenfall/transport/exchangeWatch';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

const timedOut = Object.assign(coded('ETIMEDOUT'), { syscall: 'connect' });

/** Nothing has left for the server, so nothing can have been created there, and a retry is safe. */
test.each([
	['a port without a server', coded('ECONNREFUSED'), /connection was refused/],
	['an unknown host', coded('ENOTFOUND'), /host name is unknown/],
	['DNS that is down', coded('EAI_AGAIN'), /could not be looked up/],
	['a host without a route', coded('EHOSTUNREACH'), /unreachable/],
	['https at an http port', coded('EPROTO'), /may have to start with http:\/\//],
	[
		'a wrong version of TLS',
		coded('ERR_SSL_WRONG_VERSION_NUMBER'),
		/may have to start with http:\/\//,
	],
	[
		'a handshake that the server ends',
		coded('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'),
		/refused the https/,
	],
	[
		'a host name that the server does not have',
		coded('ERR_SSL_TLSV1_UNRECOGNIZED_NAME'),
		/this host name/,
	],
	['a protocol that the server does not have', coded('ERR_SSL_UNSUPPORTED_PROTOCOL'), /https/],
	['a key that is too weak', coded('ERR_SSL_DH_KEY_TOO_SMALL'), /https/],
	['a DNS server that fails', coded('EAI_FAIL'), /./],
	['a network that is down', coded('ENETDOWN'), /./],
	['a host that does not accept the connection in time', timedOut, /took too long/],
	[
		'a host of which no address accepts the connection in time',
		Object.assign(new AggregateError([timedOut, timedOut]), { code: 'ETIMEDOUT' }),
		/took too long/,
	],
	[
		'the same in an error of axios',
		Object.assign(coded('ETIMEDOUT', ''), { cause: new AggregateError([timedOut]) }),
		/took too long/,
	],
	[
		'a server that requires a client certificate',
		coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
		/requires a client certificate/,
	],
	[
		'a connection that is cut during the handshake',
		coded(
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
		),
		/was cut/,
	],
	['an invalid URL', coded('ERR_INVALID_URL'), /URL is not valid/],
	['a port that is none', coded('ERR_SOCKET_BAD_PORT'), /./],
	[
		'a character that no header can carry',
		coded('ERR_INVALID_CHAR'),
		/API key contains a character/,
	],
	['a self-signed certificate', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), /'Ignore SSL Issues/],
	[
		'a certificate of an unknown authority',
		coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
		/'Ignore SSL/,
	],
	['an expired certificate', coded('CERT_HAS_EXPIRED'), /'Ignore SSL Issues/],
	["an authority of one's own that is not marked as one", coded('INVALID_CA'), /'Ignore SSL/],
	['a certificate for another purpose', coded('INVALID_PURPOSE'), /'Ignore SSL Issues/],
	[
		"n8n's guard against private addresses",
		new Error('The request was blocked because it resolves to a restricted IP address'),
		/restricted IP/,
	],
])('%s: nothing was sent', (_, error, words) => {
	const { failure } = networkFailure(error);
	expect(failure).toMatchObject({ kind: 'network', neverSent: true });
	expect(failure.message).toMatch(words);
	expect(failure.message).toMatch(/^The server could not be reached/);
});

test.each([
	['a reset', coded('ECONNRESET'), /was cut/],
	['a broken pipe', coded('EPIPE'), /was cut/],
	[
		'http at an https port',
		coded('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'),
		/start with https:\/\//,
	],
	['a timeout', coded('ETIMEDOUT'), /took too long/],
	['a timeout of axios', coded('ECONNABORTED'), /took too long/],
	['a damaged gzip body', coded('Z_DATA_ERROR'), /damaged/],
	['a damaged brotli body', coded('ERR__ERROR_FORMAT_PADDING_1'), /damaged/],
	// Seen with a proxy that changes one bit of the response.
	[
		'a damaged TLS record after the request',
		coded('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
		/damaged/,
	],
	['a TLS alert after the request', coded('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'), /damaged/],
	['a TLS connection that ends early', coded('ERR_SSL_UNEXPECTED_EOF_WHILE_READING'), /damaged/],
	['the deadline of the exchange', new ExchangeEnded('tooLong'), /took too long/],
	['a silent server', new ExchangeEnded('silent'), /stopped sending/],
	['a Stop', new ExchangeEnded('stopped'), /was stopped/],
	['something unknown', new Error('socket hang up'), /socket hang up/],
])('%s: the server may have acted', (_, error, words) => {
	const { failure } = networkFailure(error);
	expect(failure.neverSent).toBeUndefined();
	expect(failure.message).toMatch(words);
});

test('the code is found where the versions of n8n put it', () => {
	const nested = Object.assign(new Error('x'), {
		cause: Object.assign(new Error('y'), { cause: coded('ENOTFOUND') }),
	});
	const asStatus = Object.assign(new Error('x'), { httpCode: 'ECONNREFUSED' });
	for (const error of [nested, asStatus])
		expect(networkFailure(error).failure).toMatchObject({ neverSent: true });
});

test.each([
	['http://localhost:8000/v1/videos', 'ECONNREFUSED', true],
	['http://127.0.0.1:8000/v1/videos', 'ECONNREFUSED', true],
	['http://[::1]:8000/v1/videos', 'ECONNREFUSED', true],
	['http://192.168.1.7:8000/v1/videos', 'ECONNREFUSED', false],
	['http://localhost:8000/v1/videos', 'ECONNRESET', false],
])('%s and %s: the message says what localhost is inside Docker: %s', (url, code, says) => {
	const { message } = networkFailure(coded(code), url).failure;
	expect(/Docker.*host\.docker\.internal/.test(message)).toBe(says);
});
