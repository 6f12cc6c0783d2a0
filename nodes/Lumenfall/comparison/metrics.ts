import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

const number = z.number().finite().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const yesOrNo = z.boolean().optional().catch(undefined);

const factsOfItem = z.object({
	id: text,
	status: text,
	provider: text,
	cost: number,
	currency: text,
	seconds: number,
	width: number,
	height: number,
	hasAudio: yesOrNo,
	url: text,
	createdAt: text,
	completedAt: text,
	expiresAt: text,
	file: z.object({ bytes: number }).optional().catch(undefined),
	timing: z
		.object({ queuedSeconds: number, generatingSeconds: number })
		.optional()
		.catch(undefined),
	failure: z.object({ message: text, advice: text }).optional().catch(undefined),
});

/** What an output item tells about its video; a fact that is not known is absent. */
export type VideoMetrics = z.output<typeof factsOfItem>;

export function readMetrics(json: IDataObject): VideoMetrics {
	return factsOfItem.parse(json);
}

/** What a video cost for each second it really has. */
export function costPerSecond({ cost, seconds }: VideoMetrics): number | undefined {
	return cost !== undefined && seconds ? cost / seconds : undefined;
}

export type Mark = 'fastest' | 'cheapest';

/**
 * The marks of each video, in the order given. Fastest is the shortest time from the order to the finished video,
 * cheapest the lowest cost of a second of it, as models may make different lengths. Equals share a mark; where all are
 * equal, or fewer than two can be compared, nobody has it. Different currencies cannot.
 */
export function marksOf(videos: VideoMetrics[]): Mark[][] {
	const fastest = lowest(videos, clockFor(videos));
	const currencies = new Set(videos.filter(isMade).map(({ currency }) => currency));
	const cheapest = lowest(videos, currencies.size === 1 ? costPerSecond : () => undefined);
	return videos.map((video) => [
		...(fastest.has(video) ? (['fastest'] as const) : []),
		...(cheapest.has(video) ? (['cheapest'] as const) : []),
	]);
}

/**
 * How to tell the seconds from the order to the finished video. The server's own times are exact, ours know the end only
 * from the next look; the two are never mixed in one comparison.
 */
export function clockFor(videos: VideoMetrics[]): (video: VideoMetrics) => number | undefined {
	const made = videos.filter(isMade);
	return made.every((video) => serverSeconds(video) !== undefined) ? serverSeconds : ownSeconds;
}

function ownSeconds({ timing }: VideoMetrics): number | undefined {
	if (timing?.generatingSeconds === undefined) return undefined;
	return (timing.queuedSeconds ?? 0) + timing.generatingSeconds;
}

function serverSeconds({ createdAt, completedAt }: VideoMetrics): number | undefined {
	const seconds = (Date.parse(completedAt ?? '') - Date.parse(createdAt ?? '')) / 1000;
	return seconds >= 0 ? seconds : undefined;
}

export function isMade({ failure }: VideoMetrics): boolean {
	return failure === undefined;
}

function lowest(
	videos: VideoMetrics[],
	measure: (video: VideoMetrics) => number | undefined,
): Set<VideoMetrics> {
	const measured = videos
		.filter(isMade)
		.map((video) => ({ video, value: measure(video) ?? Number.NaN }))
		.filter(({ value }) => !Number.isNaN(value));
	const best = Math.min(...measured.map(({ value }) => value));
	const winners = measured.filter(({ value }) => value === best);
	return new Set(winners.length < measured.length ? winners.map(({ video }) => video) : []);
}
