import { createVideo } from '../../../nodes/Lumenfall/create/createVideo';
import { prepareSource } from '../../../nodes/Lumenfall/create/prepareSource';
import { requireKnownOutcome } from '../../../nodes/Lumenfall/create/submit';
import {
	answers,
	openCreateStage,
	REQUEST,
	RULES,
	WITHOUT_KEYS,
	type Served,
} from '../../support/createStage.mts';

const { broken, networkFault } = answers;

const EARLIER = 'GET /videos/video_0';
const completed = { body: { id: 'video_0', status: 'completed', model: 'sora-2', seconds: '4' } };
const queued = { body: { id: 'video_1', status: 'queued' } };
const notFound = { status: 404, body: { error: { message: 'Not Found' } } };

/** Extends or edits video_0 on a server of which nothing is known. */
async function change(kind: 'extend' | 'edit', routes: Served['routes']) {
	const stage = await openCreateStage({
		server: WITHOUT_KEYS,
		routes: { [EARLIER]: [completed], ...routes },
	});
	const entry = stage.entry();
	const run = async () => {
		const selection = { change: kind, video: { kind: 'id', id: 'video_0' } } as const;
		const { source, model } = await prepareSource(stage.context, selection);
		const seconds = kind === 'extend' ? 8 : undefined;
		const request = { ...REQUEST, model, seconds, source };
		return await createVideo(stage.context, {
			request,
			entry,
			rules: RULES,
			timeoutMs: 60_000,
		});
	};
	const outcome = await stage.outcomeOf(run());
	const posts = stage.requests.filter((request) => request.startsWith('POST'));
	return { ...stage, ...outcome, entry, posts };
}

test('an extension is one request to its own route, by the model of the first video', async () => {
	const { value, posts, entry } = await change('extend', { 'POST /videos/extensions': [queued] });
	expect(posts).toEqual(['POST /videos/extensions']);
	expect(value?.job.id).toBe('video_1');
	expect(entry.record.sent).toMatchObject({ model: 'sora-2', change: 'extend', sourceSeconds: 4 });
});

test('an edit goes to the remix route if the server has no other, once each', async () => {
	const { value, posts } = await change('edit', {
		'POST /videos/edits': [notFound],
		'POST /videos/video_0/remix': [queued],
	});
	expect(posts).toEqual(['POST /videos/edits', 'POST /videos/video_0/remix']);
	expect(value?.job.id).toBe('video_1');
});

test.each([404, 405, 501])(
	'status %i of both routes means that nothing was created',
	async (status) => {
		const none = { ...notFound, status };
		const { failure, entry } = await change('edit', {
			'POST /videos/edits': [none],
			'POST /videos/video_0/remix': [none],
		});
		expect(failure?.message).toMatch(
			/^The server has no route that can edit this video: Not Found/,
		);
		expect(entry.mayHaveJob).toBe(false);
	},
);

test.each([
	['a broken response', broken()],
	['a reset connection', networkFault('ECONNRESET')],
])(
	'%s is never sent again, nor to the other route, and a later try says so at once',
	async (...row) => {
		const { failure, posts, entry, context, outcomeOf } = await change('edit', {
			'POST /videos/edits': [row[1]],
			'POST /videos/video_0/remix': [queued],
		});
		expect(posts).toEqual(['POST /videos/edits']);
		expect(failure?.kind).toBe('createOutcomeUnknown');
		const again = await outcomeOf(requireKnownOutcome(context, entry));
		expect(again.failure?.kind).toBe('createOutcomeUnknown');
	},
);

test.each([
	['is still running', { body: { id: 'video_0', status: 'in_progress' } }, /but only a completed/],
	['is not there', notFound, /video_0/],
])('if the first video %s, no create is sent', async (_, answer, message) => {
	const { failure, posts } = await change('extend', { [EARLIER]: [answer] });
	expect(`${failure?.message} ${failure?.advice}`).toMatch(message);
	expect(posts).toEqual([]);
});
