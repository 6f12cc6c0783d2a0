import {
	isFinalFailure,
	mayFallBack,
	modelsAfter,
	allModelsUnavailable,
} from '../../../nodes/Lumenfall/create/fallback';
import type { Failure } from '../../../nodes/Lumenfall/errors/failure';
import { buildRequest, withModel } from '../../../nodes/Lumenfall/create/buildRequest';

const failure = (change: Partial<Failure>): Failure => ({
	kind: 'modelUnavailable',
	message: 'Gone.',
	advice: 'Choose another.',
	...change,
});

test.each<[Partial<Failure>, boolean, boolean]>([
	[{}, true, true],
	[{ kind: 'providerFailed', code: 'ALL_PROVIDERS_EXHAUSTED' }, true, true],
	[{ kind: 'providerFailed', code: 'UPSTREAM_ERROR' }, false, false],
	[
		{ kind: 'providerFailed', code: 'ALL_PROVIDERS_EXHAUSTED', serverMessage: 'safety system' },
		false,
		false,
	],
	[{ kind: 'providerFailed', code: 'ALL_PROVIDERS_EXHAUSTED', videoId: 'v' }, false, false],
	[{ kind: 'modelUnavailable', videoId: 'v' }, false, false],
	[{ kind: 'invalidInput' }, false, true],
	[{ kind: 'createOutcomeUnknown' }, false, false],
	[{ kind: 'dryRunCreatedVideo' }, false, false],
	[{ kind: 'contentPolicy' }, false, false],
	[{ kind: 'insufficientBalance' }, false, true],
	[{ kind: 'invalidApiKey' }, false, false],
	[{ kind: 'invalidParameter' }, false, false],
	[{ kind: 'rateLimited' }, false, false],
	[{ kind: 'serverUnavailable' }, false, false],
	[{ kind: 'stopped' }, false, false],
])(
	'after %j the next model is tried: %s for the chosen model, %s for a fallback',
	(known, chosen, other) => {
		expect([mayFallBack(failure(known), false), mayFallBack(failure(known), true)]).toEqual([
			chosen,
			other,
		]);
	},
);

test.each<[Partial<Failure>, boolean]>([
	[{ kind: 'providerFailed' }, true],
	[{ kind: 'providerFailed', status: 'failed' }, true],
	[{ kind: 'modelUnavailable', status: 'failed' }, true],
	[{ kind: 'providerFailed', status: 'cancelled' }, false],
	[{ kind: 'providerFailed', status: 'expired' }, false],
	[{ kind: 'modelUnavailable', status: 'cancelled' }, false],
	[{ kind: 'contentPolicy', status: 'failed' }, false],
	[{ kind: 'timedOut', status: 'running' }, false],
])('after a video that ended with %j the next model is tried: %s', (known, isTried) => {
	expect(isFinalFailure(failure(known))).toBe(isTried);
});

test('the remaining models are those after the given one', () => {
	expect(modelsAfter(['a', 'b', 'c'], 'a')).toEqual(['b', 'c']);
	expect(modelsAfter(['a', 'b', 'c'], 'c')).toEqual([]);
	expect(modelsAfter(['a', 'b'], 'not in it')).toEqual(['a', 'b']);
});

test("each model gets its own key, derived from the user's key", () => {
	const request = buildRequest({
		model: 'a',
		prompt: 'p',
		seconds: 4,
		idempotencyKey: 'k'.repeat(255),
		additionalParameters: {},
	});
	expect(withModel(request, 'a')).toEqual(request);
	const others = ['b', 'c'].map((model) => withModel(request, model));
	expect(new Set([request, ...others].map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
	for (const { idempotencyKey = '' } of others) expect(idempotencyKey.length).toBeLessThan(257);
	const own = { ...request, idempotencyKey: undefined };
	expect(withModel(own, 'b').idempotencyKey).toBeUndefined();
});

test('if no model worked, the first failure is returned, and its advice lists the others', () => {
	expect(allModelsUnavailable([failure({})])).toEqual(failure({}));
	expect(allModelsUnavailable([failure({}), failure({ message: 'Too long.' })])).toEqual(
		failure({ advice: 'Choose another. The fallback models did not help: Too long.' }),
	);
});
