import type { SandboxState } from './sandboxes.mts';

/** How one job was waited for, by the server's own records. */
export interface WatchedJob {
	jobSeconds: number;
	/** From the order until the finished file was asked for: that is when the node knew. */
	foundAfterSeconds: number;
	statusCalls: number;
}

/** Every job whose file was fetched. */
export function watchedJobs({ jobs, requests }: SandboxState): WatchedJob[] {
	return jobs.flatMap(({ id, createdAt, finishedAt }) => {
		const own = requests.filter(({ path }) => path.includes(id));
		const found = own.find(({ kind }) => kind === 'content');
		if (!found || finishedAt === undefined) return [];
		return {
			jobSeconds: (finishedAt - createdAt) / 1000,
			foundAfterSeconds: (found.at - createdAt) / 1000,
			statusCalls: own.filter(({ kind }) => kind === 'status').length,
		};
	});
}

/** The time lost until the node knew, as a share of the job's time. */
export function detectionOverhead({ jobSeconds, foundAfterSeconds }: WatchedJob): number {
	return (foundAfterSeconds - jobSeconds) / jobSeconds;
}

export function mean(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
