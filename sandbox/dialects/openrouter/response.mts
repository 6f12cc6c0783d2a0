import { unixSeconds } from '../../clock.mts';
import { describeFailure } from '../../jobs/failures.mts';
import type { Job } from '../../jobs/job.mts';
import { billingOf } from '../../jobs/shownJob.mts';
import type { SandboxState } from '../../state.mts';
import { failureText, statusWord } from '../videosApi/response.mts';

/** "Submit Response" of the video guide. */
export function formatCreated(job: Job, { apiOrigin }: SandboxState) {
	return {
		id: job.id,
		polling_url: urlOf(job, apiOrigin()),
		status: statusWord(job, { queued: 'pending' }),
	};
}

/**
 * "Poll Response" of the video guide. `error` is plain text, and a generation has its id "once the job has been
 * processed".
 */
export function formatGeneration(job: Job, state: SandboxState) {
	const error = describeFailure(job.failure, failureText);
	return {
		...formatCreated(job, state),
		...(job.finishedAt !== undefined && {
			generation_id: generationId(job),
		}),
		...(job.output && {
			unsigned_urls: [contentUrl(job, state)],
			usage: { cost: job.billedUsd, is_byok: false },
		}),
		...(error && { error: error.message }),
	};
}

/** The body of a webhook, as in the guide on webhooks. */
export function formatEvent(job: Job, state: SandboxState) {
	const error = describeFailure(job.failure, failureText);
	return {
		type: `video.generation.${job.status}`,
		created_at: new Date(state.clock.now()).toISOString(),
		data: {
			id: job.id,
			status: job.status,
			generation_id: generationId(job),
			model: job.model,
			...(job.output && {
				unsigned_urls: [contentUrl(job, state)],
				usage: { cost: job.billedUsd, is_byok: false },
			}),
			...(error && { error: error.message }),
		},
	};
}

function generationId({ id, createdAt }: Job): string {
	return `gen-${unixSeconds(createdAt)}-${id.slice(0, 12)}`;
}

function urlOf({ id }: Job, origin: string): string {
	return `${origin}/api/v1/videos/${id}`;
}

function contentUrl(job: Job, { apiOrigin }: SandboxState): string {
	return `${urlOf(job, apiOrigin())}/content?index=0`;
}

/** `GET /key` of the OpenAPI file: the amount spent, and the rest of the limit. */
export function formatKey({ jobs, creditUsd }: SandboxState) {
	const { usd } = billingOf(jobs.all());
	return {
		label: 'sk-or-v1-san...box',
		limit: creditUsd,
		limit_remaining: creditUsd === null ? null : creditUsd - usd,
		limit_reset: null,
		include_byok_in_limit: false,
		usage: usd,
		usage_daily: usd,
		usage_weekly: usd,
		usage_monthly: usd,
		byok_usage: 0,
		byok_usage_daily: 0,
		byok_usage_weekly: 0,
		byok_usage_monthly: 0,
		is_free_tier: false,
		is_management_key: false,
		is_provisioning_key: false,
		creator_user_id: null,
		rate_limit: {
			requests: -1,
			interval: '10s',
			note: 'This field is deprecated and safe to ignore.',
		},
	};
}
