import { z } from 'zod';

/** The kinds of requests that a fault can hit. */
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
	/** How many requests are hit. 1 by default. */
	times: z.number().min(1).default(1),
	/** How many requests of this kind are handled normally first. */
	after: z.number().int().min(0).default(0),
};
const headers = z.record(z.string());
const response = {
	status: z.number().int().min(200).max(599),
	retryAfterSeconds: z.number().min(0).optional(),
	/** Sends `Retry-After` as an HTTP date instead of seconds. */
	retryAfterDate: z.boolean().default(false),
	headers: headers.default({}),
	/** A string is sent as an HTML page, anything else as JSON. By default, the dialect's own error. */
	body: z.unknown().optional(),
};
const plain = <Name extends string>(name: Name) =>
	z.object({ do: z.literal(name), ...timing }).strict();
const positive = z.number().int().min(1);

const effectSchema = z.discriminatedUnion('do', [
	// The whole response.
	z.object({ do: z.literal('status'), ...timing, ...response }).strict(),
	z.object({ do: z.literal('status-after'), ...timing, ...response }).strict(),
	z.object({ do: z.literal('headers'), headers, ...timing }).strict(),
	plain('reset-before'),
	plain('reset-after'),
	// The speed of the response.
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
	// Encoding and size of the response.
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
			/** Number of bytes that are added to the JSON. */
			bytes: positive.optional(),
			/** Depth of nested arrays that are added to the JSON. */
			nesting: positive.optional(),
			compressed: z.boolean().default(false),
			...timing,
		})
		.strict(),
	// The JSON of the response.
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
 * A fault: its effect `do` hits the next `times` requests of the kind `on`, after `after` others.
 *
 * The whole response:
 * - `status`: responds with this status instead of doing any work. `status-after`: does the work first.
 * - `headers`: adds these headers, such as `openai-poll-after-ms: 1`.
 * - `reset-before`, `reset-after`: closes the connection before or after the work.
 *
 * The speed of the response, in real milliseconds:
 * - `slow`: does the work at once, and sends the response `delayMs` later.
 * - `drip`: sends headers or body a few bytes at a time.
 * - `hang`: sends nothing more: `before` or `after` the work, after the `headers`, or in the middle of the `body`.
 *
 * Encoding and size of the response:
 * - `compress`: compresses the response, whatever the client accepts. `cut`: truncated. `garbage`: not really
 * compressed.
 * - `truncate`: sends half of it with its full length. Also half of a file.
 * - `swell`: adds bytes or nested arrays to the JSON. `compressed`: sends the result compressed.
 *
 * The JSON of the response; a path is `output.url` or `data.0.id`:
 * - `patch`: removes paths, moves them, sets values, or sets raw JSON text (a number of 19 digits). In texts, `{key}`
 * is the API key, `{id}` the id of the job, `{url}` the URL of its file.
 * - `repeat`: repeats the entries of the list at this path, each with its own id.
 * - `echo-key`: adds the key, in this form, to every text for people.
 *
 * The file:
 * - `truncate-silently`: sends 60 % of it as if it were complete.
 * - `overlong`: sends more than the announced length. `empty`: sends nothing. `not-a-video`: sends other bytes with its
 * type.
 * - `html`, `json-link`: sends a page, or JSON with the URL of the file, instead of the file.
 * - `redirect`: 302 to a signed link on the media origin. `expired`: the file has expired.
 *
 * The job; on `create` these effects are permanent, on `status` the first three change one response:
 * - `stuck`: stays at 99 % until it is released. `unknown-status`: "transmogrified". `no-file`: completed without a
 * file.
 * - `expired`: its link never works. `job-id`: has this id.
 * - `job-fails`: is accepted and fails, with this code and message instead of the dialect's own, or without a reason
 * with `omitError`.
 * - `job-status`: reports this raw status from the start of its run, and never ends.
 * - `job-ends`: ends with this raw status, such as `expired` or `dead`, without a file and without a bill.
 * - `creates-job`, on `estimate`: handles a dry run as a create and makes a job.
 *
 * The webhook, on `delivery`: `double`, sent twice at once; `forged`, signed with another secret; `unsigned`; `stale`,
 * signed ten minutes ago; `lost`, never sent; `late`, first sent this number of sandbox seconds after the end, so after
 * those of later jobs.
 */
export type Fault = z.input<typeof effectSchema>;
/** A planned fault with its defaults. */
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
	truncate: ['create', ...onFiles],
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
