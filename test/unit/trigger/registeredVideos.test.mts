import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { openApi } from '../../../nodes/Lumenfall/transport/videoApi';
import { findRegistered } from '../../../nodes/LumenfallTrigger/polling/registeredVideos';
import { openWatchList } from '../../../nodes/LumenfallTrigger/polling/watchList';
import { fakeServer, type FakeAnswer } from '../../support/fakeServer.mts';

let workflows = 0;

/** A trigger with registered videos, and the server's response for each of them. */
async function openTrigger(
	ids: string[],
	answerFor: (id: string) => FakeAnswer | undefined,
	hoursAgo = 0,
) {
	const { host: server, requests } = fakeServer((request) => answerFor(request.split('/').at(-1)!));
	const [workflowId, log] = [`registered-${++workflows}`, [] as string[]];
	const data: Record<string, IDataObject> = { global: {}, node: {} };
	const host = {
		...server,
		getNode: () => ({ id: 'node' }),
		getWorkflow: () => ({ id: workflowId }),
		getWorkflowStaticData: (type: string) => data[type],
		logger: { warn: (line: string) => log.push(line) },
	} as unknown as IPollFunctions;
	const api = await openApi(host);
	const list = openWatchList(host, api.baseUrl);
	for (const id of ids) list.add(id, Date.now() - hoursAgo * 3_600_000);
	return { requests, log, poll: async () => await findRegistered(host, api) };
}

const completed = (id: string): FakeAnswer => ({ body: { id, status: 'completed' } });
const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `video_${index}`);

test('a registered video that has ended is found once', async () => {
	const { poll } = await openTrigger(['video_1'], completed);
	expect(await poll()).toEqual([{ videoId: 'video_1', event: 'video.completed' }]);
	expect(await poll()).toEqual([]);
});

test.each([0, 2, 23])(
	'a video that was registered %i hours ago survives a 404 of the server',
	async (hoursAgo) => {
		const answers = [{ status: 404 }, completed('video_1')];
		const { poll, log } = await openTrigger(['video_1'], () => answers.shift(), hoursAgo);
		expect(await poll()).toEqual([]);
		expect(await poll()).toEqual([{ videoId: 'video_1', event: 'video.completed' }]);
		expect(log).toEqual([]);
	},
);

test.each<[string, FakeAnswer, number]>([
	['the server does not know it after a day', { status: 404 }, 25],
	['it has not ended after a week', { body: { id: 'video_1', status: 'in_progress' } }, 8 * 24],
])('a video is given up if %s, and the log says so', async (why, answer, hoursAgo) => {
	const { poll, requests, log } = await openTrigger(['video_1'], () => answer, hoursAgo);
	expect(await poll()).toEqual([]);
	expect(await poll()).toEqual([]);
	expect(requests).toHaveLength(1);
	expect(log).toEqual([`The trigger no longer polls video video_1: ${why}`]);
});

test('two videos whose status always fails hold up none of the others', async () => {
	const broken = ['video_0', 'video_39'];
	const { poll } = await openTrigger(idsOf(40), (id) =>
		broken.includes(id) ? { status: 500 } : completed(id),
	);
	expect(await poll()).toHaveLength(38);
	expect(await poll()).toEqual([]);
});

test.each([429, 500])(
	'a server that refuses every check (%i) is left alone soon',
	async (status) => {
		const { poll, requests } = await openTrigger(idsOf(100), () => ({ status }));
		expect(await poll()).toEqual([]);
		expect(requests.length).toBeLessThan(20);
	},
);

test('however many videos fail, the others are found in one of the next polls', async () => {
	const { poll } = await openTrigger(idsOf(60), (id) =>
		Number(id.slice(6)) < 30 ? { status: 500 } : completed(id),
	);
	const found = new Set<string>();
	for (let polls = 0; polls < 60; polls++)
		for (const { videoId } of await poll()) found.add(videoId);
	expect(found.size).toBeGreaterThan(15);
});
