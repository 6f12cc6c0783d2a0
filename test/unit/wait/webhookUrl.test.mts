import { resumeUrlFor, whyUnreachable } from '../../../nodes/Lumenfall/wait/webhookUrl';

const LUMENFALL = { ports: [443, 8443], hostNameOnly: true };

test.each([
	[
		'n8n 1',
		'https://n8n.example.com/webhook-waiting/42',
		'https://n8n.example.com/webhook-waiting/42/video',
	],
	[
		'n8n 2, with its token',
		'https://n8n.example.com/webhook-waiting/42?signature=abc',
		'https://n8n.example.com/webhook-waiting/42/video?signature=abc',
	],
	[
		'an n8n under a path',
		'https://example.com:8443/n8n/webhook-waiting/42?signature=a%2Fb',
		'https://example.com:8443/n8n/webhook-waiting/42/video?signature=a%2Fb',
	],
])('the resume URL of %s gets one more path segment', (_, given, made) => {
	expect(resumeUrlFor(given)).toBe(made);
});

test.each([
	'https://n8n.example.com/x',
	'https://n8n.example.com:443/x',
	'https://n8n.example.com:8443',
])('%s can be called from outside', (url) =>
	expect(whyUnreachable(url, LUMENFALL)).toBeUndefined(),
);

test.each([
	['http://n8n.example.com', /https/],
	['http://localhost:5678', /this machine/],
	['https://localhost', /this machine/],
	['https://127.0.0.1', /this machine/],
	['https://[::1]:8443', /this machine/],
	['https://203.0.113.7', /IP address/],
	['https://[2001:db8::1]', /IP address/],
	['https://n8n.example.com:5678', /port is 5678/],
	['https://n8n', /inside your network/],
	['https://n8n.local', /inside your network/],
	['https://metadata.google.internal', /inside your network/],
	['n8n.example.com', /not a URL/],
	['', /not a URL/],
])('%s cannot be called, and the error contains the reason', (url, reason) => {
	expect(whyUnreachable(url, LUMENFALL)).toMatch(reason);
});

test.each(['https://n8n.example.com:5678/x', 'https://203.0.113.7/x', 'https://[2001:db8::1]'])(
	'a server without rules for URLs can call %s',
	(url) => expect(whyUnreachable(url, {})).toBeUndefined(),
);

test.each([
	...['https://10.1.2.3', 'https://172.20.0.2', 'https://192.168.1.5', 'https://169.254.1.1'],
	...['https://100.64.0.1', 'https://[fd00::1]', 'https://[fe80::1]', 'https://[::ffff:10.0.0.1]'],
])('no server can call a URL in a private network: %s', (url) => {
	expect(whyUnreachable(url, {})).toMatch(/inside your network/);
});
