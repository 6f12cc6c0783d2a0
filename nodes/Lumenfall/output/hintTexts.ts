import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../job/job';
import type { Spending } from '../job/jobStore';
import type { Decision, SentRequest } from '../job/record';
import { totalOf, type PriceRange } from '../models/price';
import { counted } from '../errors/message';
import { hint, hintOnce, noteForItem } from './showHint';
import { formatUsd } from '../support/usd';

const FIELDS = {
	seconds: 'Duration (Seconds)',
	aspectRatio: 'Aspect Ratio',
	resolution: 'Resolution',
	size: 'Custom Size',
};

/** Shows the differences from the form: another model, or adjusted values. */
export function hintDecision(
	{ execution, itemIndex }: { execution: IExecuteFunctions; itemIndex: number },
	{ model, adjusted = {}, fallback }: Pick<Decision, 'model' | 'adjusted' | 'fallback'>,
): void {
	if (fallback) {
		const reason = fallback.reason.replace(/\.$/, '');
		noteForItem(execution, itemIndex, `${model} is used instead of ${fallback.from} (${reason}).`);
	}
	for (const [field, { requested, used }] of Object.entries(adjusted)) {
		const name = FIELDS[field as keyof typeof FIELDS];
		noteForItem(
			execution,
			itemIndex,
			`'${name}' is ${used} instead of ${requested}, the nearest value that ${model} supports.`,
		);
	}
}

/** A video that is older than this is of an earlier request. The clock of the server may be wrong by some minutes. */
const EARLIER_MS = 10 * 60_000;

/**
 * Shows what the user's own idempotency key did: it returned the video of an earlier request, or nothing at all.
 * @param sentAt when the request was sent, in milliseconds since 1970
 */
export function hintKey(
	{ execution, itemIndex }: { execution: IExecuteFunctions; itemIndex: number },
	{ id, createdAt }: Pick<Job, 'id' | 'createdAt'>,
	{ sentAt, isSupported }: { sentAt: number; isSupported: boolean },
): void {
	if (!isSupported)
		noteForItem(execution, itemIndex, "'Idempotency Key' has no effect on this server.");
	else if (createdAt !== undefined && createdAt < sentAt - EARLIER_MS)
		noteForItem(
			execution,
			itemIndex,
			`Video ${id} is from ${new Date(createdAt).toISOString()}. An earlier request had the same 'Idempotency Key', so no new video was created.`,
		);
}

/** Shows that a later round of a loop gets the video of an earlier one, because the user entered the same key. */
export function hintEarlierRound(
	{ execution, itemIndex }: { execution: IExecuteFunctions; itemIndex: number },
	videoId: string,
): void {
	noteForItem(
		execution,
		itemIndex,
		`Video ${videoId} is from an earlier round of the loop, which had the same 'Idempotency Key'. No new video was created.`,
	);
}

/** Rounding of encoders and containers, in seconds. */
const LENGTH_TOLERANCE = 0.25;

/**
 * Shows that the file does not have the length of an extended or edited video: the server may have ignored the earlier
 * video and generated an unrelated one.
 * @param seconds length of the file
 */
export function hintLength(
	{ execution, itemIndex }: { execution: IExecuteFunctions; itemIndex: number },
	{ change, seconds: requested, sourceSeconds: source }: Partial<SentRequest>,
	seconds: number,
): void {
	if (source === undefined) return;
	if (change === 'extend' && seconds <= source + LENGTH_TOLERANCE)
		noteForItem(
			execution,
			itemIndex,
			`The extended video (${seconds} s) is not longer than the earlier video (${source} s). It may be the added part alone, or the server ignored the earlier video.`,
		);
	const isOther = Math.abs(seconds - source) > Math.max(LENGTH_TOLERANCE, source / 10);
	if (change === 'edit' && requested === undefined && isOther)
		noteForItem(
			execution,
			itemIndex,
			`The edited video is ${seconds} s long, but the earlier video is ${source} s long. The server may have ignored the earlier video.`,
		);
}

/**
 * Shows that the image has another size than the video, once per run. Servers that do not resize images may refuse or
 * stretch it, and most do not document which.
 */
export function hintOtherSize(
	execution: IExecuteFunctions,
	{ imageSize, videoSize }: { imageSize?: string; videoSize?: string },
): void {
	if (imageSize === undefined || videoSize === undefined || imageSize === videoSize) return;
	hintOnce(
		execution,
		'imageSize',
		`The image is ${imageSize}, the video ${videoSize}. Some servers refuse or stretch such an image. The option 'Image Fit' resizes it to the size of the video.`,
	);
}

/** Shows the total cost of a run, unless it is zero. */
export function hintTotal(
	execution: IExecuteFunctions,
	{ videos, usd, isEstimated }: Spending,
): void {
	if (usd === 0) return;
	const title = isEstimated ? 'Expected cost of this run' : 'Cost of this run';
	hint(execution, `${title}: ${formatUsd(usd)} for ${counted(videos, 'video')}.`);
}

/** Shows the total of the known estimates of a run. */
export function hintEstimates(execution: IExecuteFunctions, estimates: PriceRange[]): void {
	if (estimates.length === 0) return;
	const { from, upTo } = totalOf(estimates);
	const amount = from === upTo ? formatUsd(from) : `${formatUsd(from)} to ${formatUsd(upTo)}`;
	hint(execution, `Estimated cost: ${amount} for ${counted(estimates.length, 'video')}.`);
}
