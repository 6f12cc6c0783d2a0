import { z } from 'zod';
import { failureOf } from '../../../errors/failure';
import { serverErrors } from '../../../errors/serverErrors';
import type { VideoRequest } from '../../../request/videoRequest';
import { roundUsd } from '../../../support/usd';
import { resultOf } from '../../../support/result';
import type { Connection } from '../../connection';
import { amount, currency } from '../../decode/money';
import { text, withoutUndefined } from '../../decode/values';
import { decodeJob } from '../../decode/video';
import { TIMEOUTS } from '../../http';
import { isSuccess, refusalOf } from '../../readResponse';
import { encodeCreate } from './createRequest';
import { isLumenfall } from './isLumenfall';

/** What a video would cost. */
export interface Estimate {
	usd: number;
	/** The provider the server would take now. */
	provider?: string;
}

/**
 * Asks what a request would cost, without making the video.
 *
 * A server that takes a dry run for a create makes a video that nobody wanted: it gets one dry run, ever. So none is sent
 * to a server that did not show to be Lumenfall, the first one to a server is sent alone, and after an answer that
 * looks like a job there is no other.
 * @param key not that of the create: should the server make a video after all, a repeat finds the same one
 * @returns undefined where the server cannot be asked
 * @throws FailureError `dryRunCreatedVideo` where the answer looks like a job
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
	const answer = await server.send({
		method: 'POST',
		url: `${server.baseUrl}/videos?dryRun=true`,
		timeoutMs: TIMEOUTS.dryRun,
		body: encodeCreate(request, key),
	});
	if (!isSuccess(answer)) throw refusalOf(answer, 'create', { model: request.model });
	const videoId = jobInDryRun(answer.statusCode, answer.body);
	if (videoId !== undefined) throw serverErrors.dryRunCreatedVideo(videoId ? { videoId } : {});
	return decodeEstimate(answer.body);
}

const estimateBody = z.object({
	estimated: z.literal(true),
	total_cost_micros: amount,
	currency: z.string().optional(),
	provider: text,
});

/** The estimate of a dry run, in millionths of a dollar on the wire: docs/protocols/lumenfall.md#dry-run. */
export function decodeEstimate(answer: unknown): Estimate | undefined {
	const parsed = estimateBody.safeParse(answer);
	if (!parsed.success) return undefined;
	const { total_cost_micros: micros, provider } = parsed.data;
	const isUsd = currency.parse(parsed.data.currency ?? 'USD') === 'USD';
	if (micros === undefined || !isUsd) return undefined;
	return withoutUndefined<Estimate>({ usd: roundUsd(micros / 1e6), provider });
}

/**
 * Whether an answer to a dry run is a job: then the server may have made a video. An estimate has neither id, status nor
 * output, and is never a 202.
 * @returns the id, `''` where the job has none, undefined where it is no job
 */
export function jobInDryRun(statusCode: number, answer: unknown): string | undefined {
	const id = decodeJob(answer)?.id;
	const fields = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
	const isJob = ['id', 'status', 'output'].some((name) => fields.includes(name));
	return id ?? (isJob || statusCode === 202 ? '' : undefined);
}

/** What is known of a server's dry runs: nothing, that they are ones, or that one made a video. */
class Trial {
	private isPassed = false;
	private strayVideo?: unknown;
	private first?: Promise<unknown>;

	/** Runs a dry run: alone until one has passed, and never again after one that made a video. */
	async run<Value>(dryRun: () => Promise<Value>): Promise<Value> {
		while (this.first) await this.first;
		if (this.strayVideo) throw this.strayVideo;
		const answer = this.attempt(dryRun);
		if (!this.isPassed) {
			const settled = () => (this.first = undefined);
			this.first = answer.then(settled, settled);
		}
		return await answer;
	}

	private async attempt<Value>(dryRun: () => Promise<Value>): Promise<Value> {
		const result = await resultOf(dryRun());
		if (result.ok) this.isPassed = true;
		else if (failureOf(result.error)?.kind === 'dryRunCreatedVideo') this.strayVideo = result.error;
		if (!result.ok) throw result.error;
		return result.value;
	}
}

/** More servers than one n8n ever talks to. */
const MAX_TRIALS = 100;
const trials = new Map<string, Trial>();

function trialOf(baseUrl: string): Trial {
	if (trials.size >= MAX_TRIALS) trials.clear();
	const trial = trials.get(baseUrl) ?? new Trial();
	trials.set(baseUrl, trial);
	return trial;
}
