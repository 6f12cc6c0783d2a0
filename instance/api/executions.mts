import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { Execution, N8nApi } from '../types.mts';
import { isN8n2, type N8nVersion } from '../versions.mts';
import { waitFor } from '../waitFor.mts';
import type { Http } from './http.mts';

/** n8n's maximum page size. */
const PAGE = 100;

const UNFINISHED: Array<Execution['status']> = ['new', 'running', 'waiting'];

type StoredExecution = Omit<Execution, 'data'> & { data: string };

interface ExecutionPage {
	results: Array<Omit<Execution, 'data'>>;
	nextCursor?: string | null;
}

/** Executions and their files. */
export function executionsOf(
	{ client, get, post }: Http,
	version: N8nVersion,
): Pick<N8nApi, 'execution' | 'executions' | 'reached' | 'ended' | 'stop' | 'retry' | 'download'> {
	const execution: N8nApi['execution'] = async (id) => {
		const { data, ...rest } = await get<StoredExecution>(`/rest/executions/${id}`);
		return { ...rest, data: parse(data) as IRunExecutionData };
	};

	const once = async (
		id: string,
		what: string,
		isIt: (status: Execution['status']) => boolean,
		seconds = 120,
	) =>
		await waitFor(
			`execution ${id} to ${what}`,
			async () => {
				const now = await execution(id);
				// n8n 1 saves the status shortly before the data.
				return isIt(now.status) && now.data !== undefined && now;
			},
			seconds,
		);

	return {
		execution,

		async executions(workflowId, status) {
			const filter = JSON.stringify({ workflowId, status: status && [status] });
			// By ID, because the list changes while its pages are read.
			const found = new Map<string, Omit<Execution, 'data'>>();
			let from: object | undefined = {};
			while (from) {
				const page: ExecutionPage = await get('/rest/executions', {
					filter,
					limit: PAGE,
					...from,
				});
				for (const row of page.results) found.set(row.id, row);
				if (page.results.length < PAGE) break;
				// n8n 1 continues after the last ID, n8n 2 has its own cursor.
				from = isN8n2(version)
					? page.nextCursor
						? { cursor: page.nextCursor }
						: undefined
					: { lastId: page.results.at(-1)!.id };
			}
			return [...found.values()];
		},

		reached: async (id, status, seconds) =>
			await once(id, `become ${status}`, (now) => now === status, seconds),

		ended: async (id, seconds) =>
			await once(id, 'end', (now) => !UNFINISHED.includes(now), seconds),

		stop: async (id) => void (await post(`/rest/executions/${id}/stop`, {})),

		async retry(id) {
			const retried = await post<{ id: string }>(
				`/rest/executions/${id}/retry`,
				{ loadWorkflow: false },
				300_000,
			);
			return await execution(retried.id);
		},

		async download(id) {
			const { data } = await client.get<Buffer>('/rest/binary-data', {
				params: { id, action: 'download' },
				responseType: 'arraybuffer',
			});
			return data;
		},
	};
}
