import type { CoreName } from '../../engine/createEngine.mts';
import { expectGeneratedPart } from '../support/generatedPart.mts';
import { serverTables } from './page.mts';
import { ABILITIES, type Answers } from './server.mts';
import { SERVERS } from './servers.mts';
import {
	CHANGING,
	createsOnce,
	fails,
	openServerStage,
	STORIES,
	type ServerStage,
} from './stories.mts';

/** Tests every server through the node, on one n8n core. `UPDATE_DOCS=1` writes the table for users. */
export function everyServer(core: CoreName): void {
	const answers: Answers[] = SERVERS.map(() => ({}));

	describe.each(SERVERS.map((server, index) => ({ ...server, index })))(
		`$name on ${core}`,
		(server) => {
			let on: ServerStage;
			beforeAll(async () => (on = await openServerStage(core, server)));
			afterAll(async () => await on.close());
			afterEach(async () => await on.stage.sandbox.reset());

			test.each(ABILITIES)('%s', async (ability) => {
				answers[server.index][ability] = await STORIES[ability](on);
			});

			// Its create responds with the finished video. A job that is stuck is a lost response there, which has a story
			// of its own, with an expression that changes.
			if (server.dialect !== 'dynamo')
				test.each(CHANGING)('one video, whatever %s is on the next try', async (expression) => {
					await createsOnce(on, expression);
				});

			test('a failure is reported with its reason', async () => {
				await fails(on);
				expect(on.stage.sandbox.jobs()).toHaveLength(1);
			});
		},
	);

	test(`docs/servers.md contains the results on ${core}`, () => {
		expectGeneratedPart('docs/servers.md', 'servers', serverTables(SERVERS, answers));
	});
}
