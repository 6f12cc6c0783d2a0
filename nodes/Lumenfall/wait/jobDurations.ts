import type { Job } from '../job/job';
import type { LikelyEnd } from './pollSchedule';

/** Durations of earlier jobs, so that later jobs of the same kind are checked when they are likely to end. */
interface JobDurations {
	/** @param durationMs from the create to the end */
	learn(kind: string, durationMs: number): void;
	/** Undefined if too few jobs are known, or if their durations differ too much. */
	likelyEnd(kind: string): LikelyEnd | undefined;
}

/** Only the newest jobs of a kind count, because the load of a provider changes. */
const MAX_SAMPLES = 8;
const MIN_SAMPLES = 3;
/** Maximum ratio of the longest to the shortest duration. Beyond it, the durations predict nothing. */
const MAX_SPREAD = 1.6;
/** The next job may be slightly faster or slower than all earlier ones. */
const MARGIN = 0.05;
const MAX_KINDS = 100;

/** Creates an empty memory of durations. */
export function createJobDurations(): JobDurations {
	const samples = new Map<string, number[]>();
	return {
		learn(kind, durationMs) {
			const known = samples.get(kind) ?? [];
			// A map iterates in the order of insertion, so the kind is inserted again: the first key is the least
			// recently used.
			samples.delete(kind);
			samples.set(kind, [...known, durationMs].slice(-MAX_SAMPLES));
			if (samples.size > MAX_KINDS) samples.delete([...samples.keys()][0]);
		},
		likelyEnd(kind) {
			const known = samples.get(kind) ?? [];
			const [shortest, longest] = [Math.min(...known), Math.max(...known)];
			if (known.length < MIN_SAMPLES || longest > shortest * MAX_SPREAD) return undefined;
			return { fromMs: shortest * (1 - MARGIN), toMs: longest * (1 + MARGIN) };
		},
	};
}

/**
 * Shared by all executions of this n8n process, in memory only. n8n's static data would outlive a restart, but n8n
 * saves it for the whole workflow at the end of each execution. Two executions, or an execution and a polling trigger,
 * would overwrite each other's data. Manual executions do not save it at all. After a restart, three videos are enough
 * to know the durations again.
 */
export const jobDurations = createJobDurations();

/**
 * Identifies jobs of similar duration: same server, model, length and size. Undefined if the server does not report the
 * model.
 */
export function kindOfJob(baseUrl: string, { model, seconds, size }: Job): string | undefined {
	return model === undefined ? undefined : JSON.stringify([baseUrl, model, seconds, size]);
}

/** A job whose `createdAt` is this close to our clock counts as new. Clocks of two machines differ. */
const MAX_AGE_MS = 30_000;

/**
 * Whether the wait for a job began with its create. A job that is resumed later ends sooner after the start of its
 * wait.
 * @param wallTime milliseconds since 1970
 */
export function isNewJob({ createdAt, phase }: Job, wallTime: number): boolean {
	if (createdAt === undefined) return phase === 'queued';
	return Math.abs(wallTime - createdAt) < MAX_AGE_MS;
}
