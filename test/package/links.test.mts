import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = process.cwd();
const SOURCE = /\.(ts|mts|cts|mjs|cjs|js|yml|yaml)$|^\.ci\/run$/;
const files = trackedFiles();
const pages = files.filter((path) => path.endsWith('.md'));
const sources = files.filter((path) => SOURCE.test(path));

/** Unpublished notes of the project, and numbered sections that only such notes have. */
const UNPUBLISHED =
	/lumenfall-api|openai-videos-api|n8n-node-rules|house-review|continue-and-change|\bdesign\.md/i;
const NUMBERED_SECTION = /\bsections? \d|\(\d+\.\d+(\.\d+)?\)|\breference,? \d+\.\d+/i;

/** Public standards, whose sections anyone can look up. */
const PUBLIC_STANDARD = /\b(ISO\/IEC|RFC|H\.26[45]|AV1)\b|https:\/\//;

describe('links in the pages', () => {
	test.each(pages)(
		'%s: every relative link leads to a file, and every anchor to a heading',
		(page) => {
			const broken = linksIn(read(page)).filter((link) => !leadsSomewhere(page, link));
			expect(broken).toEqual([]);
		},
	);

	test('a link to a file or heading that does not exist is detected', () => {
		expect(linksIn('[a](b.md#c) ![d](e.png) <img src="f.png"> `[g](h)` [i](https://j)')).toEqual([
			'b.md#c',
			'e.png',
			'f.png',
		]);
		expect(leadsSomewhere('README.md', 'docs/nowhere.md')).toBe(false);
		expect(leadsSomewhere('README.md', '#no-such-heading')).toBe(false);
		expect(leadsSomewhere('docs/protocols/n8n.md', 'lumenfall.md#webhooks')).toBe(true);
	});
});

describe('pages named in the sources', () => {
	const cited = sources.flatMap((path) =>
		citationsIn(read(path)).map((citation) => ({ path, citation })),
	);

	test('every page and heading that a source file names exists', () => {
		const broken = cited.filter(({ citation }) => !leadsSomewhere('README.md', citation));
		expect(broken).toEqual([]);
	});

	test('no comment cites a document that is not in this repository', () => {
		const dangling = sources.flatMap((path) =>
			commentLines(read(path))
				.filter(
					(line) =>
						UNPUBLISHED.test(line) || (NUMBERED_SECTION.test(line) && !PUBLIC_STANDARD.test(line)),
				)
				.map((line) => `${path}: ${line}`),
		);
		expect(dangling).toEqual([]);
	});

	test('every link to this repository on GitHub leads to a file and a heading', () => {
		const links = files
			.filter((path) => /\.(ts|mts|json|md|yml)$/.test(path))
			.flatMap((path) => ownLinksIn(read(path)).map((link) => ({ path, link })));
		expect(links).not.toEqual([]);
		expect(links.filter(({ link }) => !leadsSomewhere('README.md', link))).toEqual([]);
	});

	test('no page cites a document that is not in this repository', () => {
		expect(pages.filter((page) => UNPUBLISHED.test(read(page)))).toEqual([]);
	});
});

function trackedFiles(): string[] {
	const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root });
	return list
		.toString()
		.trim()
		.split('\n')
		.filter((path) => existsSync(join(root, path)) && path !== 'test/package/links.test.mts');
}

function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** The relative targets of a page's links and images. */
function linksIn(markdown: string): string[] {
	const prose = withoutCode(markdown);
	const found = [...prose.matchAll(/\]\(<?([^)\s>]+)>?\)|<(?:img|a)[^>]+(?:src|href)="([^"]+)"/g)];
	return found
		.map(([, link, htmlLink]) => link ?? htmlLink)
		.filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
	const [path, anchor] = link.split('#');
	const target = path === '' ? page : normalize(join(dirname(page), path));
	if (!existsSync(join(root, target))) return false;
	return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** The anchors that GitHub generates: lower case, without punctuation, hyphens for spaces, numbered when repeated. */
function anchorsOf(markdown: string): string[] {
	const seen = new Map<string, number>();
	return [...withoutFences(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading]) => {
		const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
		const count = seen.get(slug) ?? 0;
		seen.set(slug, count + 1);
		return count === 0 ? slug : `${slug}-${count}`;
	});
}

function withoutCode(markdown: string): string {
	return withoutFences(markdown).replace(/`[^`\n]*`/g, '');
}

function withoutFences(markdown: string): string {
	return markdown.replace(/^```[\s\S]*?^```/gm, '');
}

/**
 * Returns the files and README headings of this repository to which its GitHub links refer. Other pages of the
 * repository are GitHub's.
 */
function ownLinksIn(source: string): string[] {
	const links =
		/github\.com\/n8n-nodes-lumenfall\/n8n-nodes-lumenfall(?:\/blob\/main\/([\w./-]+))?(#[\w-]+)?/g;
	return [...source.matchAll(links)]
		.map(([, path = '', anchor = '']) => `${path}${anchor}`)
		.filter((link) => link !== '' && link !== '#readme');
}

/**
 * Returns paths from the root of the repository, such as `docs/protocols/n8n.md#resume-url`, but no pages of web sites.
 */
function citationsIn(source: string): string[] {
	const paths = /(?<![\w/.:@-])(?:docs\/[\w./-]*[\w-]|[\w-]+(?:\/[\w.-]+)*\.md)(?:#[\w-]+)?/g;
	return commentLines(source).flatMap((line) => line.match(paths) ?? []);
}

/** Returns lines of block comments, and text after two slashes or a hash sign. */
function commentLines(source: string): string[] {
	return source
		.split('\n')
		.flatMap((line) => /^\s*(?:\/?\*+|#)\s(.*)$|(?:^|\s)\/\/\s?(.*)$/.exec(line)?.slice(1) ?? [])
		.filter(Boolean);
}
