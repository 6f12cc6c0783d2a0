import { isLoopback, originOf, whyPrivate } from '../../../nodes/Lumenfall/support/urls';

test.each([
	'https://n8n.example.com',
	'http://n8n.example.com:5678/x?y',
	'https://203.0.113.7',
	'http://172.32.0.1',
	'http://100.128.0.1',
	'https://[2001:db8::1]',
	'https://localhost.example.com',
	'https://10.example.com',
])('%s may be public', (url) => expect(whyPrivate(url)).toBeUndefined());

test.each([
	['http://localhost:5678', /this machine/],
	['https://n8n.localhost', /this machine/],
	['https://127.0.0.1', /this machine/],
	['https://[::1]:8443', /this machine/],
	['http://10.0.0.7', /IP address is known only inside/],
	['http://172.16.0.1', /IP address is known only inside/],
	['http://172.31.255.1', /IP address is known only inside/],
	['http://192.168.1.20:5678', /IP address is known only inside/],
	['http://169.254.169.254', /IP address is known only inside/],
	['http://100.64.0.1', /IP address is known only inside/],
	['http://0.0.0.0:5678', /IP address is known only inside/],
	['http://[fd00::1]', /IP address is known only inside/],
	['http://[fe80::1]', /IP address is known only inside/],
	['http://[::]', /IP address is known only inside/],
	['http://[::ffff:10.0.0.1]', /IP address is known only inside/],
	['http://n8n', /host name is known only inside/],
	['http://n8n.local', /host name is known only inside/],
	['n8n.example.com', /not a URL/],
	['', /not a URL/],
])('%s is not public, and the reason is returned', (url, reason) => {
	expect(whyPrivate(url)).toMatch(reason);
});

test('a server on this machine is recognized by its URL', () => {
	expect(isLoopback('http://127.0.0.1:4010/openai/v1')).toBe(true);
	expect(isLoopback('http://localhost:4010')).toBe(true);
	expect(isLoopback('http://[::1]')).toBe(true);
	expect(isLoopback('https://api.lumenfall.ai/openai/v1')).toBe(false);
	expect(isLoopback('https://localhost.example.com')).toBe(false);
	expect(isLoopback('nonsense')).toBe(false);
});

test('the shown part of a URL contains no token', () => {
	expect(originOf('http://localhost:5678/webhook-waiting/1/video?signature=secret')).toBe(
		'http://localhost:5678',
	);
});
