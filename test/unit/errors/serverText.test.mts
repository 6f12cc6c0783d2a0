import fc from 'fast-check';
import { tidyServerText } from '../../../nodes/Lumenfall/errors/serverText';

test('the word that would end the whole n8n execution is spelled the other way', () => {
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

test('the key never survives, however often the server repeats it', () => {
	expect(tidyServerText('key lmnfl_a.secret is wrong (lmnfl_a.secret)', ['lmnfl_a.secret'])).toBe(
		'key [hidden] is wrong ([hidden])',
	);
});

test('whatever a server says becomes one harmless line', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'binary', maxLength: 2_000 }),
			fc.constantFrom('', 'canceled', '<b>', '\u202e', '\0'),
			(text, spice) => {
				const line = tidyServerText(`${text}${spice}${text}`, ['a-secret-key']);
				expect(line).not.toMatch(/[\p{Cc}\p{Cf}]|canceled/u);
				expect(line.length).toBeLessThanOrEqual(501);
			},
		),
	);
});
