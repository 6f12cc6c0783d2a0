import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { resume } from './wait/resume';
import { resumeWebhooks } from './wait/webhookUrl';
import { runItems } from './run/runItems';
import { runGroups } from './run/runGroups';
import { toNodeOutput } from './run/runOutcome';
import { properties, selectedOperation } from './actions/router';
import { subtitleFor, WAITING_TOOLTIP } from './descriptions/canvas';
import { searchVideoModels } from './methods/listSearch';
import { SYSTEM_CLOCKS } from './support/runtime';

export class Lumenfall implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lumenfall',
		name: 'lumenfall',
		icon: { light: 'file:../../icons/lumenfall.svg', dark: 'file:../../icons/lumenfall.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleFor(properties),
		description: 'Generate videos from text or images with Sora 2 and other models',
		defaults: { name: 'Lumenfall' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Hidden means not required: joining uses no server.
		credentials: [
			{ name: 'lumenfallApi', required: true, displayOptions: { hide: { operation: ['join'] } } },
		],
		waitingNodeTooltip: WAITING_TOOLTIP,
		webhooks: resumeWebhooks,
		properties,
	};

	methods = { listSearch: { searchVideoModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = selectedOperation(this);
		const outcome =
			'groupsOf' in operation
				? await runGroups(this, operation)
				: await runItems(this, operation, properties);
		return toNodeOutput(this.getNode(), outcome);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, SYSTEM_CLOCKS);
	}
}
