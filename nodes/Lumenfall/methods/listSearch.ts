import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { failureFrom } from '../errors/catalogue';
import { toNodeError } from '../errors/nodeError';
import { openApi } from '../transport/api';

/** The models the key can use now, filtered to those that make video and by what the user types. */
export async function searchVideoModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const models = await openApi(this)
		.then(async (api) => await api.listVideoModels())
		.catch((error: unknown) => {
			throw toNodeError(this.getNode(), failureFrom(error));
		});

	const wanted = filter.toLowerCase();
	return {
		results: models
			.map(({ id, name }) => ({ name: name && name !== id ? `${name} (${id})` : id, value: id }))
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}
