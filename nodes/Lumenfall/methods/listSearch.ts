import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { wholeCatalogue } from '../actions/modelFacts';
import { failureFrom } from '../errors/catalogue';
import { toNodeError } from '../errors/nodeError';
import { matchesWords, pickerLine } from '../models/describeModel';
import { openApi } from '../transport/api';

/**
 * The video models of the server with what matters for choosing one, filtered by what the user types. Models that the
 * server does not list now come last and say so.
 */
export async function searchVideoModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const models = await openApi(this)
		.then(async (api) => await wholeCatalogue({ api }))
		.catch((error: unknown) => {
			throw toNodeError(this.getNode(), failureFrom(error));
		});
	return {
		results: models
			.filter((facts) => matchesWords(facts, filter))
			.map((facts) => ({ name: pickerLine(facts), value: facts.id })),
	};
}
