import { createVideo } from '../../../nodes/Lumenfall/create/createVideo';
import { findRecordedVideo } from '../../../nodes/Lumenfall/deliver/findVideo';
import type { NodeContext } from '../../../nodes/Lumenfall/job/jobStore';
import { answers, openCreateStage, REQUEST, RULES, WITH_KEYS } from '../../support/createStage.mts';

/** Creates a video, and looks for it in a retry with this base URL in the credential. */
async function findAgain(baseUrlOf: (before: string) => string, status: object) {
	const context: NodeContext = {};
	const first = await openCreateStage({ context, creates: [answers.accepted()] });
	const input = { request: REQUEST, entry: first.entry(), rules: RULES, timeoutMs: 60_000 };
	await first.outcomeOf(createVideo(first.context, input));
	const server = { ...WITH_KEYS, baseUrl: baseUrlOf(first.context.api.baseUrl) };
	const second = await openCreateStage({
		...{ server, context: JSON.parse(JSON.stringify(context)) as NodeContext },
		routes: { 'GET /videos/video_1': [{ body: { id: 'video_1', ...status } }] },
	});
	const found = findRecordedVideo(second.context, second.entry(), 'video_1');
	return { ...second, ...(await second.outcomeOf(found)) };
}

test('a retry finds the video that was created', async () => {
	const { value } = await findAgain((before) => before, { status: 'completed' });
	expect(value).toMatchObject({ id: 'video_1', phase: 'completed' });
});

test.each(['completed', 'failed'])(
	'a retry with another server never takes a video with the same ID there, here %s, and says where the video is',
	async (status) => {
		const { failure, requests } = await findAgain(() => 'https://other.example.com/v1', { status });
		expect(failure).toMatchObject({ kind: 'serverChanged', videoId: 'video_1' });
		expect(failure?.message).toMatch(
			/from https:\/\/api\d+\.lumenfall.* to https:\/\/other\.example/,
		);
		expect(requests).toEqual([]);
	},
);
