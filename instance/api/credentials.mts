import type { CredentialJson, N8nApi } from '../types.mts';
import type { Http } from './http.mts';

/** Credentials, and the lists that a node reads with one. */
export function credentialsOf({
	client,
	get,
	post,
}: Http): Pick<N8nApi, 'addCredential' | 'setCredential' | 'testCredential' | 'searchList'> {
	const addCredential: N8nApi['addCredential'] = async (name, type, data) => {
		const { id } = await post<{ id: string }>('/rest/credentials', { name, type, data });
		return { id, name, type };
	};

	return {
		addCredential,

		async setCredential(name, type, data) {
			const all = await get<CredentialJson[]>('/rest/credentials');
			const found = all.find((one) => one.name === name && one.type === type);
			if (!found) return await addCredential(name, type, data);
			await client.patch(`/rest/credentials/${found.id}`, { name, type, data });
			return { id: found.id, name, type };
		},

		testCredential: async (credential, data) =>
			await post('/rest/credentials/test', { credentials: { ...credential, data } }),

		async searchList({ type, typeVersion, credentials }, parameter, methodName, filter) {
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
	};
}
