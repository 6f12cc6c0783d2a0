import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { runItems } from '../Lumenfall/run/runItems';
import { toNodeError } from '../Lumenfall/errors/nodeError';
import { emitVideo } from './emitVideo';
import { receiveEvent } from './receiveEvent';
import { properties } from './description';

export class LumenfallTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lumenfall Trigger',
		name: 'lumenfallTrigger',
		icon: { light: 'file:../../icons/lumenfall.svg', dark: 'file:../../icons/lumenfall.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ [$rawParameter.events].flat().map((event) => ({ "video.cancelled": "Cancelled", "video.completed": "Completed", "video.failed": "Failed" })[event]).filter(Boolean).join(", ") }}',
		description: 'Starts the workflow when a video completes, fails or is cancelled',
		defaults: { name: 'Lumenfall Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'lumenfallApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'video',
			},
		],
		properties: properties,
	};

	/** Nothing is registered: the webhook URL is sent with each create request. */
	webhookMethods = {
		default: {
			checkExists: async (): Promise<boolean> => true,
			create: async (): Promise<boolean> => true,
			delete: async (): Promise<boolean> => true,
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveEvent(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outcome = await runItems(this, emitVideo);
		if (Array.isArray(outcome)) return [outcome];
		throw toNodeError(this.getNode(), outcome.failure, outcome.itemIndex);
	}
}
