import type { Job } from '../job/job';
import type { LikelyEnd } from './pollSchedule';

/** What earlier jobs took, so that later ones of the same kind are checked when they are likely to end. */
export interface JobDurations {
	/** @param durationMs from the create to the end */
	learn(kind: string, durationMs: number): void;
	/** Undefined where too little is known, or where the jobs took too different times to say. */
	likelyEnd(kind: string): LikelyEnd | undefined;
}

/** The newest jobs of a kind say how busy its provider is now. */
const MAX_SAMPLES = 8;
const MIN_SAMPLES = 3;
/** The longest of the jobs over the shortest; beyond it they say nothing. */
const MAX_SPREAD = 1.6;
/** The next job may be a little quicker or slower than all before it. */
const MARGIN = 0.05;
const MAX_KINDS = 100;

export function createJobDurations(): JobDurations {
	const samples = new Map<string, number[]>();
	return {
		learn(kind, durationMs) {
			const known = samples.get(kind) ?? [];
			// Taken out and put in again, so that the first of the map is the one that was not seen for longest.
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
 * Shared by all executions of this n8n process. In memory only: n8n's static data of a node would outlive a restart, but
 * n8n stores it for the whole workflow at the end of each execution, so that two executions, or an execution and a
 * polling trigger, would overwrite each other's data, and in manual executions it stores none. Three videos after a
 * restart the durations are known again.
 */
export const jobDurations = createJobDurations();

/** Jobs that take similar times: one server, model, length and size. Undefined where the server does not name the model. */
export function kindOfJob(baseUrl: string, { model, seconds, size }: Job): string | undefined {
	return model === undefined ? undefined : JSON.stringify([baseUrl, model, seconds, size]);
}

/** A server's clock and ours may differ by so much. */
const MAX_AGE_MS = 30_000;

/**
 * Whether the wait for a job began with its create. A job that is picked up later ends sooner than others.
 * @param wallTime milliseconds since 1970
 */
export function isNewJob({ createdAt, phase }: Job, wallTime: number): boolean {
	if (createdAt === undefined) return phase === 'queued';
	return Math.abs(wallTime - createdAt) < MAX_AGE_MS;
}
