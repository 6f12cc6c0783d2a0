import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreName } from '../../engine/createEngine.mts';
import { closeStages, MATRIX, play, type Outcome } from './matrix.mts';
import { reliabilityPage } from './page.mts';

const PAGE = join(process.cwd(), 'docs/reliability.md');

/** Defines the tests of the fault matrix on one n8n core. `UPDATE_DOCS=1` writes the page for users. */
export function faultMatrix(core: CoreName): void {
	const outcomes = new Map<number, Outcome>();

	describe(`the fault matrix on ${core}`, () => {
		afterAll(closeStages);

		test.each(
			MATRIX.map(
				(row, index) => [`${row.operation}, ${row.server}: ${row.wrong}`, row, index] as const,
			),
		)('%s', async (_, row, index) => {
			outcomes.set(index, await play(core, row));
		});

		test('docs/reliability.md contains these outcomes', () => {
			const page = reliabilityPage(
				MATRIX,
				MATRIX.map((_, index) => outcomes.get(index)),
			);
			if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page);
			expect(readFileSync(PAGE, 'utf8')).toBe(page);
		});
	});
}
