import type { VideoJson } from '../output/videoItem';

/** What is known of the video of one model. Without a video, it contains the reason. */
export type VideoMetrics = Partial<VideoJson>;

/** Returns the cost per second of the actual duration of the video. */
export function costPerSecond({ cost, seconds }: VideoMetrics): number | undefined {
	return cost !== undefined && seconds ? cost / seconds : undefined;
}

export type Mark = 'fastest' | 'cheapest';

/**
 * Returns the marks of each video, by index. `fastest` has the shortest time from the create request to the finished
 * video, `cheapest` the lowest cost per second, because models may return different lengths. Equal videos share a mark.
 * There is no mark if all are equal, if fewer than two can be compared, or if currencies differ.
 */
export function marksOf(videos: VideoMetrics[]): Mark[][] {
	const fastest = lowest(videos, clockFor(videos));
	const currencies = new Set(videos.filter(isCompleted).map(({ currency }) => currency));
	const cheapest = lowest(videos, currencies.size === 1 ? costPerSecond : () => undefined);
	return videos.map((video) => [
		...(fastest.has(video) ? (['fastest'] as const) : []),
		...(cheapest.has(video) ? (['cheapest'] as const) : []),
	]);
}

/**
 * Returns the function that measures the seconds from the create request to the finished video. The server's times are
 * exact; ours depend on the status check that finds the end. One comparison never mixes the two.
 */
export function clockFor(videos: VideoMetrics[]): (video: VideoMetrics) => number | undefined {
	const completed = videos.filter(isCompleted);
	return completed.every((video) => serverSeconds(video) !== undefined)
		? serverSeconds
		: ownSeconds;
}

function ownSeconds({ timing }: VideoMetrics): number | undefined {
	if (timing?.generatingSeconds === undefined) return undefined;
	return (timing.queuedSeconds ?? 0) + timing.generatingSeconds;
}

function serverSeconds({ createdAt, completedAt }: VideoMetrics): number | undefined {
	const seconds = (Date.parse(completedAt ?? '') - Date.parse(createdAt ?? '')) / 1000;
	return seconds >= 0 ? seconds : undefined;
}

/** Reports whether the item has a video. */
export function isCompleted({ failure }: VideoMetrics): boolean {
	return failure === undefined;
}

function lowest(
	videos: VideoMetrics[],
	measure: (video: VideoMetrics) => number | undefined,
): Set<VideoMetrics> {
	const measured = videos
		.filter(isCompleted)
		.map((video) => ({ video, value: measure(video) ?? Number.NaN }))
		.filter(({ value }) => !Number.isNaN(value));
	const best = Math.min(...measured.map(({ value }) => value));
	const winners = measured.filter(({ value }) => value === best);
	return new Set(winners.length < measured.length ? winners.map(({ video }) => video) : []);
}
