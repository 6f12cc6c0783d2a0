import { randomUUID } from 'node:crypto';
import { openOwnStage, probeVideo, waitFor } from './fixtures.mts';
import type { OwnStage } from './stage.mts';
import { VERSIONS } from '../../instance/versions.mts';
import { nodeOf, outputOf, small } from './workflows.mts';

const TRIGGER = 'Video Has Ended';
const COUNT = 500;
const REGISTERED = 10;
/** n8n's shortest poll time is once a minute. Four of them result in a poll every 15 seconds. */
const INTERVAL_SECONDS = 15;
const POLL_TIMES = [0, 15, 30, 45].map((second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));
/** A poll reads six pages, and n8n saves the execution. */
const SLACK_SECONDS = 10;
/** Videos of one model take the same time, from 10 to 100 seconds. */
const MODELS = 45;
const paces = Object.fromEntries(
	Array.from({ length: MODELS }, (_, index) => [`model-${index}`, 10 + index * 2]),
);

interface Outage {
	from: number;
	to: number;
}

describe.each(VERSIONS)('the polling trigger on n8n %s', (version) => {
	let stage: OwnStage;
	beforeAll(async () => {
		stage = await openOwnStage({ version }, { dialect: 'vllm-omni', jobSeconds: 1, paces });
	});

	test('delivers 500 videos that end in random order, each within one poll interval, once, over two restarts', async () => {
		const workflowId = await addTrigger(stage, { noticeBy: 'list', download: false });
		await createVideo(stage, 0);
		await waitFor('a video that ended before', () => endedJobs().length === 1);
		await stage.api.activate(workflowId);

		for (let index = 1; index <= COUNT; index++) await createVideo(stage, index % MODELS);
		const outages: Outage[] = [];
		for (const share of [1 / 3, 2 / 3]) {
			await waitFor('videos to end', () => endedJobs().length > COUNT * share, 240);
			outages.push(await restart(stage));
		}
		await waitFor('all videos to end', () => endedJobs().length === COUNT + 1, 240);

		const deliveries = await waitFor(
			'all deliveries',
			async () => {
				const found = await deliveriesOf(stage, workflowId);
				return found.length >= COUNT && found;
			},
			120,
		);
		const expected = endedJobs().slice(1);
		expect(deliveries.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
		const delays = expected.map(({ id, endedAt }) => {
			const { at } = deliveries.find((delivery) => delivery.id === id)!;
			// After a restart, n8n polls before it reports that it is ready.
			const seconds = Math.max(0, at - laterOf(endedAt, at, outages)) / 1000;
			return { seconds, polls: pollsBetween(endedAt, at) };
		});
		const mean = delays.reduce((sum, { seconds }) => sum + seconds, 0) / COUNT;
		const longest = Math.max(...delays.map(({ seconds }) => seconds));
		console.log(
			`n8n ${version}: ${COUNT} videos, delivered ${mean.toFixed(1)} s after their end on average, ` +
				`${longest.toFixed(1)} s at most`,
		);
		// However busy this computer is, the first poll after the end delivers a video.
		expect(Math.max(...delays.map(({ polls }) => polls))).toBe(1);
		expect(mean).toBeLessThan(INTERVAL_SECONDS + SLACK_SECONDS);
	});

	/** Returns the jobs in the order of their end; times in milliseconds since 1970. */
	function endedJobs() {
		return stage.sandbox
			.jobs()
			.flatMap(({ id, finishedAt }) => (finishedAt ? { id, endedAt: finishedAt } : []))
			.sort((one, other) => one.endedAt - other.endedAt);
	}

	/** Counts the polls that began between two moments, in milliseconds since 1970. A poll begins with its first page. */
	function pollsBetween(from: number, to: number): number {
		const polls = stage.sandbox
			.requests()
			.filter(({ kind, query, at }) => kind === 'list' && !query.after && at > from && at < to);
		return polls.length;
	}
});

/** For servers without a list. */
describe.each(VERSIONS)('the polling trigger on n8n %s with registered videos', (version) => {
	test('delivers each once, with its file, although n8n is killed while they are generated', async () => {
		const stage = await openOwnStage({ version }, { dialect: 'openrouter' });
		const path = randomUUID();
		const workflowId = await addTrigger(stage, { noticeBy: 'registered' }, path);
		await stage.api.activate(workflowId);
		const triggerUrl = `${stage.instance.url}/webhook/${path}/video`;
		const { call, have } = await stage.publish(
			small({ waitMode: 'none', options: { triggerUrl } }),
		);
		stage.sandbox.addFault({ on: 'create', do: 'stuck', times: REGISTERED });
		for (let index = 0; index < REGISTERED; index++) await call();
		await have(REGISTERED, 'success');

		await stage.instance.kill();
		stage.sandbox.releaseStuck();
		await stage.instance.start();
		for (let index = 0; index < REGISTERED; index++) await call();
		const deliveries = await waitFor('all deliveries', async () => {
			const found = await deliveriesOf(stage, workflowId);
			return found.length >= 2 * REGISTERED && found;
		});
		const ids = stage.sandbox.jobs().map(({ id }) => id);
		expect(deliveries.map(({ id }) => id).sort()).toEqual(ids.sort());
		const [{ fileId }] = deliveries;
		expect((await probeVideo(await stage.api.download(fileId!))).codec).toBe('h264');

		await new Promise((resolve) => setTimeout(resolve, 2 * INTERVAL_SECONDS * 1000));
		expect(await deliveriesOf(stage, workflowId)).toHaveLength(2 * REGISTERED);
		expect(stage.sandbox.billing().jobs).toBe(2 * REGISTERED);
	});
});

/** Saves a workflow of a trigger that polls every 15 seconds. Returns its ID. */
async function addTrigger(stage: OwnStage, parameters: object, path?: string): Promise<string> {
	const trigger = nodeOf(
		TRIGGER,
		'n8n-nodes-lumenfall.lumenfallTrigger',
		{ pollTimes: { item: POLL_TIMES }, ...parameters },
		{ webhookId: path },
	);
	const workflow = { name: 'Deliver', nodes: [trigger], connections: {} };
	return await stage.api.addWorkflow(stage.withCredential(workflow));
}

/** Returns every item of the trigger, with the start of its execution. */
async function deliveriesOf({ api }: OwnStage, workflowId: string) {
	const found = [];
	for (const { id } of await api.executions(workflowId)) {
		const execution = await api.ended(id);
		const at = Date.parse(String((execution as unknown as { startedAt: string }).startedAt));
		for (const { json, binary } of outputOf(execution, TRIGGER))
			found.push({ id: String(json.id), at, fileId: binary?.data.id });
	}
	return found;
}

/** Ends n8n, which first finishes what is running, and starts it again. n8n then polls immediately. */
async function restart({ instance }: OwnStage): Promise<Outage> {
	const from = Date.now();
	await instance.stop();
	await instance.start();
	return { from, to: Date.now() };
}

/**
 * Returns when a video could be found at the earliest. If n8n was down between its end and its delivery, that is after the
 * restart.
 */
function laterOf(endedAt: number, at: number, outages: Outage[]): number {
	const outage = outages.find(({ from, to }) => endedAt <= to && at > from);
	return outage ? Math.max(endedAt, outage.to) : endedAt;
}

async function createVideo({ sandbox }: OwnStage, model: number): Promise<void> {
	const body = new FormData();
	const fields = { model: `model-${model}`, prompt: 'scene', seconds: '1', size: '854x480' };
	for (const [name, value] of Object.entries(fields)) body.append(name, value);
	const headers = { authorization: `Bearer ${sandbox.apiKey}` };
	const response = await fetch(`${sandbox.baseUrl}/videos`, { method: 'POST', headers, body });
	if (!response.ok) throw new Error(await response.text());
}
