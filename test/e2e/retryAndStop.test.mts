import { openStage, waitFor } from './fixtures.mts';
import type { Stage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { outputOf, small } from './workflows.mts';

describe.each(VERSIONS)('Retry and Stop on n8n %s', (version) => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage(version)));
	beforeEach(async () => await stage.sandbox.reset());

	const requests = (kind: string) =>
		stage.sandbox.requests().filter((request) => request.kind === kind);

	test('Retry after a timeout returns the video that the first execution created', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const failed = await stage.api.ended(
			await stage.run(stage.workflow(small({ options: { timeout: 2 } }))),
		);
		const [{ id }] = stage.sandbox.jobs();
		expect(failed.data.resultData.error?.message).toContain(id);

		stage.sandbox.releaseStuck();
		const retried = await stage.api.retry(failed.id);
		expect(outputOf(retried)[0].json).toMatchObject({ id, status: 'completed' });
		expect(retried.mode).toBe('retry');
		expect(requests('create')).toHaveLength(1);
		expect(stage.sandbox.billing().jobs).toBe(1);
	});

	test('Stop ends the execution and cancels the video at the server, with the key', async () => {
		stage.sandbox.addFault({ on: 'create', do: 'stuck' });
		const executionId = await stage.run(stage.workflow(small()));
		await waitFor('a status check', () => requests('status').length > 0);

		await stage.api.stop(executionId);
		await stage.api.reached(executionId, 'canceled');
		const cancel = await waitFor('the cancel request', () => requests('delete')[0]);
		expect(cancel.hadAuthorization).toBe(true);
		await waitFor('the end of the video', () => stage.sandbox.jobs()[0].cancelled);
		expect(stage.sandbox.billing().jobs).toBe(0);
	});
});
