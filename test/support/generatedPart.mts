import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Expects a page to have this text between its marks `<!-- name:start -->` and `<!-- name:end -->`. `UPDATE_DOCS=1` writes it
 * there first. The rest of the page is written by hand.
 */
export function expectGeneratedPart(page: string, name: string, text: string): void {
	const path = join(process.cwd(), page);
	const before = readFileSync(path, 'utf8');
	const after = withGeneratedPart(before, name, text);
	if (process.env.UPDATE_DOCS) writeFileSync(path, after);
	else expect(before).toBe(after);
}

function withGeneratedPart(page: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
	const [before, rest] = page.split(start);
	const after = rest?.split(end)[1];
	if (after === undefined) throw new Error(`The page has no ${start} … ${end}`);
	return `${before}${start}\n\n${text}\n${end}${after}`;
}
