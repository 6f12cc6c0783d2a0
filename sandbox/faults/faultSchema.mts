import { z } from 'zod';

/** What a request is for, as far as a fault can name it. */
const faultPoints = [
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
export type FaultPoint = (typeof faultPoints)[number];

const timing = {
	on: z.enum(faultPoints),
	/** How many requests are hit; 1 by default. */
	times: z.number().min(1).default(1),
	/** How many requests of this kind pass unharmed first. */
	after: z.number().int().min(0).default(0),
};
const headers = z.record(z.string());
const answer = {
	status: z.number().int().min(200).max(599),
	retryAfterSeconds: z.number().min(0).optional(),
	/** Writes the wait as an HTTP date instead of seconds. */
	retryAfterDate: z.boolean().default(false),
	headers: headers.default({}),
	/** A string is sent as an HTML page, anything else as JSON; the dialect's own error if absent. */
	body: z.unknown().optional(),
};
const plain = <Name extends string>(name: Name) =>
	z.object({ do: z.literal(name), ...timing }).strict();
const positive = z.number().int().min(1);

const effectSchema = z.discriminatedUnion('do', [
	// The answer as a whole.
	z.object({ do: z.literal('status'), ...timing, ...answer }).strict(),
	z.object({ do: z.literal('status-after'), ...timing, ...answer }).strict(),
	z.object({ do: z.literal('headers'), headers, ...timing }).strict(),
	plain('reset-before'),
	plain('reset-after'),
	// Its pace.
	z.object({ do: z.literal('slow'), delayMs: z.number().min(0), ...timing }).strict(),
	z
		.object({
			do: z.literal('drip'),
			part: z.enum(['headers', 'body']),
			/** Real milliseconds between two writes of `bytes` bytes. */
			everyMs: z.number().min(1).default(1000),
			bytes: positive.default(1),
			...timing,
		})
		.strict(),
	z
		.object({
			do: z.literal('hang'),
			phase: z.enum(['before', 'after', 'headers', 'body']),
			...timing,
		})
		.strict(),
	// Its encoding and size.
	z
		.object({
			do: z.literal('compress'),
			encoding: z.enum(['gzip', 'deflate', 'br']),
			broken: z.enum(['cut', 'garbage']).optional(),
			...timing,
		})
		.strict(),
	z
		.object({
			do: z.literal('swell'),
			/** Text that is added to the JSON. */
			bytes: positive.optional(),
			/** Arrays in arrays that are added to the JSON. */
			nesting: positive.optional(),
			compressed: z.boolean().default(false),
			...timing,
		})
		.strict(),
	// Its JSON.
	z
		.object({
			do: z.literal('patch'),
			remove: z.array(z.string()).default([]),
			move: z.record(z.string()).default({}),
			set: z.record(z.unknown()).default({}),
			setRaw: z.record(z.string()).default({}),
			...timing,
		})
		.strict(),
	z.object({ do: z.literal('repeat'), at: z.string(), count: positive, ...timing }).strict(),
	z
		.object({
			do: z.literal('echo-key'),
			form: z.enum(['plain', 'header', 'upper', 'percent', 'base64']).default('plain'),
			...timing,
		})
		.strict(),
	// The file.
	plain('truncate'),
	plain('truncate-silently'),
	plain('overlong'),
	plain('empty'),
	plain('not-a-video'),
	plain('html'),
	plain('json-link'),
	plain('redirect'),
	plain('expired'),
	// The job.
	plain('stuck'),
	plain('unknown-status'),
	plain('no-file'),
	z
		.object({
			do: z.literal('job-fails'),
			code: z.union([z.string(), z.number()]).optional(),
			message: z.string().optional(),
			omitError: z.boolean().default(false),
			...timing,
		})
		.strict(),
	z.object({ do: z.literal('job-status'), status: z.string(), ...timing }).strict(),
	z.object({ do: z.literal('job-ends'), status: z.string(), ...timing }).strict(),
	z.object({ do: z.literal('job-id'), id: z.string(), ...timing }).strict(),
	plain('creates-job'),
	// The webhook.
	plain('double'),
	plain('forged'),
	plain('unsigned'),
	plain('stale'),
	plain('lost'),
	z.object({ do: z.literal('late'), seconds: z.number().min(0), ...timing }).strict(),
]);

/**
 * What goes wrong, where, how often: `do` happens to the next request of the kind `on`, after `after` others, `times` times.
 *
 * The answer as a whole:
 * - `status`: this answer instead of any work. `status-after`: the same once the work is done.
 * - `headers`: these besides the answer's own, such as `openai-poll-after-ms: 1`.
 * - `reset-before`, `reset-after`: the connection is cut before or after the work.
 *
 * Its pace, in real milliseconds:
 * - `slow`: the work is done at once, the answer leaves `delayMs` later.
 * - `drip`: head or body leave a few bytes at a time.
 * - `hang`: nothing more comes: `before` or `after` the work, after the `headers`, or in the middle of the `body`.
 *
 * Its encoding and size:
 * - `compress`: compressed, whatever the client accepts; `cut` in the middle, or `garbage` under that name.
 * - `swell`: the JSON has so many bytes more, or so many arrays in arrays; `compressed` for a small transfer.
 *
 * Its JSON; a path is `output.url` or `data.0.id`:
 * - `patch`: removes paths, moves them, sets values, or sets raw JSON text (a number of 19 digits). In texts `{key}` is the
 *   API key, `{id}` the id of the job, `{url}` the URL of its file.
 * - `repeat`: the entries of the list at this path come so many times, under ids of their own.
 * - `echo-key`: every text that a person reads also has the key, in this form.
 *
 * The file:
 * - `truncate`: half of it under its full length. `truncate-silently`: 60 % of it, ended as if it were all.
 * - `overlong`: more than its announced length. `empty`: none of it. `not-a-video`: other bytes under its type.
 * - `html`, `json-link`: a page, or JSON with the URL of the file, instead of it.
 * - `redirect`: 302 to a signed link on the media origin. `expired`: the file is gone.
 *
 * The job; on `create` they stay with it for life, on `status` the first three change one answer:
 * - `stuck`: 99 % until it is released. `unknown-status`: "transmogrified". `no-file`: completed without one.
 * - `expired`: its link never works. `job-id`: it has this id.
 * - `job-fails`: it is accepted and fails, with this code and message instead of the dialect's own, or with `omitError`
 *   without a reason.
 * - `job-status`: once it would run it reports this raw word for ever, and never ends.
 * - `job-ends`: it ends with this raw word and without a file, unpaid, such as `expired` or `dead`.
 * - `creates-job`, on `estimate`: a dry run is handled as a create, and a job is made.
 *
 * The webhook, on `delivery`: `double`, two at once; `forged`, signed with another secret; `unsigned`; `stale`, signed ten
 * minutes ago; `lost`, never sent; `late`, first sent so many sandbox seconds after the end, so behind those of later jobs.
 */
export type Fault = z.input<typeof effectSchema>;
/** A planned fault with its defaults filled in. */
export type ActiveFault = z.output<typeof effectSchema>;

const onRequests: readonly FaultPoint[] = faultPoints.filter((point) => point !== 'delivery');
const onJson: readonly FaultPoint[] = onRequests.filter((point) => point !== 'media');
const onFiles: readonly FaultPoint[] = ['content', 'media'];
const onJobs: readonly FaultPoint[] = ['create', 'status'];
const onDelivery: readonly FaultPoint[] = ['delivery'];

const pointsOf: Record<ActiveFault['do'], readonly FaultPoint[]> = {
	status: onRequests,
	'status-after': onRequests,
	headers: onRequests,
	'reset-before': onRequests,
	'reset-after': onRequests,
	slow: onRequests,
	drip: onRequests,
	hang: onRequests,
	compress: onRequests,
	swell: onJson,
	patch: onJson,
	repeat: onJson,
	'echo-key': onJson,
	truncate: onFiles,
	'truncate-silently': onFiles,
	overlong: onFiles,
	empty: onFiles,
	'not-a-video': onFiles,
	html: onFiles,
	'json-link': onFiles,
	redirect: onFiles,
	expired: ['create', ...onFiles],
	stuck: onJobs,
	'unknown-status': onJobs,
	'no-file': onJobs,
	'job-fails': ['create'],
	'job-status': ['create'],
	'job-ends': ['create'],
	'job-id': ['create'],
	'creates-job': ['estimate'],
	double: onDelivery,
	forged: onDelivery,
	unsigned: onDelivery,
	stale: onDelivery,
	lost: onDelivery,
	late: onDelivery,
};

export const faultSchema = effectSchema.refine((fault) => pointsOf[fault.do].includes(fault.on), {
	message: 'This fault cannot happen there',
	path: ['on'],
});
