import { z } from 'zod';
import { failureOf } from '../../../errors/failure';
import { serverErrors } from '../../../errors/serverErrors';
import type { VideoRequest } from '../../../request/videoRequest';
import { BoundedMap } from '../../../support/boundedMap';
import { roundUsd } from '../../../support/usd';
import { resultOf } from '../../../support/result';
import type { Connection } from '../../connection';
import { JsonBody } from '../../decode/jsonBody';
import { amount, currency } from '../../decode/money';
import { withoutUndefined } from '../../../support/withoutUndefined';
import { text } from '../../decode/values';
import { decodeJob } from '../../decode/video';
import { TIMEOUTS } from '../../timeouts';
import { failureOfResponse } from '../../failureOfResponse';
import type { Estimate } from '../dialect';
import { isLumenfall } from './isLumenfall';
import { encodeCreate } from './createRequest';

/**
 * Returns the cost of a request without creating the video.
 *
 * A server that treats a dry run as a create makes a video that the user did not request. That may happen once at most.
 * So dry runs are sent only to a server that is confirmed to be Lumenfall, the first one is sent alone, and after a
 * response that looks like a job no other is sent.
 * @param key not the key of the create: if the server creates a video by mistake, a repeat returns the same one
 * @returns undefined if the server is not confirmed to be Lumenfall
 * @throws FailureError `dryRunCreatedVideo` if the response looks like a job
 */
export async function estimateCost(
	server: Connection,
	request: VideoRequest,
	key: string,
): Promise<Estimate | undefined> {
	if (!(await isLumenfall(server))) return undefined;
	return await trialOf(server.baseUrl).run(async () => await dryRun(server, request, key));
}

async function dryRun(
	server: Connection,
	request: VideoRequest,
	key: string,
): Promise<Estimate | undefined> {
	const response = await server.send({
		method: 'POST',
		url: `${server.baseUrl}/videos?dryRun=true`,
		timeoutMs: TIMEOUTS.dryRun,
		body: encodeCreate(request, key),
	});
	if (!response.isSuccess) throw failureOfResponse(response, 'create', { model: request.model });
	const videoId = jobInDryRun(response.statusCode, response.body);
	if (videoId !== undefined) throw serverErrors.dryRunCreatedVideo(videoId ? { videoId } : {});
	return decodeEstimate(response.body);
}

const estimateBody = z.object({
	estimated: z.literal(true),
	total_cost_micros: amount,
	currency: z.string().optional(),
	provider: text,
});

/**
 * Returns the estimate of a dry run, which the server sends in millionths of a dollar:
 * docs/protocols/lumenfall.md#dry-run.
 */
export function decodeEstimate(response: unknown): Estimate | undefined {
	const parsed = estimateBody.safeParse(response);
	if (!parsed.success) return undefined;
	const { total_cost_micros: micros, provider } = parsed.data;
	const isUsd = currency.parse(parsed.data.currency ?? 'USD') === 'USD';
	if (micros === undefined || !isUsd) return undefined;
	return withoutUndefined<Estimate>({ usd: roundUsd(micros / 1e6), provider });
}

/**
 * Detects a job in the response to a dry run: then the server may have created a video. An estimate has no id, status
 * or output, and its status is never 202.
 * @returns the id, `''` if the job has none, undefined if it is not a job
 */
export function jobInDryRun(statusCode: number, response: unknown): string | undefined {
	const id = decodeJob(JsonBody.open(response))?.id;
	const fields = typeof response === 'object' && response !== null ? Object.keys(response) : [];
	const isJob = ['id', 'status', 'output'].some((name) => fields.includes(name));
	return id ?? (isJob || statusCode === 202 ? '' : undefined);
}

/** The dry runs of one server. State: none has passed yet, one has passed, or one created a video. */
class Trial {
	private isPassed = false;
	private strayVideo?: unknown;
	private first?: Promise<unknown>;

	/** Sends a dry run: alone until one has passed, and never again after one that created a video. */
	async run<Value>(dryRun: () => Promise<Value>): Promise<Value> {
		while (this.first) await this.first;
		if (this.strayVideo) throw this.strayVideo;
		const result = this.attempt(dryRun);
		if (!this.isPassed) {
			const settled = () => (this.first = undefined);
			this.first = result.then(settled, settled);
		}
		return await result;
	}

	private async attempt<Value>(dryRun: () => Promise<Value>): Promise<Value> {
		const result = await resultOf(dryRun());
		if (result.ok) this.isPassed = true;
		else if (failureOf(result.error)?.kind === 'dryRunCreatedVideo') this.strayVideo = result.error;
		if (!result.ok) throw result.error;
		return result.value;
	}
}

/** The trials of this process, by base URL. */
const trials = new BoundedMap<string, Trial>();

function trialOf(baseUrl: string): Trial {
	const trial = trials.get(baseUrl) ?? new Trial();
	trials.set(baseUrl, trial);
	return trial;
}
