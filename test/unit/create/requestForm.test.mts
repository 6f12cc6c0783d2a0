import { submit } from '../../../nodes/Lumenfall/create/submit';
import type { FakeAnswer } from '../../support/fakeServer.mts';
import { answers, openCreateStage, REQUEST, WITHOUT_KEYS } from '../../support/createStage.mts';

/**
 * A server that does not understand the form of a create, and refuses it: the same request follows in another form,
 * each form once.
 */

const refusing = (status: number, error: object | string): FakeAnswer => ({
	status,
	body: { error },
});

async function create(...creates: FakeAnswer[]) {
	const stage = await openCreateStage({ server: WITHOUT_KEYS, creates });
	const context = { ...stage.context, log: () => undefined };
	const send = async () => await submit(context, REQUEST, stage.entry(), 60_000);
	return { ...stage, ...(await stage.outcomeOf(send())) };
}

const formOf = (body: unknown) =>
	body instanceof FormData
		? 'multipart'
		: typeof (body as { seconds: unknown }).seconds === 'number'
			? 'JSON with a number'
			: 'JSON';

test.each<[string, FakeAnswer, string[]]>([
	['requires a form', refusing(415, 'Unsupported Media Type'), ['JSON', 'multipart']],
	[
		'requires a number',
		refusing(400, { message: 'Expected number, received string', path: ['seconds'] }),
		['JSON', 'JSON with a number'],
	],
	[
		'names the parameter apart',
		refusing(400, { message: 'Must be an integer', param: 'seconds' }),
		['JSON', 'JSON with a number'],
	],
	[
		'lists the number that was sent as a text',
		refusing(422, { message: 'Input should be 4, 8 or 12', param: 'seconds' }),
		['JSON', 'JSON with a number'],
	],
	['misses what was sent', refusing(400, 'prompt is required'), ['JSON', 'multipart']],
])('if the server %s, the same request follows once in that form', async (_, refusal, forms) => {
	const { value, creates } = await create(refusal, answers.accepted());
	expect(value?.id).toBe('video_1');
	expect(creates.map(({ body }) => formOf(body))).toEqual(forms);
});

test('the form that the server accepted is kept for the other items of the run', async () => {
	const number = refusing(400, { message: 'Must be an integer', param: 'seconds' });
	const accepted = ['video_1', 'video_2'].map((id) => answers.accepted(id));
	const stage = await openCreateStage({ server: WITHOUT_KEYS, creates: [number, ...accepted] });
	for (const itemIndex of [0, 1]) {
		const sent = submit(stage.context, REQUEST, stage.entry(itemIndex), 60_000);
		expect((await stage.outcomeOf(sent)).value?.id).toBe(`video_${itemIndex + 1}`);
	}
	expect(stage.creates.map(({ body }) => formOf(body))).toEqual([
		...['JSON', 'JSON with a number', 'JSON with a number'],
	]);
});

test('if each form is refused, the error shows the refusal with a reason', async () => {
	const reason = refusing(422, 'this style is unknown');
	const { failure, creates, entry } = await create(reason, refusing(415, 'Unsupported Media Type'));
	expect(failure?.message).toMatch(/this style is unknown/);
	expect(creates).toHaveLength(2);
	expect(entry().mayHaveJob).toBe(false);
});

test.each([
	['a proxy', { status: 400, body: '<html>Invalid JSON</html>' }],
	['a refusal with an ID', { status: 400, body: { id: 'video_1', error: 'Invalid JSON' } }],
	['a server error', refusing(500, 'Invalid JSON')],
	['a conflict', refusing(409, 'Content-Type must be application/json')],
])('%s is not followed by another form, because a video may exist', async (_, answer) => {
	const { failure, creates } = await create(answer, answers.accepted());
	expect(failure?.kind).toBe('createOutcomeUnknown');
	expect(creates).toHaveLength(1);
});

test('if the image for the next form cannot be downloaded, the error shows the refusal', async () => {
	const creates = [refusing(422, 'this style is unknown')];
	const stage = await openCreateStage({ server: WITHOUT_KEYS, creates });
	const context = { ...stage.context, log: () => undefined };
	const request = { ...REQUEST, image: { kind: 'url' as const, url: 'https://a.example/a.png' } };
	const { failure } = await stage.outcomeOf(submit(context, request, stage.entry(), 60_000));
	expect(failure?.message).toMatch(/this style is unknown/);
	expect(stage.creates).toHaveLength(1);
	expect(stage.entry().mayHaveJob).toBe(false);
});
