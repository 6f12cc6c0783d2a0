import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listModelInfo } from '../models/lookUp';
import { failureFrom, toNodeError } from '../errors/nodeError';
import { matchesWords, pickerLines } from '../models/modelPicker';
import { openApi } from '../transport/videoApi';

/**
 * Returns the video models of the server, filtered by the words that the user types: ID, name, alias, creator or mode.
 * Models that the server does not currently list come last and are marked.
 */
export async function searchVideoModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const models = await openApi(this)
		.then(async (api) => await listModelInfo(api))
		.catch((error: unknown) => {
			throw toNodeError(this.getNode(), failureFrom(error));
		});
	return {
		results: pickerLines(models.filter((info) => matchesWords(info, filter))),
	};
}
