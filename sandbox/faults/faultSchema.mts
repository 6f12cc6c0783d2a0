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

const onRequests = faultPoints.filter((point) => point !== 'delivery');
const onJson = onRequests.filter((point) => point !== 'media');
const onFiles: FaultPoint[] = ['content', 'media'];
const onCreates: FaultPoint[] = ['create'];
/** On `create` the effect is permanent, on `status` it changes one response. */
const onJobs: FaultPoint[] = ['create', 'status'];
const onDelivery: FaultPoint[] = ['delivery'];

const positive = z.number().int().min(1);
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

export const faultSchema = z.discriminatedUnion('do', [
	// The whole response.
	/** Responds with this status instead of doing any work. */
	effect('status', onRequests, response),
	/** Does the work, and responds with this status. */
	effect('status-after', onRequests, response),
	/** Adds these headers, such as `openai-poll-after-ms: 1`. */
	effect('headers', onRequests, { headers }),
	/** Closes the connection before the work. */
	effect('reset-before', onRequests, {}),
	/** Closes the connection after the work. */
	effect('reset-after', onRequests, {}),

	// The speed of the response, in real milliseconds.
	/** Does the work at once, and sends the response later. */
	effect('slow', onRequests, { delayMs: z.number().min(0) }),
	/** Sends headers or body a few bytes at a time. */
	effect('drip', onRequests, {
		part: z.enum(['headers', 'body']),
		/** The time between two writes of `bytes` bytes. */
		everyMs: z.number().min(1).default(1000),
		bytes: positive.default(1),
	}),
	/** Sends nothing more: before or after the work, after the headers, or in the middle of the body. */
	effect('hang', onRequests, { phase: z.enum(['before', 'after', 'headers', 'body']) }),

	// Encoding and size of the response.
	/** Compresses the response, whatever the client accepts. */
	effect('compress', onRequests, {
		encoding: z.enum(['gzip', 'deflate', 'br']),
		/** `cut`: truncated. `garbage`: not really compressed. */
		broken: z.enum(['cut', 'garbage']).optional(),
	}),
	/** Makes the JSON larger. */
	effect('swell', onJson, {
		/** Number of bytes that are added to the JSON. */
		bytes: positive.optional(),
		/** Depth of nested arrays that are added to the JSON. */
		nesting: positive.optional(),
		/** Sends the result compressed. */
		compressed: z.boolean().default(false),
	}),

	// The JSON of the response. A path is `output.url` or `data.0.id`.
	/**
	 * Removes paths, moves them, sets values, or sets raw JSON text (a number of 19 digits). In texts, `{key}` is the API key,
	 * `{id}` the ID of the job, `{url}` the URL of its file.
	 */
	effect('patch', onJson, {
		remove: z.array(z.string()).default([]),
		move: z.record(z.string()).default({}),
		set: z.record(z.unknown()).default({}),
		setRaw: z.record(z.string()).default({}),
	}),
	/** Repeats the entries of the list at this path, each with its own ID. */
	effect('repeat', onJson, { at: z.string(), count: positive }),
	/** Adds the key, in this form, to every text for people. */
	effect('echo-key', onJson, {
		form: z.enum(['plain', 'header', 'upper', 'percent', 'base64']).default('plain'),
	}),

	// The file.
	/** Sends half of the response with its full length. Also half of a file. */
	effect('truncate', ['create', ...onFiles], {}),
	/** Sends 60 % of the file as if it were complete. */
	effect('truncate-silently', onFiles, {}),
	/** Sends more than the announced length. */
	effect('overlong', onFiles, {}),
	/** Sends nothing. */
	effect('empty', onFiles, {}),
	/** Sends other bytes with the type of a video. */
	effect('not-a-video', onFiles, {}),
	/** Sends a page instead of the file. */
	effect('html', onFiles, {}),
	/** Sends JSON with the URL of the file instead of the file. */
	effect('json-link', onFiles, {}),
	/** 302 to a signed link on the media origin. */
	effect('redirect', onFiles, {}),
	/** The file has expired. On a create: its link never works. */
	effect('expired', ['create', ...onFiles], {}),

	// The job.
	/** Stays at 99 % until it is released. */
	effect('stuck', onJobs, {}),
	/** Reports the status "transmogrified". */
	effect('unknown-status', onJobs, {}),
	/** Is completed without a file. */
	effect('no-file', onJobs, {}),
	/** Is accepted and fails, with this code and message instead of the dialect's own. */
	effect('job-fails', onCreates, {
		code: z.union([z.string(), z.number()]).optional(),
		message: z.string().optional(),
		/** Fails without a reason. */
		omitError: z.boolean().default(false),
	}),
	/** Reports this raw status from the start of its run, and never ends. */
	effect('job-status', onCreates, { status: z.string() }),
	/** Ends with this raw status, such as `expired` or `dead`, without a file and without a bill. */
	effect('job-ends', onCreates, { status: z.string() }),
	/** Has this ID. */
	effect('job-id', onCreates, { id: z.string() }),
	/** Handles a dry run as a create and makes a job. */
	effect('creates-job', ['estimate'], {}),

	// The webhook.
	/** Sent twice at once. */
	effect('double', onDelivery, {}),
	/** Signed with another secret. */
	effect('forged', onDelivery, {}),
	/** Not signed. */
	effect('unsigned', onDelivery, {}),
	/** Signed ten minutes ago. */
	effect('stale', onDelivery, {}),
	/** Never sent. */
	effect('lost', onDelivery, {}),
	/** First sent this number of sandbox seconds after the end, so after those of later jobs. */
	effect('late', onDelivery, { seconds: z.number().min(0) }),
]);

/** A fault: its effect `do` hits the next `times` requests of the kind `on`, after `after` others. */
export type Fault = z.input<typeof faultSchema>;
/** A planned fault with its defaults. */
export type ActiveFault = z.output<typeof faultSchema>;

/**
 * An effect and its own fields.
 * @param points the requests that it can hit
 */
function effect<Name extends string, Fields extends z.ZodRawShape>(
	name: Name,
	points: FaultPoint[],
	fields: Fields,
) {
	return z
		.object({
			do: z.literal(name),
			on: z
				.enum(faultPoints)
				.refine((point) => points.includes(point), 'This fault cannot happen there'),
			/** How many requests are hit. 1 by default. */
			times: z.number().min(1).default(1),
			/** How many requests of this kind are handled normally first. */
			after: z.number().int().min(0).default(0),
			...fields,
		})
		.strict();
}
