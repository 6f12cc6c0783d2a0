import { withAlternatives } from '../../../nodes/Lumenfall/models/lookUp';
import { validateRequest } from '../../../nodes/Lumenfall/create/validateRequest';
import { serverErrors } from '../../../nodes/Lumenfall/errors/serverErrors';
import type { UnsupportedValues } from '../../../nodes/Lumenfall/request/rules';
import type { VideoRequest } from '../../../nodes/Lumenfall/request/videoRequest';
import {
	answers,
	openCreateStage,
	REQUEST,
	WITH_KEYS,
	WITHOUT_KEYS,
	type Served,
} from '../../support/createStage.mts';

const listOf = (...data: object[]): Served => ({ routes: { 'GET /models': [{ body: { data } }] } });

async function validate(
	served: Served,
	request: Partial<VideoRequest> = {},
	unsupportedValues: UnsupportedValues = 'refuse',
) {
	const stage = await openCreateStage(served);
	const work = validateRequest(stage.context, { ...REQUEST, ...request }, { unsupportedValues });
	return { ...stage, ...(await stage.outcomeOf(work)) };
}

test('a request that the model supports is returned unchanged', async () => {
	const { value } = await validate({});
	expect(value).toMatchObject({ request: REQUEST, model: { id: 'sora-2' } });
	expect(value).not.toHaveProperty('adjusted');
});

test.each<[UnsupportedValues, object]>([
	['refuse', { failure: { message: expect.stringMatching(/'Duration \(Seconds\)' is 25/) } }],
	[
		'nearest',
		{ value: { request: { seconds: 20 }, adjusted: { seconds: { requested: 25, used: 20 } } } },
	],
	['send', { value: { request: { seconds: 25 } } }],
])("'Unsupported Values' %s applies to a duration of 25 seconds", async (rule, outcome) => {
	expect(await validate({}, { seconds: 25 }, rule)).toMatchObject(outcome);
});

describe('a model that the server has switched off', () => {
	const served = listOf(
		{ id: 'sora-2', model_status: 'disabled' },
		{ id: 'wan-2.6', model_status: 'active' },
		{ id: 'gone', model_status: 'retired' },
	);

	test('is refused, and the error names models that can be selected', async () => {
		const { failure } = await validate(served);
		expect(failure).toMatchObject({
			kind: 'modelUnavailable',
			model: 'sora-2',
			serverMessage: 'it is disabled',
			alternatives: ['wan-2.6'],
		});
	});

	test("is sent with 'Send Anyway'", async () => {
		expect((await validate(served, {}, 'send')).value).toMatchObject({ request: REQUEST });
	});
});

describe('a request without a prompt', () => {
	const openRouter = { server: 'openAiCompatible', domain: 'openrouter.ai' };
	const upscaler = { id: 'sora-2', upscale_factor: { min: 2, max: 4 } };
	const listed = (...data: object[]): Served => ({
		server: openRouter,
		routes: { 'GET /videos/models': [{ body: { data } }] },
	});
	const image = { kind: 'url', url: 'https://a.example/b.png' } as const;
	const isEmpty = { kind: 'invalidInput', message: expect.stringMatching(/^'Prompt' is empty/) };

	test.each<[string, Served, Partial<VideoRequest>]>([
		['with an image, on a server that allows it', listed({ id: 'sora-2' }), { image }],
		['of an upscaler, whose video says everything', listed(upscaler), { upscaleFactor: 2 }],
	])('is possible %s', async (_, served, request) => {
		const { value, failure } = await validate(served, { prompt: '', ...request });
		expect(failure).toBeUndefined();
		expect(value?.request.prompt).toBe('');
	});

	test.each<[string, Served, Partial<VideoRequest>]>([
		['and without an image', listed({ id: 'sora-2' }), {}],
		['with an image, on a server that requires both', {}, { image }],
		['with an image, on an unknown server', { server: WITHOUT_KEYS }, { image }],
	])('is refused %s', async (_, served, request) => {
		expect((await validate(served, { prompt: '', ...request })).failure).toMatchObject(isEmpty);
	});
});

test('a model that is only missing from the list is not refused', async () => {
	const { value } = await validate(listOf({ id: 'wan-2.6' }));
	expect(value?.model.listed).toBe(false);
});

test.each([
	['cannot be read', { routes: { 'GET /models': [answers.broken(503)] } }],
	['does not exist', {}],
])('a list that %s blocks no request', async (_, served) => {
	const { value } = await validate(served);
	expect(value?.model).not.toHaveProperty('listed');
});

test("a value without a field on the server is refused, also with 'Send Anyway'", async () => {
	const { failure } = await validate({ server: WITHOUT_KEYS }, { resolution: '720p' }, 'send');
	expect(failure?.message).toMatch(/'Resolution'/);
});

test("with 'Send Anyway' the modes of the model are not checked", async () => {
	const referenceImages: VideoRequest['referenceImages'] = [{ kind: 'url', url: 'https://a.b/c' }];
	const served = { server: WITH_KEYS };
	expect((await validate(served, { referenceImages }, 'send')).value).toBeDefined();
	expect((await validate(served, { referenceImages })).failure?.kind).toBe('invalidInput');
});

describe('the models that can be selected instead', () => {
	const unavailable = serverErrors.modelUnavailable({ model: 'sora-2', httpStatus: 404 });
	const ask = async (served: Served, error: unknown = unavailable) => {
		const stage = await openCreateStage(served);
		return await stage.time.finish(withAlternatives(stage.context, 'sora-2', error));
	};

	test('are six available video models, without the unavailable one', async () => {
		const many = Array.from({ length: 9 }, (_, index) => ({ id: `video-${index}` }));
		const others = [{ id: 'sora-2' }, { id: 'painter', modality: 'image' }];
		const error = await ask(listOf(...others, ...many));
		expect(error).toMatchObject({
			failure: {
				...{ kind: 'modelUnavailable', httpStatus: 404 },
				alternatives: many.slice(0, 6).map(({ id }) => id),
			},
		});
	});

	test('are read only if a model is unavailable', async () => {
		const other = serverErrors.network({ cause: 'cut' });
		expect(await ask({}, other)).toBe(other);
		const defect = new TypeError('x');
		expect(await ask({}, defect)).toBe(defect);
	});

	test('are empty if the server has no list', async () => {
		expect(await ask({})).toMatchObject({ failure: { alternatives: [] } });
	});
});
