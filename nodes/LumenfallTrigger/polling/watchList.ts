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

const registeredHere = new Map<string, Times>();

/** @param server its base URL */
export function openWatchList(host: Host, server: string): WatchList {
	const { id: nodeId } = host.getNode();
	// Each place needs another key: the workflow's data is shared by its nodes, and the memory by all workflows.
	const keyInWorkflow = `lumenfallTrigger/${nodeId} ${server}`;
	const keyInMemory = `${host.getWorkflow().id}/${nodeId} ${server}`;
	const deliveredKey = `delivered ${server}`;
	const ofWorkflow = host.getWorkflowStaticData('global');
	const ofNode = host.getWorkflowStaticData('node');
	const delivered = (): Times => (ofNode[deliveredKey] ?? {}) as Times;
	const all = (): Times => ({
		...(ofWorkflow[keyInWorkflow] as Times),
		...registeredHere.get(keyInMemory),
	});
	const without = (times: Times, isOut: (id: string, at: number) => boolean): Times =>
		Object.fromEntries(Object.entries(times).filter(([id, at]) => !isOut(id, at)));

	return {
		watched: () => new Map(Object.entries(without(all(), (id) => id in delivered()))),
		add(videoId, now) {
			if (videoId in delivered()) return;
			registeredHere.set(keyInMemory, { [videoId]: now, ...registeredHere.get(keyInMemory) });
			ofWorkflow[keyInWorkflow] = all();
		},
		remove(videoIds, now) {
			const gone = new Set(videoIds);
			const done = { ...delivered(), ...Object.fromEntries(videoIds.map((id) => [id, now])) };
			ofNode[deliveredKey] = without(done, (_, at) => at < now - REMEMBER_MS);
			ofWorkflow[keyInWorkflow] = without(all(), (id) => gone.has(id) || id in delivered());
			registeredHere.set(
				keyInMemory,
				without(registeredHere.get(keyInMemory) ?? {}, (id) => gone.has(id)),
			);
		},
	};
}
