import { outcomeOf } from '../../../nodes/Lumenfall/create/createOutcome';
import { FAILURE_KINDS, type Failure } from '../../../nodes/Lumenfall/errors/failure';
import { valueErrors } from '../../../nodes/Lumenfall/create/valueErrors';

const LUMENFALL = { isRepeatable: true, isRepeat: false };
const OTHER = { isRepeatable: false, isRepeat: false };
const REPEAT = { isRepeatable: true, isRepeat: true };

const failure = (known: Partial<Failure>): Failure => ({
	kind: 'serverUnavailable',
	message: 'x',
	advice: 'x.',
	...known,
});
const REFUSALS: Failure[] = [
	valueErrors.emptyPrompt().failure,
	failure({ kind: 'network', neverSent: true }),
	failure({ kind: 'invalidParameter', nothingMade: true }),
	failure({ kind: 'network', nothingMade: true, httpStatus: 511 }),
];

describe.each([LUMENFALL, OTHER])('the first create with %j', (attempt) => {
	test.each(REFUSALS)('is refused if it is certain that nothing was made: %j', (refusal) => {
		expect(outcomeOf(refusal, attempt)).toBe('refused');
	});

	test.each(['rateLimited', 'tooManyJobs'] as const)('is sent again later after %s', (kind) => {
		expect(outcomeOf(failure({ kind, nothingMade: true }), attempt)).toBe('busy');
		expect(outcomeOf(failure({ kind }), attempt)).toBe('unknown');
	});

	test.each(['network', 'stopped', 'unexpectedError'] as const)('is unknown after %s', (kind) => {
		expect(outcomeOf(failure({ kind }), attempt)).toBe('unknown');
	});
});

test.each(REFUSALS)(
	'the refusal of a repeat proves nothing about the first create: %j',
	(refusal) => {
		expect(outcomeOf(refusal, REPEAT)).toBe('unknown');
	},
);

test.each(FAILURE_KINDS.filter((kind) => kind !== 'invalidInput'))(
	'the kind %s alone proves nothing, whatever the error text says',
	(kind) => {
		const words = failure({ kind, code: 'moderation_blocked', serverMessage: 'Model not found' });
		for (const httpStatus of [undefined, 200, 202, 302, 409, 418, 499, 500, 502])
			for (const attempt of [LUMENFALL, OTHER, REPEAT])
				expect(outcomeOf({ ...words, httpStatus }, attempt)).toBe('unknown');
	},
);

test.each([
	['on Lumenfall, when the same key is sent again', REPEAT, 'refused'],
	['on Lumenfall, the first time', LUMENFALL, 'unknown'],
	['on a server without keys', OTHER, 'unknown'],
	['on a server without keys, the second time', { ...OTHER, isRepeat: true }, 'unknown'],
])('the failure of all providers, %s (%j), means %s', (_, attempt, expected) => {
	const exhausted = failure({
		kind: 'providerFailed',
		httpStatus: 502,
		code: 'ALL_PROVIDERS_EXHAUSTED',
	});
	expect(outcomeOf(exhausted, attempt)).toBe(expected);
	expect(outcomeOf({ ...exhausted, code: 'UPSTREAM_ERROR' }, attempt)).toBe('unknown');
});
