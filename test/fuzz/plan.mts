import fc from 'fast-check';
import type { DialectName, Fault } from '../../sandbox/createSandbox.mts';

/** What happens in one run: the user's settings, the faults of the server, the wall clock and a Stop. */
export interface Plan {
	items: number;
	continuesOnFail: boolean;
	maxTries: number;
	/** How often a failed execution is retried. */
	retries: number;
	operation: 'textToVideo' | 'imageToVideo' | 'storyboard' | 'compare' | 'fallback';
	output: 'file' | 'url';
	faults: Fault[];
	/** Milliseconds by which the wall clock jumps after so many requests. */
	clockJump?: { afterRequests: number; ms: number };
	stopAfterRequests?: number;
}

const HOUR_MS = 3_600_000;

const timing = { times: fc.integer({ min: 1, max: 4 }), after: fc.nat(3) };
const at = (on: string, effect: object) =>
	fc.record({ on: fc.constant(on), ...fixed(effect), ...timing });
const fixed = (effect: object) =>
	Object.fromEntries(Object.entries(effect).map(([key, value]) => [key, fc.constant(value)]));
const answers = (on: string, statuses: number[], change: object = {}) =>
	fc.record({
		on: fc.constant(on),
		do: fc.constant('status'),
		status: fc.constantFrom(...statuses),
		...fixed(change),
		...timing,
	});

/** The answer to a create is lost or unclear, and the job was made or not. */
const CREATE = [
	answers('create', [400, 401, 403, 404, 408, 409, 413, 418, 422, 429, 499, 500, 502, 503, 504]),
	answers('create', [429, 503], { retryAfterSeconds: 0 }),
	fc.record({
		on: fc.constant('create'),
		do: fc.constant('status-after'),
		// What a server says after the work, and not in front of it.
		status: fc.constantFrom(302, 303, 408, 409, 418, 499, 500, 503, 504),
		...timing,
	}),
	// Lumenfall's own 502 says that no provider made the video.
	at('create', { do: 'status-after', status: 502, body: '<html>502 Bad Gateway</html>' }),
	at('create', { do: 'reset-before' }),
	at('create', { do: 'reset-after' }),
	at('create', { do: 'compress', encoding: 'gzip', broken: 'cut' }),
	at('create', { do: 'truncate' }),
	at('create', { do: 'patch', remove: ['id', 'task_id', 'request_id', 'data'] }),
	at('create', { do: 'echo-key' }),
	at('create', { do: 'swell', bytes: 20_000 }),
];

/** What becomes of the job. */
const JOB = [
	at('create', { do: 'job-fails', message: 'Out of memory' }),
	at('create', { do: 'job-fails', message: 'blocked by content policy' }),
	at('create', { do: 'stuck' }),
	at('create', { do: 'no-file' }),
	at('create', { do: 'expired' }),
	at('create', { do: 'unknown-status' }),
	...['finalizing', 'paused', 'unknown'].map((status) =>
		at('create', { do: 'job-status', status }),
	),
	...['expired', 'dead', 'Fail', 'cancelled'].map((status) =>
		at('create', { do: 'job-ends', status }),
	),
];

const STATUS = [
	answers('status', [401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504]),
	answers('status', [502, 403, 404], { body: '<html><title>Bad gateway</title></html>' }),
	answers('status', [429, 503], { retryAfterSeconds: 0 }),
	at('status', { do: 'headers', headers: { 'openai-poll-after-ms': '1' } }),
	at('status', { do: 'reset-before' }),
	at('status', { do: 'hang', phase: 'before' }),
	at('status', { do: 'compress', encoding: 'br', broken: 'garbage' }),
	at('status', { do: 'patch', remove: ['status'] }),
	at('status', { do: 'patch', set: { status: 'transmogrified' } }),
	at('status', { do: 'patch', remove: ['id'] }),
	at('status', { do: 'echo-key', form: 'base64' }),
	at('status', { do: 'unknown-status' }),
	at('status', { do: 'no-file' }),
	at('status', { do: 'swell', nesting: 5_000 }),
];

const file = (on: string) => [
	answers(on, [401, 403, 404, 410, 429, 500, 503]),
	...['truncate', 'truncate-silently', 'overlong', 'empty', 'not-a-video', 'html', 'redirect'].map(
		(effect) => at(on, { do: effect }),
	),
	at(on, { do: 'reset-after' }),
	at(on, { do: 'compress', encoding: 'gzip' }),
];

const OTHER = [
	...['models', 'list', 'account', 'estimate', 'delete'].flatMap((on) => [
		answers(on, [401, 404, 429, 500, 503]),
		at(on, { do: 'reset-before' }),
	]),
	at('models', { do: 'swell', bytes: 100_000 }),
	at('list', { do: 'repeat', at: 'data', count: 50 }),
];

const faults = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.oneof(...CREATE) },
		{ weight: 2, arbitrary: fc.oneof(...JOB) },
		{ weight: 3, arbitrary: fc.oneof(...STATUS) },
		{ weight: 2, arbitrary: fc.oneof(...file('content'), ...file('media')) },
		{ weight: 1, arbitrary: fc.oneof(...OTHER) },
	),
	{ minLength: 0, maxLength: 4 },
) as fc.Arbitrary<Fault[]>;

/** Two models that generate the same short video, for comparisons and fallbacks. */
export const TWO_MODELS: Partial<Record<DialectName, [string, string]>> = {
	lumenfall: ['p-video', 'sora-2'],
	openai: ['sora-2', 'sora-2-pro'],
};

/** Plans for one kind of server. */
export function plans(dialect: DialectName): fc.Arbitrary<Plan> {
	return fc.record(
		{
			items: fc.constantFrom(1, 1, 1, 2, 3),
			continuesOnFail: fc.boolean(),
			maxTries: fc.integer({ min: 1, max: 3 }),
			retries: fc.nat(1),
			operation: fc.constantFrom<Plan['operation'][]>(
				...(['textToVideo', 'textToVideo', 'storyboard'] as const),
				dialect === 'deepinfra' ? 'textToVideo' : 'imageToVideo',
				...(dialect in TWO_MODELS ? (['compare', 'fallback'] as const) : []),
			),
			output: fc.constantFrom('file', 'url'),
			faults,
			clockJump: fc.record({
				afterRequests: fc.nat(12),
				ms: fc.constantFrom(-24 * HOUR_MS, -HOUR_MS, HOUR_MS, 24 * HOUR_MS),
			}),
			stopAfterRequests: fc.nat(15),
		},
		{
			requiredKeys: [
				'items',
				'continuesOnFail',
				'maxTries',
				'retries',
				'operation',
				'output',
				'faults',
			],
		},
	);
}
