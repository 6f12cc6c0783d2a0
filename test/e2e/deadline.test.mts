import { openStage, waitFor } from './fixtures.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { chain, NODE, nodeOf, outputOf, small, START } from './workflows.mts';

/** The minimum time that an execution can be suspended. n8n checks once a minute which ones to resume. */
const WAIT_MINUTES = 1;
const TIMEOUT_SECONDS = 200;

describe('a suspended execution without a webhook delivery', () => {
	test('outputs the ID at the deadline, and Wait returns the video, on every n8n', async () => {
		// In parallel, because this story mostly waits.
		await Promise.all(VERSIONS.map((version) => expectTheVideoAfterTheDeadline(version)));
	});
});

async function expectTheVideoAfterTheDeadline(version: (typeof VERSIONS)[number]): Promise<void> {
	const stage = await openStage(version);
	stage.sandbox.addFault({ on: 'create', do: 'stuck' });
	const parameters = small({ waitMode: 'webhook', options: { parkMinutes: WAIT_MINUTES } });
	const workflow = stage.workflow(parameters);
	const fetch = nodeOf('Fetch', 'n8n-nodes-lumenfall.lumenfall', {
		resource: 'video',
		operation: 'wait',
		options: { firstPoll: 0.5, maxPollInterval: 0.5 },
	});
	const executionId = await stage.run(
		stage.withCredential({
			...workflow,
			nodes: [...workflow.nodes, fetch],
			connections: chain(START, NODE, fetch.name),
		}),
	);
	await stage.api.reached(executionId, 'waiting');
	const statusChecks = () =>
		stage.sandbox.requests().filter(({ kind }) => kind === 'status').length;
	const before = statusChecks();
	await waitFor('a status check of Wait', () => statusChecks() > before, TIMEOUT_SECONDS);

	stage.sandbox.releaseStuck();
	const execution = await stage.api.ended(executionId);
	const [{ id }] = stage.sandbox.jobs();
	expect(outputOf(execution)[0].json).toMatchObject({ id });
	expect(outputOf(execution, fetch.name)[0].json).toMatchObject({ id, status: 'completed' });
	expect(stage.sandbox.jobs()).toHaveLength(1);
}
