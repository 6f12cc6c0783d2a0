import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { LumenfallApi } from '../../credentials/LumenfallApi.credentials';
import { FAILURE_KINDS } from '../../nodes/Lumenfall/errors/failure';
import { Lumenfall } from '../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../nodes/LumenfallTrigger/LumenfallTrigger.node';

const root = process.cwd();
const pages = [
	'README.md',
	'examples/README.md',
	...readdirSync(join(root, 'docs'))
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name}`),
];
const text = Object.fromEntries(
	pages.map((page) => [page, readFileSync(join(root, page), 'utf8')] as const),
);

/** Terms of n8n itself that pages put in italics like the names of this package. */
const WORDS_OF_N8N = new Set([
	'Continue',
	'Continue (using error output)',
	'Filter',
	'Loop Over Items',
	'On Error',
	'Poll Times',
	'Remove Duplicates',
	'Retry',
	'Retry On Fail',
	'Return All',
	'Sort',
	'Stop',
]);

const form = [
	...new Lumenfall().description.properties,
	// The poll times are n8n's own.
	...new LumenfallTrigger().description.properties.filter(({ name }) => name !== 'pollTimes'),
	...new LumenfallApi().properties,
];
/** The names that a user sees: fields, options, and the values to select. */
const names = form.flatMap(namesIn);

test('the README has at most 150 lines and 9 kB, in n8n’s order', () => {
	const readme = text['README.md'];
	expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
	expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(9_216);
	expect([...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
		'Installation',
		'Credentials',
		'Quick start',
		'Operations',
		'Waiting',
		'Cost and safety',
		'Output',
		'Example workflows',
		'Compatibility',
		'Troubleshooting',
		'Resources',
		'Version history',
	]);
});

test('every field, option and value of the form is on a page', () => {
	const all = Object.values(text).join('\n');
	expect([...new Set(names)].filter((name) => !all.includes(name))).toEqual([]);
});

test.each(pages)('%s: names in italics are those of the form or of n8n', (page) => {
	const known = new Set([...names, ...WORDS_OF_N8N, 'Lumenfall Trigger']);
	const unknown = italics(text[page]).filter((words) => !known.has(words));
	expect(unknown).toEqual([]);
});

test('the page on the output lists every kind of failure, and no other', () => {
	const table = text['docs/output.md'].split('| Kind | Meaning |')[1];
	const listed = [...table.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, kinds]) =>
		kinds.replace(/`/g, '').split(', '),
	);
	expect(listed.sort()).toEqual([...FAILURE_KINDS].sort());
});

test('every command on a page is a script of the package', () => {
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const contributing = ['CONTRIBUTING.md', 'AGENTS.md'].map((page) =>
		readFileSync(join(root, page), 'utf8'),
	);
	const commands = [...Object.values(text), ...contributing]
		.flatMap((page) => [...page.matchAll(/\bnpm (?:run ([\w:]+)|(test)\b)/g)])
		.map(([, script, test]) => script ?? test);
	expect(commands.length).toBeGreaterThan(10);
	expect(commands.filter((script) => !(script in scripts))).toEqual([]);
});

function namesIn(field: INodeProperties): string[] {
	if (field.type === 'notice') return [];
	const inner = (field.options ?? []).flatMap((option) =>
		'values' in option
			? option.values.flatMap(namesIn)
			: 'type' in option
				? namesIn(option)
				: [option.name],
	);
	return [field.displayName, ...inner];
}

/** Title Case words between single asterisks. Other text in italics starts in lower case or ends with a full stop. */
function italics(markdown: string): string[] {
	const prose = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
	return [...prose.matchAll(/(?<![*\w])\*(?!\*)([A-Z][^*]*?)\*(?![*\w])/g)]
		.map(([, words]) => words.replace(/\s+/g, ' '))
		.filter((words) => !/[.…,]$|^A paper boat/.test(words));
}
