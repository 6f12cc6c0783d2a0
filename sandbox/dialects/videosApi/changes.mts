import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Job, JobRequest, JobVideo } from '../../jobs/job.mts';
import { ApiError, plainError } from '../../server/apiError.mts';
import { readVideoFile, readVideoUrl, type InputVideo } from '../../server/inputVideos.mts';
import { nestedFields, readBody, type ReceivedBody } from '../../server/readBody.mts';
import { anyModel } from '../../models/models.mts';

/** The routes that change or continue an earlier video. A route that the server does not have is absent. */
export interface ChangeRules {
	/** `POST {base}/videos/{id}/remix` with a prompt. All other values are those of the earlier video. */
	remix?: ChangeRule;
	/** `POST {base}/videos/edits`. The video keeps its length. */
	edits?: ChangeRule;
	/** `POST {base}/videos/extensions`. The video becomes longer by `seconds`. */
	extensions?: ExtensionRule;
}

interface ChangeRule {
	/** How the body refers to the video: `{ video: { id } }`, `{ video: { url } }`, or the file in the part `video`. */
	by?: Array<'id' | 'url' | 'file'>;
	/** Returns the reason why this video or request is refused, or undefined. */
	problem?(source: SourceVideo): ApiError | undefined;
}

interface ExtensionRule extends ChangeRule {
	/** The field for the added seconds. `seconds` by default. */
	secondsField?: string;
	/** The default number of seconds. If absent, the request must contain them. */
	defaultSeconds?: number;
	/** Longest result, including the added part. */
	maxTotalSeconds?: number;
	/** How many times a video can be continued. */
	maxExtensions?: number;
}

export interface SourceVideo extends InputVideo {
	/** The earlier job, if the request contains its id. */
	job?: Job;
	model: string;
}

interface RouteParts {
	requireJob(id: string): Job;
	create(request: JobRequest, from: FastifyRequest, reply: FastifyReply): Promise<unknown>;
}

const config = { kind: 'create' } as const;

/** Registers the routes that change or continue an earlier video, below `base`. */
export function registerChanges(
	api: FastifyInstance,
	base: string,
	{ remix, edits, extensions }: ChangeRules,
	{ requireJob, create }: RouteParts,
) {
	if (remix) {
		api.post<{ Params: { id: string } }>(
			`${base}/videos/:id/remix`,
			{ config },
			async (request, reply) => {
				const body = await readBody(request);
				const source = sourceOf(requireJob(request.params.id));
				return await create(change(remix, source, body, 'edit'), request, reply);
			},
		);
	}
	if (edits) {
		api.post(`${base}/videos/edits`, { config }, async (request, reply) => {
			const body = await readBody(request);
			const source = await readSource(body, edits, requireJob);
			return await create(change(edits, source, body, 'edit'), request, reply);
		});
	}
	if (extensions) {
		api.post(`${base}/videos/extensions`, { config }, async (request, reply) => {
			const body = await readBody(request);
			const source = await readSource(body, extensions, requireJob);
			return await create(extend(extensions, source, body), request, reply);
		});
	}
}

function change(
	rule: ChangeRule,
	source: SourceVideo,
	body: ReceivedBody,
	role: JobVideo['role'],
): JobRequest {
	const problem = rule.problem?.(source);
	if (problem) throw problem;
	const { prompt } = nestedFields(body);
	if (typeof prompt !== 'string' || prompt === '') throw missing('prompt');
	const { width, height, seconds, model } = source;
	const known = anyModel(model);
	return {
		width,
		height,
		seconds,
		model,
		size: `${width}x${height}`,
		provider: source.job?.provider ?? known.providers[0],
		executedModel: source.job?.executedModel ?? known.id,
		usdPerSecond: source.job?.usdPerSecond ?? known.prices[0].usdPerSecond,
		prompt,
		videos: [{ role, video: source }],
		body: body.fields,
		encoding: body.encoding,
	};
}

function extend(rule: ExtensionRule, source: SourceVideo, body: ReceivedBody): JobRequest {
	const request = change(rule, source, body, 'extend');
	const { secondsField = 'seconds', maxTotalSeconds = Infinity, maxExtensions = Infinity } = rule;
	const added = Number(nestedFields(body)[secondsField] ?? rule.defaultSeconds ?? NaN);
	if (!(added > 0)) throw missing(secondsField);
	const seconds = source.seconds + added;
	if (seconds > maxTotalSeconds) {
		throw plainError(400, `The video would be longer than ${maxTotalSeconds} seconds.`, {
			code: 'invalid_value',
			param: secondsField,
		});
	}
	if (extensionsOf(source.job) >= maxExtensions) {
		throw plainError(400, `A video can be extended ${maxExtensions} times.`, { param: 'video' });
	}
	return { ...request, seconds, billedSeconds: added };
}

/** Counts how many times the video of this job was continued before. */
function extensionsOf(job: Job | undefined): number {
	const source = job?.videos?.find(({ role }) => role === 'extend')?.video as
		| SourceVideo
		| undefined;
	return source ? 1 + extensionsOf(source.job) : 0;
}

async function readSource(
	body: ReceivedBody,
	{ by = ['id'] }: ChangeRule,
	requireJob: (id: string) => Job,
): Promise<SourceVideo> {
	const { video, model } = nestedFields(body);
	const { id, url } = (video ?? {}) as { id?: unknown; url?: unknown };
	const file = body.files.find(({ field }) => field === 'video');
	if (by.includes('id') && typeof id === 'string') return sourceOf(requireJob(id));
	const name = typeof model === 'string' ? model : 'video';
	if (by.includes('url') && typeof url === 'string') {
		return { ...(await readable(readVideoUrl(url))), model: name };
	}
	if (by.includes('file') && file) return { ...(await readable(readVideoFile(file))), model: name };
	throw missing('video');
}

/** Returns the video of a job as the source of another one. */
export function sourceOf(job: Job): SourceVideo {
	const { id, output, width, height, seconds, model } = job;
	if (!output) throw plainError(400, `Video ${id} is not completed.`, { param: 'video' });
	const { bytes, path } = output;
	return { how: 'job', jobId: id, job, model, width, height, seconds, bytes, source: path };
}

async function readable(video: Promise<InputVideo>): Promise<InputVideo> {
	return await video.catch(() => {
		throw plainError(400, 'The video could not be read.', { param: 'video' });
	});
}

function missing(param: string): ApiError {
	return plainError(400, `Missing required parameter: '${param}'.`, {
		code: 'missing_required_parameter',
		param,
	});
}
