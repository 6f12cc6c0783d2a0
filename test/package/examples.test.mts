import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { Lumenfall } from '../../nodes/Lumenfall/Lumenfall.node';
import { LumenfallTrigger } from '../../nodes/LumenfallTrigger/LumenfallTrigger.node';

const root = process.cwd();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json'));
const known: Record<string, Set<string>> = {
	lumenfall: namesOf(new Lumenfall().description.properties),
	// n8n adds two fields to a tool.
	lumenfallTool: namesOf([
		...new Lumenfall().description.properties,
		{ name: 'descriptionType' },
		{ name: 'toolDescription' },
	]),
	lumenfallTrigger: namesOf(new LumenfallTrigger().description.properties),
};

test('the examples are numbered without gaps', () => {
	const numbers = files.map((name) => Number(name.slice(0, 2)));
	expect(numbers).toEqual(files.map((_, index) => index + 1));
});

test('examples/README.md lists every example and its page', () => {
	const text = read('examples/README.md');
	const listed = files.flatMap((name) => [`(${name})`, `(${pageOf(name)})`]);
	expect(listed.filter((link) => !text.includes(link))).toEqual([]);
});

describe.each(files)('%s', (file) => {
	const text = read(`examples/${file}`);
	const workflow = JSON.parse(text) as { name: string; nodes: INode[] };
	const ours = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-lumenfall.'));

	test('is named by its number, and explained by a sticky note', () => {
		expect(workflow.name.slice(0, 3)).toBe(`${file.slice(0, 2)} `);
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(({ parameters }) => String(parameters.content))).toEqual([
			expect.stringMatching(/^## \w/),
		]);
	});

	test('has a page with its name, its file and an image of its canvas', () => {
		const page = read(`examples/${pageOf(file)}`);
		expect(page).toMatch(new RegExp(`^# ${workflow.name.replace('?', '[?]')}\n`));
		expect(page).toContain(`(${file})`);
		const picture = `docs/images/examples/${file.replace('.json', '.png')}`;
		expect(page).toContain(`(../${picture})`);
		expect(existsSync(join(root, picture))).toBe(true);
	});

	test('sets only fields and options that the node has', () => {
		expect(ours).not.toEqual([]);
		for (const { type, parameters } of ours) {
			const names = known[type.split('.')[1]];
			const used = [...Object.keys(parameters), ...Object.keys(parameters.options ?? {})];
			expect(used.filter((name) => !names.has(name))).toEqual([]);
		}
	});

	test('contains a placeholder for the credential, no secret and no pinned data', () => {
		expect(text).not.toMatch(/lmnfl_|sk-|apiKey/);
		// Joining sends no request, so it needs no credential.
		for (const { credentials } of ours.filter(({ parameters }) => parameters.operation !== 'join'))
			expect(credentials).toEqual({ lumenfallApi: { id: '1', name: 'Lumenfall account' } });
		expect(workflow).not.toHaveProperty('pinData');
	});
});

function pageOf(file: string): string {
	return file.replace('.json', '.md');
}

/** The names of all fields, and of the options in their collections. */
function namesOf(properties: object[]): Set<string> {
	return new Set(
		(properties as Array<{ name: string; type?: string; options?: object[] }>).flatMap(
			({ name, type, options }) =>
				type === 'collection' ? [name, ...namesOf(options ?? [])] : [name],
		),
	);
}
