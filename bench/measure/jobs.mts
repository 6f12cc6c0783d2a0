import type { SandboxState } from './sandboxes.mts';

/** How a node waited for one job, according to the server's records. */
export interface WatchedJob {
	jobSeconds: number;
	/** Time from the create to the request for the finished file, which shows when the node found the end. */
	foundAfterSeconds: number;
	statusCalls: number;
}

/** Returns every job whose file was downloaded. */
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

/** Time between the end of the job and its detection, as a share of the job's duration. */
export function detectionOverhead({ jobSeconds, foundAfterSeconds }: WatchedJob): number {
	return (foundAfterSeconds - jobSeconds) / jobSeconds;
}

export function mean(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
