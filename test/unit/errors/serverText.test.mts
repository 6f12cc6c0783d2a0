import fc from 'fast-check';
import { tidyServerText } from '../../../nodes/Lumenfall/errors/serverText';

test('the word that would end the whole n8n execution gets its British spelling', () => {
	expect(tidyServerText('Task was canceled. CANCELED by the canceler')).not.toMatch(/canceled/i);
	expect(tidyServerText('Task was canceled')).toBe('Task was cancelled');
});

test('a web page is reduced to its title', () => {
	expect(
		tidyServerText(
			'<html><head><title>502 Bad Gateway</title></head><body><h1>x</h1></body></html>',
		),
	).toBe('502 Bad Gateway');
	expect(tidyServerText('<p>no <b>title</b></p><script>alert(1)</script>')).toBe('no title');
});

test('a megabyte of text becomes a line', () => {
	expect(tidyServerText('word '.repeat(200_000)).length).toBeLessThanOrEqual(501);
});

test.each([
	['Authorization: Bearer sk-abcdefgh.12345 is wrong', 'Authorization: Bearer [hidden] is wrong'],
	['basic dXNlcjpwYXNzd29yZA== refused', 'basic [hidden] refused'],
	[
		'GET https://user:pass@api.example.com/v1 failed',
		'GET https://[hidden]@api.example.com/v1 failed',
	],
	['Bearer token is missing', 'Bearer token is missing'],
	[
		'Contact us: https://example.com/help or support@example.com',
		'Contact us: https://example.com/help or support@example.com',
	],
])('a login is hidden because of its notation: %s', (text, shown) => {
	expect(tidyServerText(text)).toBe(shown);
});

test('a text is never cut inside a character', () => {
	expect(tidyServerText(`a${'🛶'.repeat(600)}`)).toBe(`a${'🛶'.repeat(499)}…`);
	expect(tidyServerText('boat \ud83d sinks')).toBe('boat sinks');
});

test('any server text becomes one harmless line', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary', maxLength: 2_000 }),
			fc.constantFrom('', 'canceled', '<b>', '\u202e', '\0'),
			(text, spice) => {
				const line = tidyServerText(`${text}${spice}${text}`);
				expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|canceled/u);
				expect([...line].length).toBeLessThanOrEqual(501);
			},
		),
	);
});
