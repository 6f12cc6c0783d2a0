import type { Fault } from '../../sandbox/createSandbox.mts';

/** One failure, and the settings of the run. */
export interface Scenario {
	title: string;
	items: number;
	fault?: Fault;
	/** The node's own timeout. */
	timeLimitSeconds?: number;
	/** n8n's *Retry On Fail*. */
	retryOnFail?: boolean;
}

const oneBadStatus = { on: 'status', do: 'status', status: 503 } as const;

export const scenarios: Scenario[] = [
	{ title: 'one 503 on a status call', items: 1, fault: { ...oneBadStatus, after: 1 } },
	{
		title: 'the same, with Retry On Fail',
		items: 1,
		fault: { ...oneBadStatus, after: 1 },
		retryOnFail: true,
	},
	// Late enough for the built-in node to have finished some items.
	{ title: 'one 503 in a run of 3 items', items: 3, fault: { ...oneBadStatus, after: 5 } },
	{
		title: 'one 503 on the download',
		items: 1,
		fault: { on: 'content', do: 'status', status: 503 },
	},
	{
		title: 'the response to the create is lost',
		items: 1,
		fault: { on: 'create', do: 'reset-after' },
	},
	{ title: 'the time limit is shorter than the job', items: 1, timeLimitSeconds: 20 },
];
