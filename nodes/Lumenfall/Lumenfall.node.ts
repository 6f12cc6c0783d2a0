import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems } from './actions/runItems';
import { catalogue } from './descriptions/catalogue';
import { comparing } from './descriptions/comparing';
import { estimating } from './descriptions/estimating';
import { existing } from './descriptions/existing';
import { generating } from './descriptions/generating';
import { listing } from './descriptions/listing';
import { menu } from './descriptions/menu';
import { toNodeError } from './errors/nodeError';
import { searchVideoModels } from './methods/listSearch';

export class Lumenfall implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lumenfall',
		name: 'lumenfall',
		icon: { light: 'file:../../icons/lumenfall.svg', dark: 'file:../../icons/lumenfall.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Generate video from text or a picture with Sora 2 and other models',
		defaults: { name: 'Lumenfall' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'lumenfallApi', required: true }],
		properties: [
			...menu,
			...generating,
			...comparing,
			...estimating,
			...existing,
			...listing,
			...catalogue,
		],
	};

	methods = { listSearch: { searchVideoModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outcome = await runItems(this);
		if (Array.isArray(outcome)) return [outcome];
		throw toNodeError(this.getNode(), outcome.failure, outcome.itemIndex);
	}
}
