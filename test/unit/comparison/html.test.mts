import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { html, trusted } from '../../../nodes/Lumenfall/comparison/html';

interface ParsedNode {
	nodeName: string;
	value?: string;
	attrs?: Array<{ name: string; value: string }>;
	childNodes?: ParsedNode[];
}

test('values are escaped in text and in attributes', () => {
	const hostile = `</p><script>alert('1')</script><img src=x onerror="alert(\`2\`)">&amp;`;
	const { markup } = html`<p title="${hostile}">${hostile}</p>`;
	const [p] = (parseFragment(markup) as ParsedNode).childNodes!;
	expect(p.attrs).toEqual([{ name: 'title', value: hostile }]);
	expect(p.childNodes).toEqual([expect.objectContaining({ nodeName: '#text', value: hostile })]);
});

test('markup is kept, lists are concatenated, and absent values are omitted', () => {
	const rows = ['a', 'b'].map((name) => html`<li>${name}</li>`);
	expect(
		html`<ul>
			${rows}${undefined}${false}${trusted('<hr>')}${0}
		</ul>`.markup.replace(/\s/g, ''),
	).toBe('<ul><li>a</li><li>b</li><hr>0</ul>');
});

test('characters that would break the file are replaced; line breaks and tabs are kept', () => {
	expect(html`${'a\u0000b\u001b\ud800c\n\td\u{1f600}'}`.markup).toBe(
		'a\ufffdb\ufffd\ufffdc\n\td\u{1f600}',
	);
});

test('no text can break out of its element or attribute', () => {
	const nasty = fc.string({
		unit: fc.constantFrom(...'<>"\'`&/=!-az ;#x09\u0000\u2028\u00e9'),
		maxLength: 40,
	});
	fc.assert(
		fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
			const { childNodes = [] } = parseFragment(
				html`<b data-x="${text}">${text}</b>`.markup,
			) as ParsedNode;
			expect(childNodes.map(({ nodeName }) => nodeName)).toEqual(['b']);
			const [{ attrs, childNodes: inside = [] }] = childNodes;
			expect(attrs?.map(({ name }) => name)).toEqual(['data-x']);
			expect(inside.every(({ nodeName }) => nodeName === '#text')).toBe(true);
		}),
		{ numRuns: 500 },
	);
});
