import { z } from 'zod';

const places = [
	'create',
	'estimate',
	'status',
	'content',
	'media',
	'models',
	'list',
	'account',
	'history',
	'secret',
	'delete',
	'delivery',
	'any',
] as const;
export type FaultPoint = (typeof places)[number];

const timing = {
	on: z.enum(places),
	/** How many requests are hit; 1 unless said otherwise. */
	times: z.number().min(1).default(1),
	/** How many requests of this kind pass unharmed first. */
	after: z.number().int().min(0).default(0),
};
const answer = {
	status: z.number().int().min(300).max(599),
	retryAfterSeconds: z.number().min(0).optional(),
	/** Writes the wait as an HTTP date instead of seconds. */
	retryAfterDate: z.boolean().default(false),
	/** A string is sent as an HTML page, anything else as JSON; the dialect's own error if absent. */
	body: z.unknown().optional(),
};

const effectSchema = z.discriminatedUnion('do', [
	z.object({ do: z.literal('status'), ...timing, ...answer }).strict(),
	z.object({ do: z.literal('status-after'), ...timing, ...answer }).strict(),
	z.object({ do: z.literal('reset-before'), ...timing }).strict(),
	z.object({ do: z.literal('reset-after'), ...timing }).strict(),
	z.object({ do: z.literal('slow'), delayMs: z.number().min(0), ...timing }).strict(),
	z.object({ do: z.literal('truncate'), ...timing }).strict(),
	z.object({ do: z.literal('html'), ...timing }).strict(),
	z.object({ do: z.literal('redirect'), ...timing }).strict(),
	z.object({ do: z.literal('expired'), ...timing }).strict(),
	z.object({ do: z.literal('stuck'), ...timing }).strict(),
	z.object({ do: z.literal('unknown-status'), ...timing }).strict(),
	z.object({ do: z.literal('no-file'), ...timing }).strict(),
	z
		.object({
			do: z.literal('job-fails'),
			code: z.union([z.string(), z.number()]).optional(),
			message: z.string().optional(),
			omitError: z.boolean().default(false),
			...timing,
		})
		.strict(),
	z.object({ do: z.literal('creates-job'), ...timing }).strict(),
	z.object({ do: z.literal('job-status'), status: z.string(), ...timing }).strict(),
	z.object({ do: z.literal('double'), ...timing }).strict(),
	z.object({ do: z.literal('forged'), ...timing }).strict(),
	z.object({ do: z.literal('stale'), ...timing }).strict(),
	z.object({ do: z.literal('lost'), ...timing }).strict(),
	z.object({ do: z.literal('late'), seconds: z.number().min(0), ...timing }).strict(),
]);

/**
 * What goes wrong, where, how often. Hits the next matching request, after skipping `after` of them.
 * - `status`: this answer instead of any work. `status-after`: the same once the work is done.
 * - `reset-before`, `reset-after`: the connection is cut before or after the work.
 * - `slow`: the work is done at once, the answer leaves `delayMs` real milliseconds later.
 * - `truncate`: half of the file under its full length. `html`: a page instead of the file.
 * - `redirect`: 302 to a signed link on the media origin. `expired`: the file is gone.
 * - `stuck`: 99 % until it is released. `unknown-status`: "transmogrified". `no-file`: completed without one.
 *   On `create` these three (and `expired`) stay with the job; on `status` they bend one answer.
 * - `job-fails`: the job is accepted and fails, with this code and message instead of the dialect's
 *   own, or with `omitError` without a word.
 * - `creates-job`: a dry run is handled as a create, and a job is made.
 * - `job-status`: once the job would run it reports this raw word for ever, and never ends.
 * - On `delivery`: `double`, two at once; `forged`, signed with another secret; `stale`, signed ten minutes ago;
 *   `lost`, never sent; `late`, first sent so many sandbox seconds after the end, so behind those of later jobs.
 */
export type Fault = z.input<typeof effectSchema>;
/** A planned fault with its defaults filled in. */
export type ActiveFault = z.output<typeof effectSchema>;
/** Faults that stay with a job for life when they hit its creation. */
export type JobQuirk = Extract<ActiveFault, { do: (typeof quirks)[number] }>;
const quirks = [
	'stuck',
	'unknown-status',
	'no-file',
	'expired',
	'job-fails',
	'job-status',
] as const;

const everywhere: readonly FaultPoint[] = places.filter((place) => place !== 'delivery');
const placesOf: Record<ActiveFault['do'], readonly FaultPoint[]> = {
	status: everywhere,
	'reset-before': everywhere,
	slow: everywhere,
	'status-after': ['create', 'delete'],
	'reset-after': ['create', 'delete'],
	truncate: ['content', 'media'],
	html: ['content', 'media'],
	redirect: ['content', 'media'],
	expired: ['create', 'content', 'media'],
	stuck: ['create', 'status'],
	'unknown-status': ['create', 'status'],
	'no-file': ['create', 'status'],
	'job-fails': ['create'],
	'creates-job': ['estimate'],
	'job-status': ['create'],
	double: ['delivery'],
	forged: ['delivery'],
	stale: ['delivery'],
	lost: ['delivery'],
	late: ['delivery'],
};

const faultSchema = effectSchema.refine((fault) => placesOf[fault.do].includes(fault.on), {
	message: 'This fault cannot happen there',
	path: ['on'],
});

export interface Faults {
	/** Plans faults; throws a ZodError and plans nothing when one of them makes no sense. */
	add(...faults: unknown[]): void;
	/** The fault that hits this request, if any. */
	take(place: FaultPoint): ActiveFault | undefined;
	pending(): ActiveFault[];
	clear(): void;
}

export function createFaults(): Faults {
	let planned: ActiveFault[] = [];

	function take(place: FaultPoint): ActiveFault | undefined {
		const matching = planned.filter(
			({ on }) => on === place || (on === 'any' && place !== 'delivery'),
		);
		const due = matching.find(({ after }) => after === 0);
		for (const fault of matching) {
			if (fault === due) fault.times -= 1;
			else fault.after = Math.max(0, fault.after - 1);
		}
		planned = planned.filter(({ times }) => times > 0);
		return due;
	}

	return {
		add: (...faults) => void planned.push(...faults.map((fault) => faultSchema.parse(fault))),
		take,
		pending: () => planned,
		clear: () => void (planned = []),
	};
}

/** The quirk that a fault leaves on a new job. */
export function quirkOf(fault: ActiveFault | undefined): JobQuirk | undefined {
	return fault && isQuirk(fault) ? fault : undefined;
}

function isQuirk(fault: ActiveFault): fault is JobQuirk {
	return quirks.some((name) => name === fault.do);
}
