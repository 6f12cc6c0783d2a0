import type { IDataObject, INode } from 'n8n-workflow';

/**
 * The videos that were registered with a trigger, and those that it has delivered.
 *
 * n8n gives the webhook of an active workflow a copy of the static data from the database, and the poll another copy that was
 * loaded at the activation. Each saves its whole copy. So a registration is kept twice: in the workflow's static data, for the
 * next start of n8n, and in the memory of this process, for the next poll. Both must run in the same process: n8n's main
 * process, unless webhook processes are used.
 *
 * Each server has its own list, because on another one the same ID is somebody else's video.
 */
interface WatchList {
	/** By ID, when it was registered, in milliseconds since 1970. */
	watched(): Map<string, number>;
	add(videoId: string, now: number): void;
	/** Videos that the workflow was started for, or that are given up. */
	remove(videoIds: string[], now: number): void;
}

/** What n8n gives a webhook and a poll alike. */
interface Host {
	getNode(): INode;
	getWorkflow(): { id?: string };
	getWorkflowStaticData(type: 'global' | 'node'): IDataObject;
}

type Times = Record<string, number>;

/** A registration can come twice, by a retry. A delivered video is remembered so long. */
const REMEMBER_MS = 7 * 24 * 60 * 60_000;

/** The videos that were registered in this process: by workflow, then as in its static data. */
const registeredHere = new Map<string | undefined, Record<string, Times>>();

/**
 * Puts the registrations of all triggers of the workflow into its static data. Must be called before n8n saves this copy,
 * also for another trigger: otherwise the copy replaces registrations that are newer than it.
 */
export function keepRegistrations(host: Host): void {
	const ofWorkflow = host.getWorkflowStaticData('global');
	for (const [key, times] of Object.entries(registeredHere.get(host.getWorkflow().id) ?? {}))
		ofWorkflow[key] = { ...(ofWorkflow[key] as Times), ...times };
}

/** @param server its base URL */
export function openWatchList(host: Host, server: string): WatchList {
	const key = `lumenfallTrigger/${host.getNode().id} ${server}`;
	const { id: workflowId } = host.getWorkflow();
	const deliveredKey = `delivered ${server}`;
	const ofWorkflow = host.getWorkflowStaticData('global');
	const ofNode = host.getWorkflowStaticData('node');
	const delivered = (): Times => (ofNode[deliveredKey] ?? {}) as Times;
	const ofProcess = registeredHere.get(workflowId) ?? {};
	registeredHere.set(workflowId, ofProcess);
	const here = (ofProcess[key] ??= {});
	const all = (): Times => ({ ...(ofWorkflow[key] as Times), ...here });
	const without = (times: Times, isOut: (id: string, at: number) => boolean): Times =>
		Object.fromEntries(Object.entries(times).filter(([id, at]) => !isOut(id, at)));

	return {
		watched: () => new Map(Object.entries(without(all(), (id) => id in delivered()))),
		add(videoId, now) {
			if (videoId in delivered()) return;
			here[videoId] ??= now;
			keepRegistrations(host);
		},
		remove(videoIds, now) {
			const gone = new Set(videoIds);
			const done = { ...delivered(), ...Object.fromEntries(videoIds.map((id) => [id, now])) };
			ofNode[deliveredKey] = without(done, (_, at) => at < now - REMEMBER_MS);
			ofWorkflow[key] = without(all(), (id) => gone.has(id) || id in delivered());
			for (const id of gone) delete here[id];
		},
	};
}
