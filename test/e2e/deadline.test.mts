import { openStage, waitFor } from './doors.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { chain, NODE, nodeOf, outputOf, small, START } from './workflows.mts';

/** The shortest time an execution can be parked; n8n looks for those whose time is up once a minute. */
const PARK_MINUTES = 1;
const PATIENCE_SECONDS = 200;

describe('a parked execution whose server never calls', () => {
	test('hands on the ID when its time is up, and Wait fetches the video, on every n8n', async () => {
		// Side by side: this is the one story that spends its time waiting.
		await Promise.all(VERSIONS.map((version) => expectTheVideoAfterTheDeadline(version)));
	});
});

async function expectTheVideoAfterTheDeadline(version: (typeof VERSIONS)[number]): Promise<void> {
	const stage = await openStage(version);
	stage.sandbox.addFault({ on: 'create', do: 'stuck' });
	const order = small({ waitMode: 'webhook', options: { parkMinutes: PARK_MINUTES } });
	const workflow = stage.workflow(order);
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
	const looks = () => stage.sandbox.requests().filter(({ kind }) => kind === 'status').length;
	const before = looks();
	await waitFor('Wait to look at the video', () => looks() > before, PATIENCE_SECONDS);

	stage.sandbox.releaseStuck();
	const execution = await stage.api.ended(executionId);
	const [{ id }] = stage.sandbox.jobs();
	expect(outputOf(execution)[0].json).toMatchObject({ id });
	expect(outputOf(execution, fetch.name)[0].json).toMatchObject({ id, status: 'completed' });
	expect(stage.sandbox.jobs()).toHaveLength(1);
}
