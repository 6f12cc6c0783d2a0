import { provesNothingWasMade } from '../../../nodes/Lumenfall/create/createOutcome';
import { FAILURE_KINDS, type Failure } from '../../../nodes/Lumenfall/errors/failure';
import { inputErrors } from '../../../nodes/Lumenfall/parameters/inputErrors';

const LUMENFALL = { supportsIdempotencyKey: true };
const OTHER = { supportsIdempotencyKey: false };
const REPEAT = { supportsIdempotencyKey: true, isRepeat: true };

const failure = (known: Partial<Failure>): Failure => ({
	kind: 'serverUnavailable',
	message: 'x',
	advice: 'x.',
	...known,
});

test.each([LUMENFALL, OTHER, REPEAT])(
	'with %j only a certain refusal proves that no video was made',
	(attempt) => {
		expect(provesNothingWasMade(inputErrors.emptyPrompt().failure, attempt)).toBe(true);
		expect(provesNothingWasMade(failure({ kind: 'network', neverSent: true }), attempt)).toBe(true);
		expect(
			provesNothingWasMade(failure({ kind: 'invalidParameter', nothingMade: true }), attempt),
		).toBe(true);

		expect(provesNothingWasMade(failure({ kind: 'network' }), attempt)).toBe(false);
		expect(provesNothingWasMade(failure({ kind: 'stopped' }), attempt)).toBe(false);
		expect(provesNothingWasMade(failure({ kind: 'unexpectedError' }), attempt)).toBe(false);
	},
);

test.each(FAILURE_KINDS.filter((kind) => kind !== 'invalidInput'))(
	'the kind %s alone proves nothing, whatever the error text says',
	(kind) => {
		const words = failure({ kind, code: 'moderation_blocked', serverMessage: 'Model not found' });
		for (const httpStatus of [undefined, 200, 202, 302, 409, 418, 499, 500, 502])
			for (const attempt of [LUMENFALL, OTHER, REPEAT])
				expect(provesNothingWasMade({ ...words, httpStatus }, attempt)).toBe(false);
	},
);

test.each([
	['on Lumenfall, when the same key is sent again', REPEAT, true],
	['on Lumenfall, the first time', LUMENFALL, false],
	['on a server without keys', OTHER, false],
	['on a server without keys, the second time', { ...OTHER, isRepeat: true }, false],
])('the failure of all providers is a proof %s: %j → %s', (_, attempt, expected) => {
	const exhausted = failure({
		kind: 'providerFailed',
		httpStatus: 502,
		code: 'ALL_PROVIDERS_EXHAUSTED',
	});
	expect(provesNothingWasMade(exhausted, attempt)).toBe(expected);
	expect(provesNothingWasMade({ ...exhausted, code: 'UPSTREAM_ERROR' }, attempt)).toBe(false);
});
