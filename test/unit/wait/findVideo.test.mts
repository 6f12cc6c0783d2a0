import { createVideo } from '../../../nodes/Lumenfall/create/createVideo';
import { findRecordedVideo, findVideo } from '../../../nodes/Lumenfall/wait/findVideo';
import type { JobRecord } from '../../../nodes/Lumenfall/job/record';
import {
	answers,
	openCreateStage,
	REQUEST,
	RULES,
	WITH_KEYS,
	type Served,
} from '../../support/createStage.mts';
import { fakeForm } from '../../support/fakeForm.mts';
import { WALL_START } from '../../support/fakeRuntime.mts';
import type { FakeAnswer } from '../../support/fakeServer.mts';

const ROUTE = 'GET /videos/video_1';
const COMPLETED = { body: { id: 'video_1', status: 'completed' } };
const NOT_FOUND: FakeAnswer = { status: 404, body: { error: { message: 'no such video' } } };
const ago = (seconds: number) => new Date(WALL_START - seconds * 1_000).toISOString();

/** Creates a video, and looks for it in a retry with this base URL in the credential. */
async function findAgain(
	served: FakeAnswer[],
	{ baseUrlOf = (before: string) => before, createdAt = ago(0) } = {},
) {
	const stored: { jobs?: Record<string, JobRecord> } = {};
	const first = await openCreateStage({ context: stored, creates: [answers.accepted()] });
	const input = { request: REQUEST, entry: first.entry(), rules: RULES, timeoutMs: 60_000 };
	await first.outcomeOf(createVideo(first.context, input));
	const context = structuredClone(stored);
	for (const record of Object.values(context.jobs ?? {})) record.createdAt = createdAt;
	const server = { ...WITH_KEYS, baseUrl: baseUrlOf(first.context.api.baseUrl) };
	const second = await openCreateStage({ server, context, routes: { [ROUTE]: served } });
	const entry = second.entry();
	const found = findRecordedVideo(second.context, entry, 'video_1', entry.record.createdAt);
	return { ...second, ...(await second.outcomeOf(found)) };
}

/** Reads the video of the form, with this input item. */
async function findTyped(json: object, served: Served['routes']) {
	const stage = await openCreateStage({ routes: served });
	const form = fakeForm({ values: { videoId: 'video_1' }, items: [{ json: { ...json } }] });
	Object.assign(stage.context.execution, {
		getNodeParameter: form.getNodeParameter,
		getInputData: form.getInputData,
	});
	return { ...stage, ...(await stage.outcomeOf(findVideo(stage.context))) };
}

test('a retry finds the video that was created', async () => {
	const { value } = await findAgain([COMPLETED]);
	expect(value).toMatchObject({ id: 'video_1', phase: 'completed' });
});

test.each(['completed', 'failed'])(
	'a retry with another server never takes a video with the same ID there, here %s, and says where the video is',
	async (status) => {
		const baseUrlOf = () => 'https://other.example.com/v1';
		const { failure, requests } = await findAgain([{ body: { id: 'video_1', status } }], {
			baseUrlOf,
		});
		expect(failure).toMatchObject({ kind: 'serverChanged', videoId: 'video_1' });
		expect(failure?.message).toMatch(
			/from https:\/\/api\d+\.lumenfall.* to https:\/\/other\.example/,
		);
		expect(requests).toEqual([]);
	},
);

describe('a server that does not know its new video yet', () => {
	const LATE = Array<FakeAnswer>(10).fill(NOT_FOUND);

	test('is asked again by a retry that follows at once', async () => {
		const { value, time } = await findAgain([...LATE, COMPLETED]);
		expect(value).toMatchObject({ id: 'video_1', phase: 'completed' });
		expect(time.now()).toBeLessThan(30_000);
	});

	test('is asked again if the input item says that the video is new', async () => {
		const item = { id: 'video_1', createdAt: ago(3) };
		const { value } = await findTyped(item, { [ROUTE]: [...LATE, COMPLETED] });
		expect(value).toMatchObject({ id: 'video_1', phase: 'completed' });
	});

	test('is asked for half a minute after the create, and then the error has the ID', async () => {
		const { failure, time } = await findAgain([NOT_FOUND], { createdAt: ago(10) });
		expect(failure).toMatchObject({ kind: 'videoNotFound', videoId: 'video_1' });
		expect(time.now()).toBeGreaterThan(18_000);
		expect(time.now()).toBeLessThan(22_000);
	});

	test.each([
		['was created earlier', { id: 'video_1', createdAt: ago(600) }],
		['is another one', { id: 'video_2', createdAt: ago(3) }],
		['has no creation time', { id: 'video_1' }],
		['has a creation time that is not a time', { id: 'video_1', createdAt: 'today' }],
	])('is not asked again if the video of the item %s', async (_, item) => {
		const { failure, requests } = await findTyped(item, { [ROUTE]: [NOT_FOUND, COMPLETED] });
		expect(failure).toMatchObject({ kind: 'videoNotFound', videoId: 'video_1' });
		expect(requests).toHaveLength(1);
	});
});
