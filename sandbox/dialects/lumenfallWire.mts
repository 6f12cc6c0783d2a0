import { unixSeconds } from '../clock.mts';
import { tellFailure, type FailureKind, type FailureWords } from '../failures.mts';
import { cost, isPending, type Job, type JobOrder } from '../jobs.mts';
import { makesVideo, type Model } from '../models.mts';

/** The 202 answer: no prompt, no metadata, no nulls (section 4.2). */
export function formatCreated(job: Job) {
	return {
		id: job.id,
		object: 'video',
		created_at: unixSeconds(job.createdAt),
		status: job.status,
		model: job.model,
		seconds: String(job.seconds),
		size: job.size,
	};
}

/** The full object with nulls (section 4.1); costs are decimal dollars. */
export function formatVideo(job: Job) {
	const { output } = job;
	return {
		...formatCreated(job),
		completed_at: job.status === 'completed' ? unixSecondsOrNull(job.finishedAt) : null,
		expires_at: unixSecondsOrNull(output?.expiresAt),
		prompt: job.prompt,
		output: output
			? { url: output.url, content_type: 'video/mp4', size_bytes: output.bytes }
			: null,
		error: tellFailure(job.failure, errors),
		metadata: formatMetadata(job),
	};
}

const errors: Record<FailureKind, FailureWords> = {
	moderation: {
		code: 'CONTENT_POLICY_VIOLATION',
		message: 'The prompt was rejected by the provider.',
	},
	provider: {
		code: 'ALL_PROVIDERS_EXHAUSTED',
		message: 'All providers failed to process the request.',
	},
};

function formatMetadata(job: Job) {
	const price = isPending(job) ? { cost_estimate: cost(job) } : { cost: job.billedUsd };
	return {
		model: job.model,
		executed_model: job.executedModel,
		provider: job.provider,
		provider_name: providerNames[job.provider] ?? job.provider,
		...(isPending(job) ? {} : { upstream_id: `up_${job.id.slice(6)}` }),
		...price,
		cost_currency: 'USD',
	};
}

const providerNames: Record<string, string> = {
	openai: 'OpenAI',
	fal: 'fal.ai',
	replicate: 'Replicate',
	gemini: 'Google Gemini',
	lumenfall: 'Lumenfall',
};

function unixSecondsOrNull(milliseconds: number | undefined): number | null {
	return milliseconds === undefined ? null : unixSeconds(milliseconds);
}

/** The answer to a dry run (section 9): totals in millionths of a dollar, the unit price in dollars. */
export function formatEstimate(order: JobOrder, model: Model) {
	const micros = Math.round(cost(order) * 1e6);
	return {
		estimated: true,
		model: model.id,
		provider: order.provider,
		total_cost_micros: micros,
		currency: 'USD',
		components: [
			{
				type: 'output',
				metric: 'second',
				quantity: order.seconds,
				billable_quantity: order.seconds,
				unit_price: order.usdPerSecond,
				total_cost: micros,
			},
		],
	};
}

/** The rich model object (section 11). */
export function formatModel(model: Model) {
	return {
		id: model.id,
		object: 'model',
		created: 1_760_000_000,
		owned_by: model.creator.toLowerCase(),
		name: model.name,
		creator_organization: model.creator,
		model_status: 'active',
		starting_price: model.usdPerSecond,
		free: model.usdPerSecond === 0,
		aliases: model.aliases,
		modality: makesVideo(model) ? 'video' : 'image',
		modes: model.modes,
		tags: makesVideo(model) ? ['video-generation', ...model.modes] : model.modes,
		capabilities: model.modes,
	};
}

/** One line of the request history (section 10): ISO times, lower-case currency. */
export function formatRequest(job: Job) {
	const error = tellFailure(job.failure, errors);
	return {
		id: requestId(job),
		object: 'request',
		created_at: new Date(job.createdAt).toISOString(),
		model: job.model,
		modality: 'video',
		endpoint: '/openai/v1/videos',
		status: historyWords[job.status] ?? job.status,
		cost: job.billedUsd,
		currency: 'usd',
		duration_ms: job.finishedAt === undefined ? null : Math.round(job.finishedAt - job.createdAt),
		error_code: error?.code ?? null,
		error_message: error?.message ?? null,
		user: job.user ?? null,
	};
}

const historyWords: Record<string, string> = {
	queued: 'pending',
	in_progress: 'processing',
	failed: 'upstream_failure',
};

/** The name that webhooks and the request history use for a job. */
export function requestId({ id }: Job): string {
	return id.replace(/^video_/, 'req_');
}
