import axios from 'axios';
import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { CredentialJson, Execution, N8nApi } from './types.mts';
import { isN8n2, type N8nVersion } from './versions.mts';
import { waitFor } from './waitFor.mts';

/** n8n's maximum page size. */
const PAGE = 100;

const UNFINISHED: Array<Execution['status']> = ['new', 'running', 'waiting'];

type StoredExecution = Omit<Execution, 'data'> & { data: string };

interface ExecutionPage {
	results: Array<Omit<Execution, 'data'>>;
	nextCursor?: string | null;
}

/**
 * Opens the API with a login.
 * @param cookie of an earlier login, because n8n limits the logins per minute
 */
export function createApi(version: N8nVersion, url: string, cookie: string): N8nApi {
	const http = axios.create({ baseURL: url, headers: { cookie }, timeout: 60_000 });
	http.interceptors.response.use(undefined, (error: unknown) => {
		throw axios.isAxiosError(error) ? readable(error) : error;
	});
	const get = async <Data,>(path: string, params?: object): Promise<Data> => {
		const { data } = await waitFor(
			`n8n to answer GET ${path}`,
			async () => {
				const answer = await http.get<{ data: Data }>(path, { params, validateStatus: isAnswer });
				return !isTooBusy(answer.status) && answer.data;
			},
			240,
		);
		return data;
	};
	const post = async <Data,>(path: string, body: object, timeout?: number): Promise<Data> =>
		(await http.post<{ data: Data }>(path, body, { timeout })).data.data;

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

	const activate: N8nApi['activate'] = async (id) => {
		const { versionId } = await get<{ versionId: string }>(`/rest/workflows/${id}`);
		if (!isN8n2(version)) {
			await http.patch(`/rest/workflows/${id}`, { active: true, versionId });
			return;
		}
		await post(`/rest/workflows/${id}/activate`, { versionId });
		// n8n 2 responds before the URLs of the workflow are available.
		await waitFor(`workflow ${id} to be published`, async () => {
			const { status } = await get<{ status: string }>(`/rest/workflows/${id}/publication-status`);
			return status === 'published';
		});
	};

	const press = async (id: string, trigger: string) => {
		// n8n 1 runs the workflow in the request, n8n 2 the stored one.
		const workflowData = isN8n2(version) ? undefined : await get<object>(`/rest/workflows/${id}`);
		const triggerToStartFrom = { name: trigger };
		return await post<{ executionId: string; waitingForWebhook?: boolean }>(
			`/rest/workflows/${id}/run`,
			{ workflowData, triggerToStartFrom },
		);
	};

	const addCredential: N8nApi['addCredential'] = async (name, type, data) => {
		const { id } = await post<{ id: string }>('/rest/credentials', { name, type, data });
		return { id, name, type };
	};

	return {
		http,
		cookie,
		addCredential,
		setCredential: async (name, type, data) => {
			const all = await get<CredentialJson[]>('/rest/credentials');
			const found = all.find((one) => one.name === name && one.type === type);
			if (!found) return await addCredential(name, type, data);
			await http.patch(`/rest/credentials/${found.id}`, { name, type, data });
			return { id: found.id, name, type };
		},
		testCredential: async (credential, data) =>
			await post('/rest/credentials/test', { credentials: { ...credential, data } }),
		searchList: async ({ type, typeVersion, credentials }, parameter, methodName, filter) => {
			const { results } = await post<{
				results: Array<{ name: string; value: string }>;
			}>('/rest/dynamic-node-parameters/resource-locator-results', {
				path: `parameters.${parameter}`,
				methodName,
				filter,
				credentials,
				currentNodeParameters: {},
				nodeTypeAndVersion: { name: type, version: typeVersion },
			});
			return results;
		},
		workflows: async () =>
			await get('/rest/workflows', { filter: JSON.stringify({ isArchived: false }) }),
		addWorkflow: async (workflow) => {
			const nodes = workflow.nodes.map((node) => ({ id: node.name, ...node }));
			const settings = { executionOrder: 'v1', ...workflow.settings };
			const { id } = await post<{ id: string }>('/rest/workflows', {
				active: false,
				...workflow,
				nodes,
				settings,
			});
			return id;
		},
		activate,
		run: async (id, trigger) => {
			const { executionId } = await press(id, trigger);
			return executionId;
		},
		listen: async (id, trigger) => {
			const { waitingForWebhook } = await press(id, trigger);
			if (!waitingForWebhook) throw new Error(`Workflow ${id} does not wait for a call`);
		},
		stop: async (id) => void (await post(`/rest/executions/${id}/stop`, {})),
		retry: async (id) => {
			const retried = await post<{ id: string }>(
				`/rest/executions/${id}/retry`,
				{ loadWorkflow: false },
				300_000,
			);
			return await execution(retried.id);
		},
		execution,
		executions: async (workflowId, status) => {
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
		download: async (id) =>
			(
				await http.get<Buffer>('/rest/binary-data', {
					params: { id, action: 'download' },
					responseType: 'arraybuffer',
				})
			).data,
	};
}

function isAnswer(status: number): boolean {
	return status < 300 || isTooBusy(status);
}

/** During a burst of calls, n8n may not reach its database: "Database is not ready!" or a timeout of its pool. */
function isTooBusy(status: number): boolean {
	return status === 500 || status === 503;
}

/** Returns an error with n8n's own message instead of a status code. */
function readable(error: {
	message: string;
	config?: { method?: string; url?: string };
	response?: { data?: unknown };
}): Error {
	const { method = '', url = '' } = error.config ?? {};
	const said = JSON.stringify(error.response?.data)?.slice(0, 500) ?? '';
	return new Error(`${method.toUpperCase()} ${url}: ${error.message} ${said}`);
}
