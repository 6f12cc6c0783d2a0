import type { N8nApi } from '../types.mts';
import { isN8n2, type N8nVersion } from '../versions.mts';
import { waitFor } from '../waitFor.mts';
import type { Http } from './http.mts';

/** Workflows, and how they are activated and started. */
export function workflowsOf(
	{ client, get, post }: Http,
	version: N8nVersion,
): Pick<N8nApi, 'workflows' | 'addWorkflow' | 'activate' | 'run' | 'listen'> {
	const press = async (id: string, trigger: string) => {
		// n8n 1 runs the workflow in the request, n8n 2 the stored one.
		const workflowData = isN8n2(version) ? undefined : await get<object>(`/rest/workflows/${id}`);
		const triggerToStartFrom = { name: trigger };
		return await post<{ executionId: string; waitingForWebhook?: boolean }>(
			`/rest/workflows/${id}/run`,
			{ workflowData, triggerToStartFrom },
		);
	};

	return {
		workflows: async () =>
			await get('/rest/workflows', { filter: JSON.stringify({ isArchived: false }) }),

		async addWorkflow(workflow) {
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

		async activate(id) {
			const { versionId } = await get<{ versionId: string }>(`/rest/workflows/${id}`);
			if (!isN8n2(version)) {
				await client.patch(`/rest/workflows/${id}`, { active: true, versionId });
				return;
			}
			await post(`/rest/workflows/${id}/activate`, { versionId });
			// n8n 2 responds before the URLs of the workflow are available.
			await waitFor(`workflow ${id} to be published`, async () => {
				const { status } = await get<{ status: string }>(
					`/rest/workflows/${id}/publication-status`,
				);
				return status === 'published';
			});
		},

		async run(id, trigger) {
			const { executionId } = await press(id, trigger);
			return executionId;
		},

		async listen(id, trigger) {
			const { waitingForWebhook } = await press(id, trigger);
			if (!waitingForWebhook) throw new Error(`Workflow ${id} does not wait for a call`);
		},
	};
}
