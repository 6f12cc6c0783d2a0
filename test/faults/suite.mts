import type { CoreName } from '../../engine/createEngine.mts';
import { expectGeneratedPart } from '../support/generatedPart.mts';
import { closeStages, MATRIX, play, type Outcome } from './matrix.mts';
import { faultTable } from './page.mts';

/** Defines the tests of the fault matrix on one n8n core. `UPDATE_DOCS=1` writes the table for users. */
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
			const table = faultTable(
				MATRIX,
				MATRIX.map((_, index) => outcomes.get(index)),
			);
			expectGeneratedPart('docs/reliability.md', 'faults', table);
		});
	});
}
