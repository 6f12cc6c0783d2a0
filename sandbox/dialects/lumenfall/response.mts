import { unixSeconds } from '../../clock.mts';
import { describeFailure, type FailureKind, type FailureText } from '../../jobs/failures.mts';
import { cost, isPending, type Job, type JobRequest } from '../../jobs/job.mts';
import { makesVideo, startingPrice, type Model, type ModelState } from '../../models/models.mts';
import { formatModel as formatPlainModel } from '../videosApi/response.mts';

/** The 202 response: no prompt, no metadata, no nulls. */
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

/** The complete object, with nulls. Costs are decimal dollars. */
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
		error: describeFailure(job.failure, errors),
		metadata: formatMetadata(job),
	};
}

const errors: Record<FailureKind, FailureText> = {
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
	alibaba: 'Alibaba Cloud',
	xai: 'xAI',
	gemini: 'Google Gemini',
	lumenfall: 'Lumenfall',
};

function unixSecondsOrNull(milliseconds: number | undefined): number | null {
	return milliseconds === undefined ? null : unixSeconds(milliseconds);
}

/** The response to a dry run: totals in millionths of a dollar, the unit price in dollars. */
export function formatEstimate(jobRequest: JobRequest, model: Model) {
	const micros = Math.round(cost(jobRequest) * 1e6);
	return {
		estimated: true,
		model: model.id,
		provider: jobRequest.provider,
		total_cost_micros: micros,
		currency: 'USD',
		components: [
			{
				type: 'output',
				metric: 'second',
				quantity: jobRequest.seconds,
				billable_quantity: jobRequest.seconds,
				unit_price: jobRequest.usdPerSecond,
				total_cost: micros,
			},
		],
	};
}

/** The detailed model object. The documented one has only the fields of OpenAI's. */
export function formatDetailedModel(model: Model, state: ModelState) {
	return {
		...formatPlainModel(model),
		name: model.name,
		creator_organization: model.creator,
		model_status: state === 'present' ? 'active' : state,
		starting_price: startingPrice(model),
		free: startingPrice(model) === 0,
		aliases: model.aliases,
		modality: makesVideo(model) ? 'video' : 'image',
		modes: model.modes,
		tags: makesVideo(model) ? ['video-generation', ...model.modes] : model.modes,
		capabilities: model.modes,
	};
}

/**
 * The parameters of a model. The real response is unknown. This is a JSON Schema with the values of the model pages,
 * where resolutions are tiers such as `1K`.
 */
export function formatSchema(model: Model) {
	const { maxPromptLength, maxImages, minSeconds, maxSeconds, lengths, wholeSeconds } = model;
	return {
		type: 'object',
		required: ['model', 'prompt'],
		properties: {
			prompt: { type: 'string', ...(maxPromptLength && { maxLength: maxPromptLength }) },
			seconds: lengths
				? { type: 'number', enum: lengths }
				: {
						type: wholeSeconds ? 'integer' : 'number',
						...(minSeconds && { minimum: minSeconds }),
						maximum: maxSeconds,
					},
			aspect_ratio: { type: 'string', enum: ['auto', ...model.ratios] },
			resolution: { type: 'string', enum: ['auto', '1K'] },
			...(model.modes.includes('image-to-video') && {
				input_reference: { type: 'array', ...(maxImages && { maxItems: maxImages }) },
			}),
		},
	};
}

/** One entry of the request history: ISO times, currency in lower case. */
export function formatRequest(job: Job) {
	const error = describeFailure(job.failure, errors);
	return {
		id: requestId(job),
		object: 'request',
		created_at: new Date(job.createdAt).toISOString(),
		model: job.model,
		modality: 'video',
		endpoint: '/openai/v1/videos',
		status: historyStatuses[job.status] ?? job.status,
		cost: job.billedUsd,
		currency: 'usd',
		duration_ms: job.finishedAt === undefined ? null : Math.round(job.finishedAt - job.createdAt),
		error_code: error?.code ?? null,
		error_message: error?.message ?? null,
		user: job.user ?? null,
	};
}

const historyStatuses: Record<string, string> = {
	queued: 'pending',
	in_progress: 'processing',
	failed: 'upstream_failure',
};

/** Returns the id of a job in webhooks and in the request history. */
export function requestId({ id }: Job): string {
	return id.replace(/^video_/, 'req_');
}
