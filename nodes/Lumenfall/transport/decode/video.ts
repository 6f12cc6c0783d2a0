import { z } from 'zod';
import type { Job } from '../../job/job';
import { readStatus } from '../../job/status';

/**
 * Reads responses of servers tolerantly (docs/protocols/compatible-servers.md#what-a-tolerant-client-accepts). A field of the wrong
 * kind counts as absent; only an answer without an id is no job.
 */

export const text = z
	.union([z.string(), z.number()])
	.transform(String)
	.refine((value) => value !== '')
	.optional()
	.catch(undefined);
/** The year 2286; some servers count in nanoseconds, and no date can be made of these. */
const MAX_TIME_MS = 1e13;

const numeric = z
	.union([
		z.number(),
		z
			.string()
			.regex(/^\d+(\.\d+)?$/)
			.transform(Number),
	])
	.refine(Number.isFinite);
export const number = numeric.optional().catch(undefined);
const time = z
	.union([numeric, z.string().transform((value) => Date.parse(value) / 1000)])
	.refine((value) => value > 0)
	.transform(toMilliseconds)
	.refine((value) => value < MAX_TIME_MS)
	.optional()
	.catch(undefined);
const webAddress = z
	.string()
	.regex(/^https?:\/\//i)
	.optional()
	.catch(undefined);
export const words = z.array(z.string()).optional().catch(undefined);

const reason = z
	.union([
		z.object({ code: text, type: text, message: text }),
		z.string().transform((message) => ({ message, code: undefined, type: undefined })),
	])
	.optional()
	.catch(undefined);

const metadata = z
	.object({
		provider: text,
		provider_name: text,
		cost: number,
		cost_estimate: number,
		cost_currency: text,
	})
	.optional()
	.catch(undefined);

const output = z.object({ url: webAddress, size_bytes: number }).optional().catch(undefined);

const videoObject = z.object({
	id: text,
	task_id: text,
	status: text,
	progress: number,
	model: text,
	prompt: text,
	seconds: number,
	size: text,
	created_at: time,
	completed_at: time,
	expires_at: time,
	output,
	url: webAddress,
	video_url: webAddress,
	result_url: webAddress,
	urls: words,
	unsigned_urls: words,
	error: reason,
	metadata,
	usage: z.object({ cost: number }).optional().catch(undefined),
	// docs/protocols/lumenfall.md#request-history has these beside each other.
	cost: number,
	currency: text,
	error_code: text,
	error_message: text,
});

const wrapped = z.object({ data: videoObject });

/** The job an answer describes, or undefined where it describes none. */
export function decodeJob(answer: unknown): Job | undefined {
	const direct = videoObject.safeParse(answer);
	const inner = wrapped.safeParse(answer);
	const found = [direct, inner]
		.map((parsed) =>
			parsed.success ? ('data' in parsed.data ? parsed.data.data : parsed.data) : undefined,
		)
		.find((video) => video?.id !== undefined || video?.task_id !== undefined);
	return found && toJob(found);
}

function toJob(video: z.output<typeof videoObject>): Job | undefined {
	const id = video.id ?? video.task_id;
	if (id === undefined) return undefined;

	const url = addressOf(video);
	return withoutUndefined<Job>({
		id,
		// An answer with an id and no status has accepted the job, unless it says what went wrong or where the file is.
		...readStatus(video.status ?? (video.error ? 'failed' : url ? 'completed' : 'queued'), !!url),
		progress: percent(video.progress),
		model: video.model,
		provider: video.metadata?.provider,
		prompt: video.prompt,
		seconds: video.seconds,
		size: video.size,
		createdAt: video.created_at,
		completedAt: video.completed_at,
		expiresAt: video.expires_at,
		url,
		bytes: video.output?.size_bytes,
		cost: video.metadata?.cost ?? video.usage?.cost ?? video.cost,
		estimatedCost: video.metadata?.cost_estimate,
		currency: (video.metadata?.cost_currency ?? video.currency)?.toUpperCase(),
		error: errorOf(video),
	});
}

/** The best first; an unsigned address of OpenRouter's opens with the key alone. */
function addressOf(video: z.output<typeof videoObject>): string | undefined {
	const { output, url, video_url, result_url, urls, unsigned_urls } = video;
	return output?.url ?? url ?? video_url ?? result_url ?? urls?.[0] ?? unsigned_urls?.[0];
}

function errorOf(video: z.output<typeof videoObject>): Job['error'] {
	const code = video.error?.code ?? video.error_code;
	const message = video.error?.message ?? video.error_message;
	return code === undefined && message === undefined
		? undefined
		: withoutUndefined({ code, message });
}

const listBody = z.object({
	data: z.array(z.unknown()),
	has_more: z.boolean().optional().catch(undefined),
	last_id: text,
	next_page_url: text,
});

/** One page of a list of videos; `next` is the cursor of the page after it. */
export interface JobPage {
	jobs: Job[];
	next?: string;
}

/** The videos of a list answer, or undefined where it is no list. Lumenfall's history names other media too. */
export function decodeJobs(answer: unknown): JobPage | undefined {
	const parsed = listBody.safeParse(answer);
	if (!parsed.success) return undefined;

	const { data, has_more: hasMore, last_id: lastId, next_page_url: nextPage } = parsed.data;
	const isVideo = (entry: unknown) =>
		((entry as { modality?: string } | null)?.modality ?? 'video') === 'video';
	const jobs = data.filter(isVideo).flatMap((entry) => decodeJob(entry) ?? []);
	const last = lastId ?? decodeJob(data.at(-1))?.id;
	return { jobs, ...((hasMore || nextPage) && last !== undefined && { next: last }) };
}

const errorBody = z.object({ error: reason, message: text, detail: z.unknown(), error_code: text });

/** The server's own code and words in an error answer of any shape; empty where there are none. */
export function decodeRefusal(answer: unknown): { code?: string; message?: string } {
	if (typeof answer === 'string') return answer.trim() ? { message: answer } : {};
	const parsed = errorBody.safeParse(answer);
	if (!parsed.success) return {};

	const { error, message, detail, error_code: errorCode } = parsed.data;
	const detailText =
		detail === undefined || typeof detail === 'string' ? detail : JSON.stringify(detail);
	return withoutUndefined({
		code: error?.code ?? errorCode ?? error?.type,
		message: error?.message ?? message ?? (detailText as string | undefined),
	});
}

/** Some relays send milliseconds where the contract says seconds. */
function toMilliseconds(time: number): number {
	return time > 1e11 ? time : Math.round(time * 1000);
}

/** Some servers count to 1 instead of 100; 1 itself means one percent unless the job is done. */
function percent(progress: number | undefined): number | undefined {
	if (progress === undefined) return undefined;
	return progress > 0 && progress < 1 ? progress * 100 : Math.min(progress, 100);
}

export function withoutUndefined<Value extends object>(value: {
	[Key in keyof Value]: Value[Key] | undefined;
}): Value {
	return Object.fromEntries(
		Object.entries(value).filter(([, inner]) => inner !== undefined),
	) as Value;
}
